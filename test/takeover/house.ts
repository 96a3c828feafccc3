import { systemIds } from '../../src/core/ids.js';
import { silentLog } from '../../src/core/log.js';
import type { KeyedEffect } from '../../src/mailbox/context.js';
import { messageId, type MessageRecord } from '../../src/mailbox/record.js';
import { createTranscript } from '../../src/mailbox/transcript.js';
import type { Store } from '../../src/store/collection.js';
import type { Colleague } from '../../src/takeover/context.js';
import type { DeskConversation } from '../../src/takeover/desk.js';
import { createTakeover } from '../../src/takeover/takeover.js';
import { assetsOf } from '../fixtures/assets.js';
import { createHarness, message, texts, type Send } from '../mailbox/harness.js';

export const huda: Colleague = { id: 'huda', name: 'هدى', admin: false };
export const salem: Colleague = { id: 'salem', name: 'سالم', admin: false };
export const boss: Colleague = { id: 'boss', name: 'منى', admin: true };

const hour = 60 * 60 * 1000;
const reasons = ['asked', 'misunderstood', 'low_mood'] as const;

/**
 * Conversations before staff, on a real store. The bot calls a person when it reads one of `reasons`; what it says begins
 * with the number of the turn.
 */
export function createDeskHouse(store: Store, { send }: { send?: Send } = {}) {
  const perform = async (effects: readonly KeyedEffect[]) => {
    for (const { effect, ...keyed } of effects) {
      if (effect.type === 'person_wanted') await takeover.call({ ...keyed, effect });
    }
  };
  const harness = createHarness(store, {
    ...(send ? { send } : {}),
    transcript: createTranscript(store.collection<MessageRecord>('messages'), {
      ordered: store.ordered,
      heard: (conversation) => takeover.heard(conversation),
    }),
    perform,
    bot: {
      async turn(state, activity) {
        const turns = ((state as { turns: number } | null)?.turns ?? 0) + 1;
        const text =
          activity.type === 'message' ? (activity.text ?? '') : activity.type === 'event' ? activity.name : '';
        const reason = reasons.find((one) => one === text);
        return {
          state: { turns },
          replies: [{ type: 'message', text: `${turns}: ${text}` }],
          effects: reason ? [{ type: 'person_wanted', reason, answerBy: harness.clock.now() + hour }] : [],
        };
      },
      apology: () => ({ type: 'message', text: 'sorry' }),
    },
  });
  const { mailbox, clock, conversations, messages, said } = harness;
  const takeover = createTakeover({
    store,
    assets: assetsOf(),
    intervene: mailbox.intervene,
    clock,
    ids: systemIds,
    log: silentLog,
  });

  return {
    ...harness,
    takeover,
    context: takeover.context,
    async writes(text: string, chat: string, id?: string): Promise<void> {
      await mailbox.accept(message(text, { chat, ...(id === undefined ? {} : { id }) }));
      await mailbox.settle();
    },
    /** What was said to somebody, in order. */
    heard: (chat: string) => texts(said.filter(({ conversation }) => conversation.id === chat)),
    place: async (chat: string): Promise<DeskConversation | undefined> =>
      conversations.findOne({ _id: `telegram/${chat}` }),
    line: async (chat: string, id: string): Promise<MessageRecord | undefined> =>
      messages.findOne({ _id: messageId(`telegram/${chat}`, id) }),
    /** Sunday, 9 in the morning in Riyadh. */
    async opens(): Promise<void> {
      clock.advance(Date.parse('2026-11-22T06:00:00Z') - clock.now());
    },
  };
}
