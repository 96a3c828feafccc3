import type { Activity } from '../core/activity.js';
import { isoTime, type Clock } from '../core/clock.js';
import { derivedId, type Ids } from '../core/ids.js';
import type { Collection, Document } from '../store/collection.js';
import type { ListenerRecord } from './listeners.js';

/** What was done about what was heard. */
export interface ImprovementRecord extends Document {
  at: number;
  /** When it was done; ISO day. */
  date: string;
  /** What people had said, and what was done. English is for those who read it; without it they read the Arabic. */
  said: Words;
  did: Words;
  /** The account that answers for it, and the one that wrote it down. */
  owner: string;
  by: string;
  /** Since when those who agreed to hear are being told; null before. */
  toldAt: number | null;
  /** Telling is under way; null when it is not. */
  telling: number | null;
}

export interface Words {
  ar: string;
  en?: string | undefined;
}

export interface ImprovementsContext {
  improvements: Collection<ImprovementRecord>;
  listeners: Collection<ListenerRecord>;
  clock: Clock;
  ids: Ids;
  afterQuiet(ms: number): number;
  /** A sentence of `locales/`. */
  t(locale: 'ar' | 'en', key: string, variables?: Record<string, unknown>): string;
  /** Something is to be told soon. */
  wake(): void;
}

export async function writeDown(
  { improvements, clock, ids }: ImprovementsContext,
  written: Pick<ImprovementRecord, 'date' | 'said' | 'did' | 'owner' | 'by'>,
): Promise<ImprovementRecord> {
  const record: ImprovementRecord = { _id: ids.uuid(), at: clock.now(), ...written, toldAt: null, telling: null };
  await improvements.insert(record);
  return record;
}

export type Tell = { type: 'telling'; record: ImprovementRecord } | { type: 'unknown' } | { type: 'told_before' };

/** Lets those who agreed to hear know, each once; they are told when they may be disturbed. */
export async function tell({ improvements, clock, wake }: ImprovementsContext, id: string): Promise<Tell> {
  const now = clock.now();
  const record = await improvements.findOneAndUpdate(
    { _id: id, toldAt: null },
    { $set: { toldAt: now, telling: now } },
  );
  if (!record) return { type: (await improvements.findOne({ _id: id })) ? 'told_before' : 'unknown' };
  wake();
  return { type: 'telling', record };
}

const pageSize = 200;

/** Goes on telling where it stopped. */
export async function tellOn(context: ImprovementsContext): Promise<void> {
  const { improvements } = context;
  for (const record of await improvements.find({ telling: { $gt: 0 } }, { sort: { telling: 1 }, limit: 20 })) {
    await tellAll(context, record);
    await improvements.findOneAndUpdate({ _id: record._id }, { $set: { telling: null } });
  }
}

async function tellAll(context: ImprovementsContext, record: ImprovementRecord): Promise<void> {
  const { listeners, clock, afterQuiet } = context;
  const { _id: id, toldAt } = record;
  // Whoever was told is none of the next page; pages by number would pass over somebody when others stop meanwhile.
  const agreed = { since: { $gt: 0, $lte: toldAt ?? clock.now() }, told: { $nin: [id] } };
  for (;;) {
    const some = await listeners.find(agreed, { sort: { since: 1 }, limit: pageSize });
    for (const listener of some) {
      const due = afterQuiet(clock.now());
      const notice = {
        id: derivedId(id, listener._id),
        activity: noticeFor(context, record, listener),
        notBefore: due,
      };
      await listeners.findOneAndUpdate(
        { ...agreed, _id: listener._id },
        { $push: { told: id, notices: notice }, $set: { noticesDue: clock.now() } },
      );
    }
    if (some.length < pageSize) return;
  }
}

/** No `notice` in the sense of channels: whom it does not reach is not called because of it. */
function noticeFor({ t, clock }: ImprovementsContext, record: ImprovementRecord, listener: ListenerRecord): Activity {
  const { locale, address, _id } = listener;
  const { said, did } = record;
  return {
    ...address,
    type: 'message',
    id: derivedId(record._id, _id),
    timestamp: isoTime(clock),
    role: 'bot',
    locale,
    text: t(locale, 'survey.improved', { said: said[locale] ?? said.ar, did: did[locale] ?? did.ar }),
  };
}
