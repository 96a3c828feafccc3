import { EventEmitter } from 'node:events';
import type { Clock } from '../core/clock.js';
import type { Collection, Document } from '../store/collection.js';
import { insertOnce } from '../store/insert-once.js';

/** What staff consoles hear of: ids and kinds only, never what was said. */
export interface StaffEvent {
  /** Sample: `conversation` */
  type: 'conversation' | 'task' | 'request';
  /** What has happened. Sample: `waiting` */
  change: string;
  /** Of the conversation, the task or the request. */
  about: string;
  /** Milliseconds. */
  at: number;
}

/** An event with its place in the order of all. */
export interface NumberedEvent {
  number: number;
  event: StaffEvent;
}

export interface StaffEvents {
  emit(event: Omit<StaffEvent, 'at'>): Promise<void>;
  /** What came after `number`; undefined when so much came that the beginning is no longer kept. */
  after(number: number): Promise<NumberedEvent[] | undefined>;
  /** The number of the latest. */
  latest(): Promise<number>;
  /** Calls `wake` when there may be more; returns how to stop. */
  subscribe(wake: () => void): () => void;
  /** Wakes everybody for the last time. */
  close(): void;
  readonly closed: boolean;
}

/** Sample: `{"_id": "staff-events", "count": 812, "recent": [{"type": "conversation", …}]}`: the last ones, in order. */
export interface EventsRecord extends Document {
  count: number;
  recent: StaffEvent[];
}

export interface StaffEventsOptions {
  settings: Collection<EventsRecord>;
  clock: Clock;
  /** When other processes emit as well: how often to look for their events; milliseconds. */
  lookEveryMs?: number;
}

const _id = 'staff-events';
/** How many are kept, for those who were away for a moment. */
const kept = 200;

/** The order of what staff consoles hear, kept in one document: counting and keeping is one atomic update. */
export function createStaffEvents({ settings, clock, lookEveryMs }: StaffEventsOptions): StaffEvents {
  const wakes = new EventEmitter().setMaxListeners(0);
  let closed = false;

  async function emit(event: Omit<StaffEvent, 'at'>): Promise<void> {
    const $push = { recent: { $each: [{ ...event, at: clock.now() }], $slice: -kept } };
    const append = () => settings.findOneAndUpdate({ _id }, { $inc: { count: 1 }, $push });
    if (!(await append())) {
      // Two who begin at once: one of them makes the document, both append.
      await insertOnce(settings, { _id, count: 0, recent: [] });
      await append();
    }
    wakes.emit('event');
  }

  return {
    emit,
    get closed() {
      return closed;
    },
    close() {
      closed = true;
      wakes.emit('event');
    },
    async after(number) {
      const { count, recent } = await read();
      const first = count - recent.length + 1;
      if (number > count || number + 1 < first) return undefined;
      return recent.slice(number + 1 - first).map((event, index) => ({ number: number + 1 + index, event }));
    },
    latest: async () => (await read()).count,
    subscribe(wake) {
      wakes.on('event', wake);
      const timer = lookEveryMs === undefined ? undefined : setInterval(wake, lookEveryMs);
      return () => {
        wakes.off('event', wake);
        clearInterval(timer);
      };
    },
  };

  async function read(): Promise<Pick<EventsRecord, 'count' | 'recent'>> {
    return (await settings.findOne({ _id })) ?? { count: 0, recent: [] };
  }
}
