import type { Activity } from '../core/activity.js';
import type { Filter } from '../store/collection.js';
import type { MailboxContext } from './context.js';
import { enclose } from './envelope.js';
import { knownIds, withoutIds } from './known.js';
import { seenLimit, type ConversationRecord, type OutgoingItem } from './record.js';

/** What somebody other than the bot does to a conversation: one atomic change, or nothing. */
export interface Intervention {
  /** What must hold of the conversation; usually who owns it. */
  when: Filter<ConversationRecord>;
  /** The owner, and fields that are not the mailbox's own. */
  set?: Readonly<Record<string, unknown>>;
  /** For the bot, which answers nothing that was written before. Each id counts once; a repeat changes nothing. */
  hear?: readonly Activity[];
  say?: readonly Activity[];
}

export type Intervened =
  | { type: 'done'; record: ConversationRecord }
  /** One of the ids was heard or said before. */
  | { type: 'repeated'; record: ConversationRecord }
  /** It does not hold. Undefined when there is no such conversation. */
  | { type: 'refused'; record: ConversationRecord | undefined };

/** Changes a conversation, and claims it in the same write when nobody works on it and something is to be done. */
export async function intervene(
  context: MailboxContext,
  key: string,
  { when, set = {}, hear = [], say = [] }: Intervention,
): Promise<Intervened> {
  const { conversations, clock, ids, leaseMs } = context;
  const fresh = [...hear, ...say].map(({ id }) => id);
  const $push = pushing(context, { hear, say });
  const update = (fields: Record<string, unknown>) => ({
    ...(fresh.length > 0 ? { $push } : {}),
    ...(Object.keys(fields).length > 0 ? { $set: fields } : {}),
    ...(set['owner'] === undefined ? {} : { $inc: { handovers: 1 } }),
  });
  for (let missed = false; ; missed = true) {
    const record = await conversations.findOne({ _id: key });
    if (!record) return { type: 'refused', record };
    if ((await knownIds(context, { key, record, ids: fresh })).size > 0) return { type: 'repeated', record };
    if (missed && !(await conversations.findOne({ ...when, _id: key }))) return { type: 'refused', record };
    const filter = { ...when, _id: key, ...(fresh.length > 0 ? withoutIds(fresh, record) : {}) };
    const claim = fresh.length === 0 ? {} : { lease: ids.uuid(), due: clock.now() + leaseMs };
    const claimed = await conversations.findOneAndUpdate({ ...filter, lease: null }, update({ ...set, ...claim }));
    if (claimed) {
      if (fresh.length > 0) context.work(claimed);
      return { type: 'done', record: claimed };
    }
    const busy = { ...filter, lease: { $ne: null } };
    const changed = await conversations.findOneAndUpdate(busy, update(set));
    if (changed) return { type: 'done', record: changed };
  }
}

function pushing(
  { seal, clock }: MailboxContext,
  { hear, say }: Required<Pick<Intervention, 'hear' | 'say'>>,
): Record<string, unknown> {
  const at = clock.now();
  const inbox = hear.map((activity) => enclose(seal, { id: activity.id, activity, handsBack: true }));
  const outgoing = say.map((activity): OutgoingItem => ({ id: activity.id, activity, attempts: 0, notBefore: 0, at }));
  const seen = [...hear, ...say].map(({ id }) => id);
  return {
    ...(inbox.length > 0 ? { inbox: { $each: inbox } } : {}),
    ...(outgoing.length > 0 ? { outgoing: { $each: outgoing } } : {}),
    ...(seen.length > 0 ? { seen: { $each: seen, $slice: -seenLimit } } : {}),
  };
}
