import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import type { MessageActivity } from '../../src/core/activity.js';
import { SendError } from '../../src/core/errors.js';
import { messageId, type ConversationRecord, type Delivery } from '../../src/mailbox/record.js';
import { openStore } from '../../src/store/open.js';
import { engines } from '../fixtures/stores.js';
import { createHarness, message, type Send } from './harness.js';

for (const engine of engines) {
  describe(`reports of delivery, on ${engine.name}`, () => {
    if (!engine.available) return it.skip('is not run: set MONGODB_URI to the address of a MongoDB server');

    async function world<R>(
      use: (harness: ReturnType<typeof createHarness>) => Promise<R>,
      send?: Send,
    ): Promise<void> {
      const { options, destroy } = engine.create();
      const { store } = await openStore(options);
      const harness = createHarness(store, send ? { send } : {});
      await use(harness);
      await harness.mailbox.stop();
      await store.close();
      await destroy();
    }

    const about = (activityId: string, delivery: Delivery, chat = 'c1') =>
      ({ channelId: 'telegram', conversation: { id: chat }, activityId, delivery }) as const;
    const notice = (id: string): MessageActivity => {
      const { text: _text, ...address } = message('') as MessageActivity;
      return { ...address, id, role: 'bot', text: 'قُبل طلبك', channelData: { notice: true } };
    };

    it('are kept with the message, in whatever order they come, and never go back', () =>
      world(async ({ mailbox, messages }) => {
        const reports: Delivery[] = [{ status: 'sent' }, { status: 'delivered' }, { status: 'read' }];
        let count = 0;
        await fc.assert(
          fc.asyncProperty(fc.array(fc.constantFrom(...reports), { minLength: 1, maxLength: 6 }), async (order) => {
            const id = `r${(count += 1)}`;
            await mailbox.accept(message('هلا', { id }));
            await mailbox.settle();
            for (const delivery of order)
              expect(await mailbox.report(about(`${id}.1`, delivery))).toEqual({ type: 'recorded' });
            const said = await messages.findOne({ _id: messageId('telegram/c1', `${id}.1`) });
            expect(said?.delivery).toEqual(reports.findLast((one) => order.includes(one)));
          }),
          { numRuns: 15 },
        );
      }));

    it('about messages that were never said are known as such', () =>
      world(async ({ mailbox }) => {
        expect(await mailbox.report(about('nothing', { status: 'read' }))).toEqual({ type: 'unknown' });
        expect(await mailbox.report(about('nothing', { status: 'read' }, 'nobody'))).toEqual({ type: 'unknown' });
      }));

    it('about a message that is still in the queue come too early', () =>
      world(
        async ({ mailbox }) => {
          await mailbox.accept(message('هلا', { id: 'q1' }));
          await mailbox.settle();
          expect(await mailbox.report(about('q1.1', { status: 'delivered' }))).toEqual({ type: 'too_early' });
        },
        () => Promise.reject(new SendError('unavailable', 'away', { retryAfter: 60_000 })),
      ));

    it('of a notice that failed hand it on, by the same id however often they come', () =>
      world(async ({ mailbox, performed }) => {
        await mailbox.accept(message('هلا'));
        await mailbox.settle();
        await mailbox.enqueue(notice('n1'));
        await mailbox.settle();
        for (let time = 0; time < 3; time += 1)
          await mailbox.report(about('n1', { status: 'failed', kind: 'blocked' }));
        expect(performed[0]).toMatchObject({ effect: { type: 'notice_refused', notice: { text: 'قُبل طلبك' } } });
        expect(new Set(performed.map(({ id }) => id)).size).toBe(1);
      }));

    it('of a part that failed stay, whatever is told of the rest, before and after', () =>
      world(async ({ mailbox, messages, performed }) => {
        await mailbox.accept(message('هلا'));
        await mailbox.settle();
        const lost: Delivery = { status: 'failed', kind: 'invalid', partly: true };
        const rest: Delivery[] = [{ status: 'delivered' }, { status: 'read' }];
        for (const [number, order] of [
          [lost, ...rest],
          [...rest, lost],
        ].entries()) {
          const id = `p${number}`;
          await mailbox.enqueue(notice(id));
          await mailbox.settle();
          for (const delivery of order) await mailbox.report(about(id, delivery));
          expect((await messages.findOne({ _id: messageId('telegram/c1', id) }))?.delivery).toEqual(lost);
          expect(performed[number]).toMatchObject({ effect: { type: 'notice_refused', activityId: id } });
        }
      }));

    it('of a failure do not hand on what the phone has', () =>
      world(async ({ mailbox, performed }) => {
        await mailbox.accept(message('هلا'));
        await mailbox.settle();
        await mailbox.enqueue(notice('n2'));
        await mailbox.settle();
        await mailbox.report(about('n2', { status: 'delivered' }));
        await mailbox.report(about('n2', { status: 'failed', kind: 'blocked' }));
        expect(performed).toEqual([]);
      }));

    it('of a notice that failed hand it on, also when it leaves the queue while the report looks for it', async () => {
      const { options, destroy } = engine.create();
      const { store } = await openStore(options);
      const conversations = store.collection<ConversationRecord>('conversations');
      const { mailbox, transcript, performed } = createHarness(store, {
        conversations: {
          ...conversations,
          async findOne(filter) {
            const record = await conversations.findOne(filter);
            const left = { activity: notice('n5'), at: 1, delivery: { status: 'sent' } } as const;
            await (await transcript.place('telegram/c1', 0, [left])).write();
            return record;
          },
        },
      });
      const failure = about('n5', { status: 'failed', kind: 'blocked' });
      expect(await mailbox.report(failure)).toEqual({ type: 'recorded' });
      expect(performed).toMatchObject([{ effect: { type: 'notice_refused', activityId: 'n5' } }]);
      await mailbox.stop();
      await store.close();
      await destroy();
    });

    it('a notice that the window keeps back is handed on', () =>
      world(
        async ({ mailbox, messages, performed }) => {
          await mailbox.accept(message('هلا'));
          await mailbox.settle();
          await mailbox.enqueue(notice('n3'));
          await mailbox.settle();
          const said = await messages.findOne({ _id: messageId('telegram/c1', 'n3') });
          expect(said?.delivery).toEqual({ status: 'failed', kind: 'window_closed' });
          expect(performed).toMatchObject([{ effect: { type: 'notice_refused', activityId: 'n3' } }]);
        },
        (activity) =>
          activity.channelData?.notice ? Promise.reject(new SendError('window_closed', 'too late')) : Promise.resolve(),
      ));

    it('stand beside the time when the person wrote last', () =>
      world(async ({ mailbox, clock }) => {
        expect(await mailbox.heardAt('telegram/c1')).toBeUndefined();
        for (let time = 0; time < 3; time += 1) {
          clock.advance(60_000);
          await mailbox.accept(message('هلا'));
          await mailbox.settle();
          expect(await mailbox.heardAt('telegram/c1')).toBe(clock.now());
        }
        const last = clock.now();
        clock.advance(60_000);
        await mailbox.enqueue(notice('n4'));
        await mailbox.settle();
        expect(await mailbox.heardAt('telegram/c1')).toBe(last);
      }));
  });
}
