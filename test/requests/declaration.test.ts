import { expect, it } from 'vitest';
import { canonicalJson } from '../../src/core/digest.js';
import { lastDeclaration } from '../../src/requests/declaration.js';
import { describeOnEachStore } from '../fixtures/stores.js';
import { createHouse } from './house.js';

describeOnEachStore('the declaration', (openStore) => {
  it('stands for the answers as they were signed, and shows when they were changed', async () => {
    const one = createHouse((await openStore()).store);
    const { seal } = one.context;
    const request = await one.apply('signs');
    expect(lastDeclaration(seal, request)).toMatchObject({
      name: 'نورة سالم العنزي',
      answersUnchanged: true,
      statementUnchanged: true,
    });
    const tampered = { ...request, answers: seal.seal(canonicalJson({ nationalId: '1000000008', family: 9 })) };
    expect(lastDeclaration(seal, tampered)).toMatchObject({ answersUnchanged: false });
  });

  it('cannot be rewritten by who has the database and not the key', async () => {
    const one = createHouse((await openStore()).store);
    const request = await one.apply('forged');
    const declarations = request.declarations.map((declaration) => ({
      ...declaration,
      sealed: `${declaration.sealed.slice(0, -4)}AAAA`,
    }));
    expect(() => lastDeclaration(one.context.seal, { ...request, declarations })).toThrow(/sealed text/);
  });

  it('is sent as a copy with what proves it, to its own chat only', async () => {
    const one = createHouse((await openStore()).store);
    const { reference } = await one.apply('copies');
    const wanted = { type: 'copy_wanted', reference, locale: 'en' } as const;
    const turn = one.caused('copies', { form: '', opens: 'submission', answers: {} });
    await one.perform({ ...turn, id: 'copy-stranger', conversation: 'telegram/stranger', effect: wanted });
    await one.perform({ ...turn, id: 'copy-own', effect: wanted });
    await one.beat();
    const copies = one.said.filter(({ text }) => text?.includes('نورة سالم العنزي'));
    expect(copies).toHaveLength(1);
    expect(copies[0]?.text).toMatch(/[0-9a-f]{64}/);
  });
});
