import { expect, it } from 'vitest';
import type { ConversationRecord } from '../../src/mailbox/record.js';
import type { Collection } from '../../src/store/collection.js';
import { describeOnEachStore } from '../fixtures/stores.js';
import { createHarness, message } from './harness.js';

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
});
