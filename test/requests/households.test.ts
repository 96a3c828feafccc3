import { expect, it } from 'vitest';
import { answersOf } from '../../src/core/sealed-answers.js';
import { describeOnEachStore } from '../fixtures/stores.js';
import { createHouse, file, idOf, signed, type House } from './house.js';

describeOnEachStore('households', (openStore) => {
  const house = async (): Promise<House> => createHouse((await openStore()).store);

  const last = (one: House, chat: string): string =>
    one.said.findLast(({ conversation }) => conversation.id === chat)?.text ?? '';
  const seen = async (one: House, chat: string) => (await one.personFacts(`telegram/${chat}`)).requests;

  /** What a daughter answers who applies for the person that is known as `father`. */
  const onBehalf = (father: string, own: { mobile?: string } = {}) => ({
    nationalId: idOf(father),
    forWhom: 'another',
    relationship: 'parent',
    authority: true,
    representativeName: 'هيا عبدالله الشمري',
    representativeMobile: '+966503333333',
    mobile: '+966503333333',
    ...own,
  });

  it('makes the other person the beneficiary, and keeps who applied with the request', async () => {
    const one = await house();
    const request = await one.apply('daughter', { answers: onBehalf('father') });
    expect(request).toMatchObject({ onBehalf: 'parent', flags: [], opened: { by: 'applicant', via: 'chat' } });
    const [father] = await one.beneficiaries.find({ nationalId: idOf('father') });
    expect(request.beneficiary).toBe(father?._id);
    expect(answersOf(one.context.seal, request)).toMatchObject({ representativeName: 'هيا عبدالله الشمري' });
    expect(JSON.stringify(request)).not.toContain('هيا');
  });

  it('does not take the chat, or the number, of who applies for that of the other person', async () => {
    const one = await house();
    const { beneficiary, reference } = await one.apply('son', { answers: onBehalf('mother') });
    expect(await one.contacts.ofPerson(beneficiary)).toEqual([]);
    expect(await one.beneficiaries.find({ id: beneficiary })).toMatchObject([{ mobile: null, mobileHash: null }]);
    // They follow it where they applied.
    expect(await seen(one, 'son')).toMatchObject([{ reference }]);
    expect(last(one, 'son')).toContain(reference);
  });

  it('keeps one’s own chat one’s own, whoever else is applied for in it', async () => {
    const one = await house();
    const own = await one.apply('carer');
    await one.apply('carer', { answers: onBehalf('neighbour', { mobile: '+966504444444' }) });
    const husband = await one.apply('carer', { answers: { nationalId: idOf('husband') } });
    expect((await one.contacts.of('telegram/carer'))?.beneficiary).toBe(own.beneficiary);
    expect(await seen(one, 'carer')).toHaveLength(3);
    expect((await one.read(husband)).flags).toMatchObject([{ type: 'foreign_chat' }]);
    expect((await one.read(own)).flags).toEqual([]);
  });

  it('gives the other person their own chat when they get the code from who applied', async () => {
    const one = await house();
    const { reference, beneficiary } = await one.apply('niece', { answers: onBehalf('aunt') });
    await one.perform(one.caused('aunt', { form: 'link', opens: 'link', answers: { reference } }));
    await one.beat();
    const code = /\d{6}/.exec(last(one, 'niece'))?.[0] ?? '';
    await one.perform(one.caused('aunt', { form: 'enter-code', opens: 'status', answers: { code } }));
    await one.beat();
    expect((await one.contacts.ofPerson(beneficiary)).map(({ _id }) => _id)).toEqual(['telegram/aunt']);
    expect(await seen(one, 'niece')).toMatchObject([{ reference }]);
    // What was opened for them is theirs to see and to do, and stays with who opened it.
    expect((await seen(one, 'aunt'))[0]?.actions).toEqual(['papers', 'withdraw', 'copy', 'dispute']);
    const papers = { documents: { files: [file('income')], later: [] } };
    await one.perform(one.caused('aunt', { form: 'send-papers', opens: 'papers', reference, answers: papers }));
    await one.beat();
    expect(last(one, 'aunt')).toContain('وصلت أوراقك');
    expect((await seen(one, 'niece'))[0]?.actions).toEqual(['withdraw', 'copy']);
    expect(last(one, 'niece')).not.toContain('وصلت أوراقك');
  });

  it('flags who asks again for the same service, and refuses nobody', async () => {
    const one = await house();
    const first = await one.apply('asks-twice');
    one.clock.advance(1000);
    const second = await one.apply('asks-twice');
    const other = await one.apply('asks-twice', { answers: { service: 'medical-care' } });
    expect((await one.read(first)).flags).toEqual([]);
    expect((await one.read(second)).flags).toMatchObject([{ type: 'duplicate', reference: first.reference }]);
    expect((await one.read(other)).flags).toEqual([]);
    expect(second.status).toBe('submitted');
  });

  it('does not count a request that was withdrawn', async () => {
    const one = await house();
    const { reference } = await one.apply('again');
    await one.perform(one.caused('again', { form: 'withdraw', opens: 'withdrawal', reference, answers: {} }));
    one.clock.advance(1000);
    const second = await one.apply('again');
    expect((await one.read(second)).flags).toEqual([]);
  });

  it('flags one of two that come at once, from whatever chats', async () => {
    const one = await house();
    const answers = { nationalId: idOf('at-once'), fullName: 'نورة', mobile: '+966505555555', service: 'food' };
    const turns = ['at-once-1', 'at-once-2'].map((chat) =>
      one.caused(chat, { form: 'support-request', opens: 'request', ...signed(answers, 1) }),
    );
    await Promise.all(turns.map((turn) => one.perform(turn)));
    // Done again after a crash: nothing more.
    await Promise.all(turns.map((turn) => one.perform(turn)));
    const made = await Promise.all(turns.map(({ id }) => one.requests.findOne({ _id: id })));
    const flags = made.flatMap((record) => record?.flags ?? []).filter(({ type }) => type === 'duplicate');
    expect(flags).toHaveLength(1);
    expect(made.map((record) => record?.reference)).toContain(flags[0]?.reference);
  });

  it('takes the word of who never asked for it: flagged, a task for staff, a calm answer, once', async () => {
    const { store } = await openStore();
    const one = createHouse(store);
    await one.apply('named');
    const { reference } = await one.apply('namer', { answers: onBehalf('named', { mobile: '+966506666666' }) });
    const told = one.said.findLast(({ conversation }) => conversation.id === 'named');
    expect(told?.suggestedActions?.actions).toContainEqual({
      type: 'postBack',
      title: 'لم أطلب هذا',
      value: `start:dispute:${reference}`,
    });
    const turn = one.caused('named', { form: 'dispute', opens: 'dispute', reference, answers: { sure: true } });
    await one.perform(turn);
    await one.perform(turn);
    await one.beat();
    expect(last(one, 'named')).toContain('سجّلنا كلامك');
    expect(last(one, 'namer')).not.toContain('سجّلنا كلامك');
    const record = await one.requests.findOne({ reference });
    expect(record?.flags.filter(({ type }) => type === 'disputed')).toHaveLength(1);
    expect(await store.collection('tasks').count({ status: 'open', kind: 'disputed', reason: reference })).toBe(1);
    expect((await seen(one, 'named')).find((request) => request.reference === reference)?.actions).toEqual([]);
  });

  it('takes it from nobody who was not named in it', async () => {
    const one = await house();
    const { reference } = await one.apply('quiet-owner');
    await one.perform(one.caused('passer-by', { form: 'dispute', opens: 'dispute', reference, answers: {} }));
    await one.perform(one.caused('quiet-owner', { form: 'dispute', opens: 'dispute', reference, answers: {} }));
    expect((await one.requests.findOne({ reference }))?.flags).toEqual([]);
  });
});
