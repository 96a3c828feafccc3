import { expect, it } from 'vitest';
import type { ConversationRecord } from '../../src/mailbox/record.js';
import type { Collection } from '../../src/store/collection.js';
import { eventually } from '../fixtures/eventually.js';
import { describeOnEachStore } from '../fixtures/stores.js';
import { countingBot, createHarness, message, texts } from './harness.js';

describeOnEachStore('a claim on a conversation', (openStore, engine) => {
  it('holds as long as its holder works, however slow the channel is (7)', async () => {
    const { store } = await openStore();
    const leaseMs = 300;
    const { mailbox, conversations, said, clock } = createHarness(store, {
      leaseMs,
      async send() {
        for (let time = 0; time < 3; time += 1) {
          clock.advance(leaseMs / 2);
          await eventually(async () => {
            const record = await conversations.findOne({ _id: 'telegram/slow' });
            expect(record?.due).toBe(clock.now() + leaseMs);
          });
        }
        await other.mailbox.settle();
      },
    });
    const other = createHarness(store, { leaseMs, clock });
    await mailbox.accept(message('hello', { chat: 'slow' }));
    await mailbox.settle();
    expect(texts(said)).toEqual(['1: hello']);
    expect(texts(other.said)).toEqual([]);
    expect(await conversations.findOne({ _id: 'telegram/slow' })).toMatchObject({ lease: null, due: null });
  });

  it('is not left behind by who claims while it is told to stop', async () => {
    const { store } = await openStore();
    const own = store.collection<ConversationRecord>('conversations');
    let stopping: Promise<void> | undefined;
    const conversations: Collection<ConversationRecord> = {
      ...own,
      findOneAndUpdate(filter, update, options) {
        if (filter['due'] !== undefined) stopping ??= mailbox.stop();
        return own.findOneAndUpdate(filter, update, options);
      },
    };
    const { mailbox } = createHarness(store, { conversations });
    const before = createHarness(store).mailbox;
    await before.accept(message('hello', { chat: 'stopped' }));
    await before.settle();
    await own.findOneAndUpdate({ _id: 'telegram/stopped' }, { $set: { due: 0 } });
    await mailbox.start({ alone: false });
    await eventually(() => expect(stopping).toBeDefined());
    await stopping;
    expect(await own.findOne({ _id: 'telegram/stopped' })).toMatchObject({ lease: null, due: null });
  });

  it.skipIf(engine !== 'MongoDB')(
    'is needed for a message whose turn has just failed in another process (3)',
    async () => {
      const { store } = await openStore();
      let fails = false;
      const other = createHarness(store, {
        bot: {
          ...countingBot,
          turn: (state, activity) =>
            fails ? Promise.reject(new Error('the store did not answer')) : countingBot.turn(state, activity),
        },
      });
      let meanwhile: (() => Promise<void>) | undefined;
      const { mailbox, conversations } = createHarness(store, {
        bot: {
          ...countingBot,
          async turn(state, activity) {
            const step = meanwhile;
            meanwhile = undefined;
            await step?.();
            return countingBot.turn(state, activity);
          },
        },
      });
      await other.mailbox.accept(message('hello', { chat: 'failing' }));
      await other.mailbox.settle();
      const same = message('once', { chat: 'failing' });
      meanwhile = async () => {
        fails = true;
        await other.mailbox.accept(same);
        await other.mailbox.settle();
        fails = false;
      };
      await mailbox.accept(same);
      await mailbox.settle();
      other.clock.advance(10_000);
      await other.mailbox.settle();
      expect(await conversations.findOne({ _id: 'telegram/failing' })).toMatchObject({
        state: { texts: ['hello', 'once'] },
      });
    },
  );
});
