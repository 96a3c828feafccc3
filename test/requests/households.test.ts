import { expect, it } from 'vitest';
import { answersOf } from '../../src/core/sealed-answers.js';
import { describeOnEachStore } from '../fixtures/stores.js';
import { move } from '../../src/requests/staff.js';
import { createHouse, file, idOf, officer, signed, type House } from './house.js';

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

  /** Staff ask for the right number, and the person gives it. Done again after a crash, the turn changes nothing. */
  async function correctsTheId(one: House, chat: string, { reference }: { reference: string }, nationalId: string) {
    await move(one.context, reference, { to: 'verification', by: officer });
    await move(one.context, reference, { to: 'needs_information', reason: 'رقم الهوية', by: officer });
    const given = { nationalId, fullName: 'نورة سالم العنزي', mobile: '+966500000000', service: 'food' };
    const turn = one.caused(chat, { form: 'support-request', opens: 'request', reference, ...signed(given, 1) });
    await one.perform(turn);
    const once = await one.requests.findOne({ reference });
    await one.perform(turn);
    const twice = await one.requests.findOne({ reference });
    if (!once || !twice) throw new Error('the request is gone');
    expect(twice).toEqual(once);
    await one.beat();
    return twice;
  }

  const personBy = async (one: House, nationalId: string) => (await one.beneficiaries.find({ nationalId }))[0]?._id;

  it('makes a request, and the chat, that of whom the corrected ID names', async () => {
    const one = await house();
    const request = await one.apply('mistyped');
    const corrected = await correctsTheId(one, 'mistyped', request, idOf('right'));
    expect(corrected.beneficiary).toBe(await personBy(one, idOf('right')));
    expect(corrected).toMatchObject({ conversation: 'telegram/mistyped', flags: [] });
    expect(corrected.events.at(-1)).toMatchObject({ type: 'answers_corrected', about: 'nationalId' });
    expect(await one.contacts.of('telegram/mistyped')).toMatchObject({ beneficiary: corrected.beneficiary });
    expect(await one.contacts.ofPerson(request.beneficiary)).toEqual([]);
    expect(await seen(one, 'mistyped')).toMatchObject([{ reference: request.reference }]);
  });

  it('leaves the chat with who has more in it, and flags what a corrected ID names in it', async () => {
    const one = await house();
    const own = await one.apply('keeper');
    one.clock.advance(1000);
    const second = await one.apply('keeper');
    const corrected = await correctsTheId(one, 'keeper', second, idOf('another'));
    expect(await one.contacts.of('telegram/keeper')).toMatchObject({ beneficiary: own.beneficiary });
    // It asks again for what the keeper asks for no longer.
    expect(corrected.flags).toMatchObject([{ type: 'foreign_chat' }]);
    expect(await seen(one, 'keeper')).toHaveLength(2);
  });

  it('tells whom a corrected ID names where they are known, and shows them no answer', async () => {
    const one = await house();
    const known = await one.apply('known-one');
    one.clock.advance(1000);
    const request = await one.apply('unknown-one');
    const corrected = await correctsTheId(one, 'unknown-one', request, idOf('known-one'));
    expect(corrected.beneficiary).toBe(known.beneficiary);
    expect(corrected.flags).toMatchObject([
      { type: 'duplicate', reference: known.reference },
      { type: 'foreign_chat' },
    ]);
    expect(last(one, 'known-one')).toContain(request.reference);
    expect((await seen(one, 'known-one')).find(({ reference }) => reference === request.reference)).toEqual(
      expect.objectContaining({ actions: ['dispute'] }),
    );
    expect(await one.contacts.of('telegram/unknown-one')).toBeUndefined();
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
