import type { Activity, MessageActivity } from '../../src/core/activity.js';
import { systemIds } from '../../src/core/ids.js';
import { silentLog } from '../../src/core/log.js';
import { createSeal } from '../../src/core/seal.js';
import type { Bot, KeyedEffect, MailboxOptions } from '../../src/mailbox/context.js';
import { createPerform, type GapRecord, type TaskRecord } from '../../src/mailbox/effects.js';
import { createMailbox } from '../../src/mailbox/mailbox.js';
import type { ConversationRecord, MessageRecord } from '../../src/mailbox/record.js';
import { createTranscript } from '../../src/mailbox/transcript.js';
import type { Store } from '../../src/store/collection.js';

/** A clock that stands until it is moved. */
export function createTestClock(start = Date.parse('2026-11-21T06:00:00Z')) {
  let time = start;
  return { now: () => time, advance: (ms: number) => (time += ms) };
}

export interface Count {
  turns: number;
  texts: string[];
}

/** Counts its turns in the state and answers with the count: lost, doubled and swapped turns show. */
export const countingBot: Bot = {
  turn(state, activity) {
    const { turns, texts } = (state as Count | null) ?? { turns: 0, texts: [] };
    const text = activity.type === 'message' ? (activity.text ?? '') : activity.type;
    if (text === 'poison') throw new Error('cannot digest');
    const effects = text.startsWith('help') ? [{ type: 'turn_failed', activityId: 'x' } as const] : [];
    return Promise.resolve({
      state: { turns: turns + 1, texts: [...texts, text] },
      replies: [{ type: 'message', text: `${turns + 1}: ${text}` }],
      effects,
    });
  },
  apology: () => ({ type: 'message', text: 'sorry' }),
};

export type Send = (activity: MessageActivity) => Promise<void>;

export const testSeal = createSeal(Buffer.alloc(32, 7));

/** A mailbox on a real store, with a channel that records what it is told to say. */
export function createHarness(
  store: Store,
  options: Partial<MailboxOptions> & { send?: Send; readsTranscript?: true } = {},
) {
  const clock = createTestClock();
  const said: MessageActivity[] = [];
  const conversations = store.collection<ConversationRecord>('conversations');
  const messages = store.collection<MessageRecord>('messages');
  const transcript = createTranscript(messages, store);
  const collections = {
    gaps: store.collection<GapRecord>('gaps'),
    tasks: store.collection<TaskRecord>('tasks'),
  };
  const performed: KeyedEffect[] = [];
  const perform = createPerform(collections, async () => {});
  const mailbox = createMailbox({
    conversations,
    transcript,
    channel: () => ({
      ...(options.readsTranscript ? { readsTranscript: true } : {}),
      send: async (activity) => {
        await options.send?.(activity);
        said.push(activity);
      },
    }),
    bot: countingBot,
    seal: testSeal,
    perform: async (effects) => {
      performed.push(...effects);
      await perform(effects);
    },
    clock,
    ordered: store.ordered,
    ids: systemIds,
    log: silentLog,
    ...options,
  });
  return { mailbox, conversations, messages, transcript, tasks: collections.tasks, performed, said, clock };
}

let count = 0;

/** A message of a person; `chat` is the conversation. */
export function message(text: string, { chat = 'c1', id = `m${(count += 1)}` } = {}): Activity {
  return {
    type: 'message',
    channelId: 'telegram',
    conversation: { id: chat },
    from: { id: `p-${chat}` },
    id,
    timestamp: '2026-11-21T06:00:00.000Z',
    role: 'user',
    text,
  };
}

export const texts = (said: readonly MessageActivity[]): (string | undefined)[] => said.map(({ text }) => text);
