import type { Assets } from '../conversation/assets.js';
import type { Clock } from '../core/clock.js';
import type { Ids } from '../core/ids.js';
import type { Log } from '../core/log.js';
import { createPulse } from '../core/pulse.js';
import type { Mailbox } from '../mailbox/mailbox.js';
import type { MessageRecord } from '../mailbox/record.js';
import type { Store } from '../store/collection.js';
import { callStaff, type Called } from './call.js';
import type { TakeoverContext } from './context.js';
import type { DeskConversation } from './desk.js';
import { createStaffEvents, type EventsRecord } from './events.js';
import { watch } from './watch.js';

export interface TakeoverOptions {
  store: Store;
  assets: Assets;
  intervene: Mailbox['intervene'];
  /** A conversation was given back to the bot; milliseconds. */
  returned?: (conversation: string, at: number) => Promise<void>;
  clock: Clock;
  ids: Ids;
  log: Log;
  /** How often to look after those who wait; milliseconds. */
  beatMs?: number;
}

/** Conversations before the staff: who waits, who has whom, who was forgotten. */
export interface Takeover {
  context: TakeoverContext;
  /** Does what a turn has caused. */
  call(called: Called): Promise<void>;
  /** What somebody has written can be read: whoever holds or awaits the conversation hears of it soon. */
  heard(conversation: string): void;
  /** Looks after everybody now. For tests and tools. */
  beat(): Promise<void>;
  start(): void;
  stop(): Promise<void>;
}

export function createTakeover({ beatMs = 5000, store, assets, log, ...options }: TakeoverOptions): Takeover {
  const context: TakeoverContext = {
    conversations: store.collection<DeskConversation>('conversations'),
    messages: store.collection<MessageRecord>('messages'),
    intervene: options.intervene,
    returned: options.returned ?? (async () => {}),
    events: createStaffEvents({
      settings: store.collection<EventsRecord>('settings'),
      clock: options.clock,
      ...(store.shared ? { lookEveryMs: 1000 } : {}),
    }),
    organisation: assets.organisation,
    working: assets.working,
    answerWithin: assets.answerWithin,
    t: assets.t,
    clock: options.clock,
    ids: options.ids,
  };
  const pulse = createPulse(beat, { beatMs, log });
  let heard = new Set<string>();
  // Conversations that were before the staff when somebody last looked: the others need no look of their own.
  let open: ReadonlySet<string> = new Set();

  async function beat(): Promise<void> {
    const now = heard;
    heard = new Set();
    open = await watch(context, now);
  }

  return {
    context,
    async call(called) {
      await callStaff(context, called);
      pulse.wake();
    },
    heard(conversation) {
      heard.add(conversation);
      if (open.has(conversation)) pulse.wake();
    },
    beat,
    start: pulse.start,
    stop: pulse.stop,
  };
}
