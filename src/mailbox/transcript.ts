import { EventEmitter } from 'node:events';
import { StoreError } from '../core/errors.js';
import type { Collection } from '../store/collection.js';
import { messageId, type Delivery, type MessageRecord } from './record.js';

/** What was said in every conversation, append-only. Each message has its place (`sequence`) once and for ever. */
export interface Transcript {
  /** Of the activities of these ids, those that are there: it knows also what the mailbox has forgotten. */
  known(conversation: string, activityIds: readonly string[]): Promise<ReadonlySet<string>>;
  /**
   * Finds the places of messages, in order, after place `sequence`. A message that is there already keeps its own: a
   * process that died may have written more than it could take out of the queue.
   */
  place(conversation: string, sequence: number, messages: readonly NewMessage[]): Promise<Placed>;
  /**
   * Notes what became of a message that was said, unless more is known of it already; resolves to the message as it is
   * afterwards, or to undefined when it is not there.
   */
  delivered(id: string, delivery: Delivery): Promise<MessageRecord | undefined>;
  /** Messages after place `sequence` up to the first gap, which is a write that has not arrived yet. */
  read(conversation: string, sequence: number, limit: number): Promise<MessageRecord[]>;
  /** Calls `wake` after each write of this process; returns how to stop. */
  subscribe(conversation: string, wake: () => void): () => void;
}

export interface Placed {
  /** The place of the last one, unless somebody else writes meanwhile. */
  last: number;
  /** Writes what is not there; resolves to the place of the last one. */
  write(): Promise<number>;
}

export type NewMessage = Pick<MessageRecord, 'activity' | 'at' | 'delivery'>;

export interface TranscriptOptions {
  /** `Store.ordered`: then messages are written at once. */
  ordered?: boolean;
  /** Told when something that a person wrote can be read. */
  heard?: (conversation: string) => void;
}

export function createTranscript(
  messages: Collection<MessageRecord>,
  { ordered = false, heard }: TranscriptOptions = {},
): Transcript {
  const wakes = new EventEmitter().setMaxListeners(0);

  async function place(conversation: string, sequence: number, added: readonly NewMessage[]): Promise<Placed> {
    const all = added.map((message) => ({ _id: messageId(conversation, message.activity.id), ...message }));
    const there = all.length === 0 ? [] : await messages.find({ _id: { $in: all.map(({ _id }) => _id) } });
    const before = Math.max(sequence, ...there.map((message) => message.sequence));
    const missing = all.filter(({ _id }) => there.every((message) => message._id !== _id));
    const records = missing.map((message, index) => ({ ...message, conversation, sequence: before + index + 1 }));
    return { last: before + records.length, write: () => write(conversation, before, records) };
  }

  async function write(conversation: string, before: number, records: readonly MessageRecord[]): Promise<number> {
    const writings = ordered ? records.map((record) => messages.insert(record)) : [];
    await Promise.allSettled(writings);
    let last = before;
    // No later one before an earlier one is there: who dies in between must leave no place out.
    for (const [index, record] of records.entries()) {
      const next = ordered ? record : { ...record, sequence: last + 1 };
      last = Math.max(last, await placeOf(next, writings[index] ?? messages.insert(next)));
    }
    wakes.emit(conversation);
    if (records.some(({ activity }) => activity.role === 'user')) heard?.(conversation);
    return last;
  }

  async function placeOf(record: MessageRecord, written: Promise<void>): Promise<number> {
    try {
      await written;
      return record.sequence;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      return settle(record);
    }
  }

  /** Another process has written meanwhile: this message, or one in its place. */
  async function settle(record: MessageRecord): Promise<number> {
    const there = await messages.findOne({ _id: record._id });
    if (there) return there.sequence;
    const [last] = await messages.find(
      { conversation: record.conversation, sequence: { $gt: 0 } },
      { sort: { sequence: -1 }, limit: 1 },
    );
    const next = (last?.sequence ?? 0) + 1;
    await messages.insert({ ...record, sequence: next });
    return next;
  }

  return {
    place,
    async known(conversation, activityIds) {
      if (activityIds.length === 0) return new Set();
      const ids = activityIds.map((id) => messageId(conversation, id));
      return new Set((await messages.find({ _id: { $in: ids } })).map(({ activity }) => activity.id));
    },

    async delivered(_id, delivery) {
      const before = isPartly(delivery) ? told : earlier[delivery.status];
      for (;;) {
        const filter = { _id, 'delivery.status': { $in: before }, 'delivery.partly': null };
        const noted = await messages.findOneAndUpdate(filter, { $set: { delivery } });
        const there = noted ?? (await messages.findOne({ _id }));
        // Written between the two looks: it has not been told of yet.
        const known = there?.delivery;
        const missed = !noted && known && !isPartly(known) && before.includes(known.status);
        if (!missed) return there;
      }
    },

    async read(conversation, sequence, limit) {
      const found = await messages.find(
        { conversation, sequence: { $gt: sequence } },
        { sort: { sequence: 1 }, limit },
      );
      const gap = found.findIndex((message, index) => message.sequence !== sequence + index + 1);
      return gap === -1 ? found : found.slice(0, gap);
    },

    subscribe(conversation, wake) {
      wakes.on(conversation, wake);
      return () => wakes.off(conversation, wake);
    },
  };
}

/** What a report takes the place of. Reports come in any order; that the phone has it outranks a failure. */
const earlier: Record<Delivery['status'], readonly Delivery['status'][]> = {
  sent: [],
  failed: ['sent'],
  delivered: ['sent', 'failed'],
  read: ['sent', 'failed', 'delivered'],
};

const told: readonly Delivery['status'][] = ['sent', 'delivered', 'read', 'failed'];

const isPartly = (delivery: Delivery): boolean => delivery.status === 'failed' && delivery.partly === true;

const isDuplicate = (error: unknown): boolean => error instanceof StoreError && error.code === 'store_duplicate';
