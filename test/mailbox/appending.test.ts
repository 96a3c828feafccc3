import { expect, it } from 'vitest';
import type { ConversationRecord, MessageRecord } from '../../src/mailbox/record.js';
import { createTranscript, type Transcript } from '../../src/mailbox/transcript.js';
import type { Collection, Store } from '../../src/store/collection.js';
import { describeOnEachStore } from '../fixtures/stores.js';
import { createHarness, message, texts } from './harness.js';

/** A transcript that lets something happen once, between a look for known messages and what follows it. */
function watched(store: Store) {
  const transcript = createTranscript(store.collection<MessageRecord>('messages'), store);
  let next: (() => Promise<void>) | undefined;
  const known: Transcript['known'] = async (conversation, ids) => {
    const found = await transcript.known(conversation, ids);
    const step = next;
    next = undefined;
    await step?.();
    return found;
  };
  return { transcript: { ...transcript, known }, afterLook: (step: () => Promise<void>) => void (next = step) };
}

describeOnEachStore('appending to a conversation', (openStore) => {
  it('tells of a repeat only when the message itself is on disk (1)', async () => {
    const { store } = await openStore();
    const conversations: Collection<ConversationRecord> = {
      ...store.collection<ConversationRecord>('conversations'),
      findOneAndUpdate: () => Promise.reject(new Error('no answer')),
    };
    const { mailbox } = createHarness(store, { conversations });
    const same = message('twice', { chat: 'twins', id: 'same' });
    // While the first is being written, the others wait, and are written together.
    const accepting = [message('hello', { chat: 'twins' }), same, same].map((one) => mailbox.accept(one));
    const [, ...outcomes] = await Promise.allSettled(accepting);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await mailbox.stop();
  });

  it('knows a message that goes from its inbox to the transcript just while it comes again (2)', async () => {
    const { store } = await openStore();
    const { transcript, afterLook } = watched(store);
    const { mailbox, conversations, said } = createHarness(store, { transcript });
    await mailbox.accept(message('hello', { chat: 'backlog' }));
    await mailbox.settle();
    // A claim of a process that has died, so that they wait.
    await conversations.findOneAndUpdate({ _id: 'telegram/backlog' }, { $set: { lease: 'dead', due: 0 } });
    const first = message('first', { chat: 'backlog', id: 'first' });
    await mailbox.accept(first);
    // More than the conversation remembers ids of.
    for (let later = 1; later < 30; later += 1) await mailbox.accept(message(`${later}`, { chat: 'backlog' }));
    afterLook(() => mailbox.settle());
    expect(await mailbox.accept(first)).toEqual({ type: 'repeated' });
    await mailbox.settle();
    expect(said).toHaveLength(31);
  });

  it('knows a message that another process has handled and forgotten while it comes again (2)', async () => {
    const { store } = await openStore();
    const other = createHarness(store);
    await other.mailbox.accept(message('hello', { chat: 'shared' }));
    await other.mailbox.settle();
    const first = message('first', { chat: 'shared', id: 'first' });
    const { transcript, afterLook } = watched(store);
    const { mailbox, said } = createHarness(store, { transcript });
    afterLook(async () => {
      const later = Array.from({ length: 25 }, (_, index) => message(`${index}`, { chat: 'shared' }));
      await Promise.all([first, ...later].map((one) => other.mailbox.accept(one)));
      await other.mailbox.settle();
    });
    expect(await mailbox.accept(first)).toEqual({ type: 'repeated' });
    await mailbox.settle();
    expect(texts(said)).toEqual([]);
  });

  it('takes what is to be said also together with a message that has no room', async () => {
    const { store } = await openStore();
    const { mailbox, conversations, said, clock } = createHarness(store);
    await mailbox.accept(message('hello', { chat: 'crowded' }));
    await mailbox.settle();
    const inbox = Array.from({ length: 2000 }, (_, index) => ({ id: `w${index}`, sealed: '' }));
    const held = { inbox, lease: 'somebody', due: clock.now() + 1e9 };
    await conversations.findOneAndUpdate({ _id: 'telegram/crowded' }, { $set: held });
    const word = { ...message('your request was accepted', { chat: 'crowded' }), role: 'bot' as const };
    const outcomes = await Promise.all([
      mailbox.accept(message('one more', { chat: 'crowded' })),
      mailbox.accept(message('and one', { chat: 'crowded' })),
      mailbox.enqueue(word),
    ]);
    expect(outcomes.map(({ type }) => type)).toEqual(['full', 'full', 'accepted']);
    await conversations.findOneAndUpdate({ _id: 'telegram/crowded' }, { $set: { inbox: [], due: 0 } });
    await mailbox.settle();
    expect(texts(said)).toEqual(['1: hello', 'your request was accepted']);
  });
});
