import { expect, it } from 'vitest';
import { describeOnEachStore } from '../fixtures/stores.js';
import { createHouse, type House } from './house.js';

describeOnEachStore('asking about a request from another chat', (openStore) => {
  const house = async (): Promise<House> => createHouse((await openStore()).store);

  async function ask(one: House, chat: string, answers: Record<string, unknown>): Promise<string> {
    await one.perform(one.caused(chat, { form: 'ask-status', opens: 'status', answers }));
    await one.beat();
    return one.said.findLast(({ conversation }) => conversation.id === chat)?.text ?? '';
  }
  const codeFor = (one: House, chat: string): string =>
    /\d{6}/.exec(one.said.findLast(({ conversation }) => conversation.id === chat)?.text ?? '')?.[0] ?? '';

  it('sends a code to the chat of the request, and tells the status for it, once', async () => {
    const one = await house();
    const { reference } = await one.apply('owner');
    const promised = await ask(one, 'other', { reference });
    expect(promised).toContain('إن كان الرقم صحيحًا');
    const code = codeFor(one, 'owner');
    expect(await ask(one, 'other', { code })).toContain(reference);
    expect(await ask(one, 'other', { code })).toContain('غير صحيح');
  });

  it("answers the same when the reference is nobody's", async () => {
    const one = await house();
    const { reference } = await one.apply('owner-2');
    expect(await ask(one, 'guesser', { reference: 'ASB-0000-0' })).toBe(await ask(one, 'knower', { reference }));
  });

  it('takes no code after a quarter of an hour', async () => {
    const one = await house();
    const { reference } = await one.apply('owner-3');
    await ask(one, 'late', { reference });
    one.clock.advance(16 * 60_000);
    expect(await ask(one, 'late', { code: codeFor(one, 'owner-3') })).toContain('انتهى وقته');
  });

  it('locks after five wrong codes, calls staff, and takes not even the right one', async () => {
    const { store } = await openStore();
    const one = createHouse(store);
    const { reference } = await one.apply('owner-4');
    await ask(one, 'brute', { reference });
    const code = codeFor(one, 'owner-4');
    const wrong = code === '000000' ? '111111' : '000000';
    for (let attempt = 0; attempt < 5; attempt += 1) await ask(one, 'brute', { code: wrong });
    expect(await ask(one, 'brute', { code })).toContain('ساعة');
    await ask(one, 'brute', { reference });
    expect(await store.collection('tasks').count({ status: 'open', kind: 'locked_code' })).toBe(1);
    expect(codeFor(one, 'owner-4')).toBe(code);
  });

  it('floods nobody with codes', async () => {
    const one = await house();
    const { reference } = await one.apply('owner-5');
    for (let chat = 0; chat < 8; chat += 1) await ask(one, `many-${chat}`, { reference });
    expect(one.said.filter(({ conversation }) => conversation.id === 'owner-5')).toHaveLength(1 + 3);
  });

  it('tells at once who asks from the chat of the request itself', async () => {
    const one = await house();
    const { reference } = await one.apply('owner-6');
    expect(await ask(one, 'owner-6', { reference })).toContain(reference);
  });
});
