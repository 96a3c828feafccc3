import type { Activity } from '../core/activity.js';
import type { Clock } from '../core/clock.js';
import type { Log } from '../core/log.js';
import type { Notice, Notices } from '../core/notice.js';
import type { Collection, Document, Filter } from '../store/collection.js';
import type { Appended } from './accept.js';

/** A document whose changes people are told of. */
export type Notifying = Document & Notices;

export interface RelayOptions {
  /** The mailbox's. */
  enqueue(activity: Activity): Promise<Appended>;
  /** The mailbox's: a notice that answers a message does not overtake the replies of its turn. */
  isWaiting?: (activity: Activity) => Promise<boolean>;
  clock: Clock;
  log: Log;
  /** A notice for somebody who has no conversation: the caller decides what follows. */
  undeliverable(notice: Notice): Promise<void>;
}

/** Copies notices that are due from documents into conversations' outgoing queues; resolves to how many. */
export async function relay<T extends Notifying>(source: Collection<T>, options: RelayOptions): Promise<number> {
  const now = options.clock.now();
  const documents = await source.find({ noticesDue: { $lte: now } }, { sort: { noticesDue: 1 }, limit: 200 });
  const counts = await Promise.all(documents.map((document) => relayOne(source, document, { ...options, now })));
  return counts.reduce((sum, count) => sum + count, 0);
}

async function relayOne<T extends Notifying>(
  source: Collection<T>,
  document: T,
  { enqueue, undeliverable, isWaiting, now }: RelayOptions & { now: number },
): Promise<number> {
  const told: string[] = [];
  for (const notice of document.notices.filter(({ notBefore }) => notBefore <= now)) {
    if (await isWaiting?.(notice.activity)) break;
    const { type } = await enqueue({ ...notice.activity, id: notice.id });
    if (type === 'unknown_conversation') await undeliverable(notice);
    told.push(notice.id);
  }
  if (told.length === 0) return 0;
  const rest = document.notices.filter(({ id }) => !told.includes(id));
  const next = rest.length === 0 ? null : Math.min(...rest.map((notice) => notice.notBefore));
  const settled = await source.findOneAndUpdate(
    // The same notices as were read: another process may have relayed them, and others may have come.
    { _id: document._id, ...standing(document.notices) },
    { $pull: { notices: { id: { $in: told } } }, $set: { noticesDue: next } },
  );
  // A notice that came meanwhile keeps the document due: the next look relays it, and this one's repeat changes nothing.
  return settled ? told.length : 0;
}

const standing = (notices: readonly Notice[]): Filter => ({
  ...(notices[0] ? { 'notices.0.id': notices[0].id } : {}),
  [`notices.${notices.length}`]: { $exists: false },
});
