import { expect, it } from 'vitest';
import { describeOnEachStore } from '../fixtures/stores.js';
import { createHarness, message, texts } from './harness.js';

describeOnEachStore('an intervention', (openStore) => {
  it('says a word once, however late it is repeated (2)', async () => {
    const { store } = await openStore();
    const { mailbox, said } = createHarness(store);
    await mailbox.accept(message('hello', { chat: 'word' }));
    await mailbox.settle();
    const word = { ...message('I am here', { chat: 'word', id: 'own' }), role: 'staff' as const };
    const intervene = () => mailbox.intervene('telegram/word', { when: { owner: 'bot' }, say: [word] });
    expect(await intervene()).toMatchObject({ type: 'done' });
    for (let count = 0; count < 25; count += 1) await mailbox.accept(message('more', { chat: 'word' }));
    await mailbox.settle();
    expect(await intervene()).toMatchObject({ type: 'repeated', record: { _id: 'telegram/word' } });
    await mailbox.settle();
    expect(texts(said).filter((text) => text === 'I am here')).toHaveLength(1);
  });
});
