import { expect, it } from 'vitest';
import type { MessageActivity } from '../../src/core/activity.js';
import { SendError } from '../../src/core/errors.js';
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

  it('leaves standing what a turn has caused meanwhile, and says nothing of it', async () => {
    const { store } = await openStore();
    let meanwhile: () => Promise<unknown> = async () => undefined;
    const caused: string[] = [];
    const { mailbox, conversations, said } = createHarness(store, {
      async perform(effects) {
        caused.push(...effects.map(({ id }) => id));
        await meanwhile();
      },
    });
    await mailbox.accept(message('hello', { chat: 'signing' }));
    await mailbox.settle();
    meanwhile = () => mailbox.intervene('telegram/signing', { when: { owner: 'bot' }, set: { owner: 'staff-1' } });
    await mailbox.accept(message('help', { chat: 'signing' }));
    await mailbox.settle();
    const record = await conversations.findOne({ _id: 'telegram/signing' });
    expect(record).toMatchObject({ owner: 'staff-1', state: { texts: ['hello', 'help'] }, inbox: [], outgoing: [] });
    expect(caused).toHaveLength(1);
    expect(texts(said)).toEqual(['1: hello']);
  });

  it('shows what the person writes while a word of staff waits for the channel', async () => {
    const { store } = await openStore();
    let away = false;
    const { mailbox, transcript, clock, said } = createHarness(store, {
      async send() {
        if (away) throw new SendError('unauthorised', 'The token is refused.', { retryAfter: 60_000 });
      },
    });
    const told = async (): Promise<(string | undefined)[]> =>
      texts((await transcript.read('telegram/away', 0, 10)).map(({ activity }) => activity as MessageActivity));
    await mailbox.accept(message('hello', { chat: 'away' }));
    await mailbox.settle();
    const word = { ...message('one moment', { chat: 'away' }), role: 'staff' as const };
    away = true;
    await mailbox.intervene('telegram/away', { when: { owner: 'bot' }, set: { owner: 'staff-1' }, say: [word] });
    await mailbox.accept(message('are you there?', { chat: 'away' }));
    await mailbox.settle();
    expect(await told()).toEqual(['hello', '1: hello', 'are you there?']);
    away = false;
    clock.advance(60_000);
    await mailbox.settle();
    expect(await told()).toEqual(['hello', '1: hello', 'are you there?', 'one moment']);
    expect(texts(said)).toEqual(['1: hello', 'one moment']);
  });
});
