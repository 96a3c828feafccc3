import { expect, it } from 'vitest';
import type { Notice } from '../../src/core/notice.js';
import { silentLog } from '../../src/core/log.js';
import { relay, type Notifying, type RelayOptions } from '../../src/mailbox/relay.js';
import { describeOnEachStore, type OpenTestStore } from '../fixtures/stores.js';
import { createHarness, message, texts } from './harness.js';

const notice = (id: string, text: string, { chat, notBefore = 0 }: { chat: string; notBefore?: number }): Notice => ({
  id,
  activity: { ...message(text, { chat, id }), role: 'bot' },
  notBefore,
});

async function setUp(openStore: OpenTestStore, chat: string) {
  const { store } = await openStore();
  const harness = createHarness(store);
  const { mailbox, clock } = harness;
  await mailbox.accept(message('hello', { chat }));
  await mailbox.settle();
  const requests = store.collection<Notifying>('requests');
  const undeliverable: Notice[] = [];
  const options: RelayOptions = {
    enqueue: (activity) => mailbox.enqueue(activity),
    clock,
    log: silentLog,
    undeliverable: async (one) => void undeliverable.push(one),
  };
  return { ...harness, requests, options, undeliverable, run: () => relay(requests, options) };
}

describeOnEachStore('the relay', (openStore) => {
  it('tells what a change has to tell, once, in the order of the changes', async () => {
    const { mailbox, said, requests, run } = await setUp(openStore, 'told');
    const notices = [notice('n1', 'received', { chat: 'told' }), notice('n2', 'checked', { chat: 'told' })];
    await requests.insert({ _id: 'r1', notices, noticesDue: 0 });
    expect(await run()).toBe(2);
    expect(await run()).toBe(0);
    await mailbox.settle();
    expect(texts(said)).toEqual(['1: hello', 'received', 'checked']);
    expect(await requests.findOne({ _id: 'r1' })).toMatchObject({ notices: [], noticesDue: null });
  });

  it('tells nothing twice when it died between telling and noting it', async () => {
    const { mailbox, said, requests, run } = await setUp(openStore, 'died');
    const notices = [notice('d1', 'accepted', { chat: 'died' })];
    await requests.insert({ _id: 'r2', notices, noticesDue: 0 });
    await run();
    await mailbox.settle();
    await requests.findOneAndUpdate({ _id: 'r2' }, { $set: { notices, noticesDue: 0 } });
    await run();
    await mailbox.settle();
    expect(texts(said)).toEqual(['1: hello', 'accepted']);
  });

  it('lets no notice overtake the replies to the message that it answers', async () => {
    const { mailbox, said, requests, options, run, clock } = await setUp(openStore, 'overtake');
    const first = notice('o1', 'your number', { chat: 'overtake' });
    const answering: Notice = { ...first, activity: { ...first.activity, replyToId: 'm-poison' } };
    const notices = [answering, notice('o2', 'and more', { chat: 'overtake' })];
    await mailbox.accept(message('poison', { chat: 'overtake', id: 'm-poison' }));
    await mailbox.settle();
    await requests.insert({ _id: 'r9', notices, noticesDue: 0 });
    const careful = { ...options, isWaiting: mailbox.isWaiting };
    expect(await relay(requests, careful)).toBe(0);
    expect(await requests.findOne({ _id: 'r9' })).toMatchObject({ notices, noticesDue: 0 });
    for (let tries = 0; tries < 2; tries += 1) {
      clock.advance(6_000);
      await mailbox.settle();
    }
    expect(await relay(requests, careful)).toBe(2);
    await mailbox.settle();
    expect(texts(said)).toEqual(['1: hello', 'sorry', 'your number', 'and more']);
    expect(await run()).toBe(0);
  });

  it('waits for the moment of a notice', async () => {
    const { mailbox, said, requests, run, clock } = await setUp(openStore, 'later');
    const soon = clock.now() + 60_000;
    const notices = [notice('l1', 'now', { chat: 'later' }), notice('l2', 'soon', { chat: 'later', notBefore: soon })];
    await requests.insert({ _id: 'r3', notices, noticesDue: 0 });
    await run();
    await mailbox.settle();
    expect(texts(said)).toEqual(['1: hello', 'now']);
    expect(await requests.findOne({ _id: 'r3' })).toMatchObject({ noticesDue: soon });
    clock.advance(60_000);
    await run();
    await mailbox.settle();
    expect(texts(said).at(-1)).toBe('soon');
  });

  it('hands back what is for somebody who has never written', async () => {
    const { requests, run, undeliverable } = await setUp(openStore, 'known');
    await requests.insert({ _id: 'r4', notices: [notice('u1', 'hello?', { chat: 'stranger' })], noticesDue: 0 });
    await run();
    expect(undeliverable.map(({ id }) => id)).toEqual(['u1']);
  });

  it('leaves a notice that came meanwhile for the next look', async () => {
    const { mailbox, said, requests, options } = await setUp(openStore, 'meanwhile');
    await requests.insert({ _id: 'r5', notices: [notice('m1', 'first', { chat: 'meanwhile' })], noticesDue: 0 });
    const enqueue: RelayOptions['enqueue'] = async (activity) => {
      const late = notice('m2', 'second', { chat: 'meanwhile' });
      if (activity.id === 'm1') await requests.findOneAndUpdate({ _id: 'r5' }, { $push: { notices: late } });
      return options.enqueue(activity);
    };
    await relay(requests, { ...options, enqueue });
    await relay(requests, options);
    await mailbox.settle();
    expect(texts(said)).toEqual(['1: hello', 'first', 'second']);
  });
});
