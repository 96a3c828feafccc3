import { expect, it } from 'vitest';
import { describeOnEachStore } from '../fixtures/stores.js';
import { createHouse, day, hour, idOf, officer, type House } from './house.js';
import { move } from '../../src/requests/staff.js';
import { unlinkByStaff } from '../../src/requests/linking.js';

describeOnEachStore('one person in several chats', (openStore) => {
  const house = async (): Promise<House> => createHouse((await openStore()).store);

  const heard = (one: House, chat: string): string[] =>
    one.said.filter(({ conversation }) => conversation.id === chat).map(({ text }) => text ?? '');
  const last = (one: House, chat: string): string => heard(one, chat).at(-1) ?? '';
  const codeIn = (one: House, chat: string): string => /\d{6}/.exec(last(one, chat))?.[0] ?? '';
  const seen = async (one: House, chat: string) =>
    (await one.personFacts(`telegram/${chat}`)).requests.map(({ reference }) => reference);

  /** Hands in a form in a chat; resolves to what is said there then. */
  async function hands(one: House, chat: string, form: Parameters<House['caused']>[1]): Promise<string> {
    await one.perform(one.caused(chat, form));
    await one.beat();
    return last(one, chat);
  }
  const asks = (one: House, chat: string, reference: string) =>
    hands(one, chat, { form: 'link', opens: 'link', answers: { reference } });
  const types = (one: House, chat: string, code: string) =>
    hands(one, chat, { form: 'enter-code', opens: 'status', answers: { code } });
  const unlinks = (one: House, chat: string, which: 'this' | 'others') =>
    hands(one, chat, { form: 'unlink', opens: 'unlink', answers: { which } });

  async function links(one: House, { from, to, reference }: { from: string; to: string; reference: string }) {
    await asks(one, to, reference);
    return types(one, to, codeIn(one, from));
  }

  it('links a chat by the reference and the code that came to the first one: the request is there, the other is told', async () => {
    const one = await house();
    const { reference } = await one.apply('web');
    expect(await seen(one, 'phone')).toEqual([]);
    expect(await links(one, { from: 'web', to: 'phone', reference })).toContain('تم الربط');
    expect(await seen(one, 'phone')).toEqual([reference]);
    expect(last(one, 'web')).toContain('رُبطت الآن محادثة في تيليجرام');
    const told = one.said.findLast(({ conversation }) => conversation.id === 'web');
    expect(told?.suggestedActions?.actions).toMatchObject([{ value: 'start:unlink' }]);
  });

  it('serves one person in three chats on one record: papers from the second, withdrawn from the third', async () => {
    const one = await house();
    const { reference, beneficiary } = await one.apply('three-1');
    await links(one, { from: 'three-1', to: 'three-2', reference });
    await asks(one, 'three-3', reference);
    // The code comes to all chats of the person.
    expect(codeIn(one, 'three-1')).toBe(codeIn(one, 'three-2'));
    await types(one, 'three-3', codeIn(one, 'three-2'));
    expect((await one.contacts.ofPerson(beneficiary)).map(({ _id }) => _id).toSorted()).toEqual([
      'telegram/three-1',
      'telegram/three-2',
      'telegram/three-3',
    ]);
    const file = { id: 'f9', paper: 'income', name: 'i.png', contentType: 'image/png', size: 3 };
    const papers = { documents: { files: [file], later: [] } };
    expect(await hands(one, 'three-2', { form: 'send-papers', opens: 'papers', reference, answers: papers })).toContain('وصلت أوراقك'); // prettier-ignore
    expect(await hands(one, 'three-3', { form: 'withdraw', opens: 'withdrawal', reference, answers: {} })).toContain('سُحب'); // prettier-ignore
    expect(await one.requests.count({ beneficiary, submittedAt: { $gt: 0 } })).toBe(1);
  });

  it('tells news in the chat that was used last', async () => {
    const one = await house();
    const { reference } = await one.apply('used-1');
    await links(one, { from: 'used-1', to: 'used-2', reference });
    one.writes('used-1', 10);
    one.writes('used-2', 20);
    await move(one.context, reference, { to: 'verification', by: officer });
    await one.beat();
    expect(last(one, 'used-2')).toContain('عند الموظف الآن');
    one.writes('used-1', 30);
    await move(one.context, reference, { to: 'needs_information', reason: 'نحتاج الدخل', by: officer });
    await one.beat();
    expect(last(one, 'used-1')).toContain('نحتاج الدخل');
    expect(heard(one, 'used-2').join()).not.toContain('نحتاج الدخل');
  });

  it('takes no wrong, old, foreign or used code, nor one that was asked for only to see the status', async () => {
    const one = await house();
    const { reference } = await one.apply('codes');
    const other = await one.apply('codes-other');
    await asks(one, 'c-wrong', reference);
    expect(await types(one, 'c-wrong', '12')).toContain('غير صحيح');
    await asks(one, 'c-foreign', other.reference);
    expect(await types(one, 'c-foreign', codeIn(one, 'codes'))).toContain('غير صحيح');
    const code = codeIn(one, 'codes');
    expect(await types(one, 'c-wrong', code)).toContain('تم الربط');
    expect(await types(one, 'c-wrong', code)).toContain('غير صحيح');
    await asks(one, 'c-old', other.reference);
    one.clock.advance(16 * 60_000);
    expect(await types(one, 'c-old', codeIn(one, 'codes-other'))).toContain('انتهى وقته');
    one.clock.advance(60 * 60_000);
    await hands(one, 'c-status', { form: 'ask-status', opens: 'status', answers: { reference: other.reference } });
    expect(await types(one, 'c-status', codeIn(one, 'codes-other'))).toContain(other.reference);
    for (const chat of ['c-foreign', 'c-old', 'c-status']) expect(await seen(one, chat)).toEqual([]);
  });

  it("answers the same whether the reference is somebody's or not", async () => {
    const one = await house();
    const { reference } = await one.apply('somebody');
    expect(await asks(one, 'guesses', 'ASB-0000-0')).toBe(await asks(one, 'knows', reference));
  });

  it('locks after five wrong codes, calls staff, and links not even by the right one', async () => {
    const { store } = await openStore();
    const one = createHouse(store);
    const { reference } = await one.apply('locked');
    await asks(one, 'thief', reference);
    const code = codeIn(one, 'locked');
    const wrong = code === '000000' ? '111111' : '000000';
    for (let attempt = 0; attempt < 5; attempt += 1) await types(one, 'thief', wrong);
    expect(await types(one, 'thief', code)).toContain('ساعة');
    expect(await seen(one, 'thief')).toEqual([]);
    const filter = { status: 'open', kind: 'locked_code', conversation: 'telegram/thief' };
    expect(await store.collection('tasks').count(filter)).toBe(1);
  });

  it('changes nothing when the turn that links is done again', async () => {
    const one = await house();
    const { reference, beneficiary } = await one.apply('twice-1');
    await asks(one, 'twice-2', reference);
    const turn = one.caused('twice-2', { form: 'enter-code', opens: 'status', answers: { code: codeIn(one, 'twice-1') } }); // prettier-ignore
    await one.perform(turn);
    await one.beat();
    const told = one.said.length;
    await Promise.all([one.perform(turn), one.perform(turn)]);
    await one.beat();
    expect(one.said).toHaveLength(told);
    expect(await one.contacts.ofPerson(beneficiary)).toHaveLength(2);
  });

  it('links a chat to one person only, also when two come at once', async () => {
    const one = await house();
    const [first, second] = [await one.apply('race-1'), await one.apply('race-2')];
    const contact = {
      address: one.address('shared'),
      locale: 'ar',
      at: 1,
      how: 'code',
      _id: 'telegram/shared',
    } as const;
    const outcomes = await Promise.all(
      [first, second].map(({ beneficiary }) => one.contacts.link({ ...contact, beneficiary })),
    );
    expect(outcomes.toSorted()).toEqual(['linked', 'taken']);
    const owner = (await one.contacts.of('telegram/shared'))?.beneficiary;
    const [other, chat] = owner === first.beneficiary ? [second, 'race-2'] : [first, 'race-1'];
    await links(one, { from: chat, to: 'shared', reference: other.reference });
    expect(last(one, 'shared')).toContain('مرتبطة بشخص آخر');
    expect(await seen(one, 'shared')).not.toContain(other.reference);
  });

  it('links by the number that the person shares and the channel vouches for, when it is exactly one person’s', async () => {
    const one = await house();
    const { reference } = await one.apply('numbered', { answers: { mobile: '+966501111111' } });
    const shares = async (chat: string, phone: string): Promise<string> => {
      const { effect: _effect, ...turn } = one.caused(chat, { form: '', opens: 'submission', answers: {} });
      await one.perform({ ...turn, effect: { type: 'contact_shared', phone, locale: 'ar' } });
      await one.beat();
      return last(one, chat);
    };
    expect(await shares('sharer', '+966501111111')).toContain('تم الربط');
    expect(await seen(one, 'sharer')).toEqual([reference]);
    expect(await shares('stranger', '+966502222222')).toContain('ما وجدت بهذا الرقم');
    await one.apply('same-number', { answers: { mobile: '+966501111111' } });
    expect(await shares('ambiguous', '+966501111111')).toContain('ما وجدت بهذا الرقم');
    expect(await seen(one, 'ambiguous')).toEqual([]);
  });

  it('forgets in the chat that is unlinked, and goes on in the other', async () => {
    const one = await house();
    const { reference } = await one.apply('leaves-1');
    await links(one, { from: 'leaves-1', to: 'leaves-2', reference });
    expect(await unlinks(one, 'leaves-1', 'this')).toContain('نسيت هذه المحادثة');
    expect(await seen(one, 'leaves-1')).toEqual([]);
    expect(await seen(one, 'leaves-2')).toEqual([reference]);
    await move(one.context, reference, { to: 'verification', by: officer });
    await one.beat();
    expect(last(one, 'leaves-2')).toContain('عند الموظف الآن');
    expect(last(one, 'leaves-1')).toContain('نسيت هذه المحادثة');
    expect(await unlinks(one, 'leaves-1', 'this')).toContain('ليست مرتبطة بأحد');
  });

  it('lets go once, and says so once, when the turn is done again', async () => {
    const one = await house();
    const { reference, beneficiary } = await one.apply('again-1');
    await links(one, { from: 'again-1', to: 'again-2', reference });
    const turn = one.caused('again-1', { form: 'unlink', opens: 'unlink', answers: { which: 'others' } });
    await one.perform(turn);
    await one.perform(turn);
    await one.beat();
    expect(heard(one, 'again-1').filter((text) => text.includes('إلا هذه المحادثة'))).toHaveLength(1);
    expect((await one.contacts.ofPerson(beneficiary)).map(({ _id }) => _id)).toEqual(['telegram/again-1']);
    const { events } = (await one.requests.findOne({ reference }))!;
    expect(events.filter(({ type }) => type === 'chat_unlinked').length).toBeLessThanOrEqual(1);
  });

  it('lets who is told of a link that is not theirs undo it', async () => {
    const one = await house();
    const { reference } = await one.apply('owner');
    await links(one, { from: 'owner', to: 'intruder', reference });
    expect(await unlinks(one, 'owner', 'others')).toContain('إلا هذه المحادثة');
    expect(await seen(one, 'intruder')).toEqual([]);
    expect(await seen(one, 'owner')).toEqual([reference]);
  });

  it('is unlinked by staff, told so, and linked again by no code to itself', async () => {
    const one = await house();
    const { reference, beneficiary } = await one.apply('removed');
    const which = { conversation: 'telegram/removed', beneficiary, by: 'staff-1' };
    expect(await unlinkByStaff(one.context, { ...which, beneficiary: 'somebody' })).toBe(false);
    expect(await unlinkByStaff(one.context, which)).toBe(true);
    await one.beat();
    expect(last(one, 'removed')).toContain('فصل موظفنا');
    expect(await seen(one, 'removed')).toEqual([]);
    await asks(one, 'removed', reference);
    expect(codeIn(one, 'removed')).toBe('');
    const [, unlinked] = (await one.requests.findOne({ reference }))!.events;
    expect(unlinked).toMatchObject({ type: 'chat_unlinked', by: 'staff-1' });
  });

  it('tells a notice that waits for the morning where the person is by then', async () => {
    const one = await house();
    const { reference } = await one.apply('night-1');
    await links(one, { from: 'night-1', to: 'night-2', reference });
    one.writes('night-1', 50);
    one.clock.advance(14 * 60 * 60_000);
    await move(one.context, reference, { to: 'verification', by: officer });
    await unlinks(one, 'night-1', 'this');
    one.clock.advance(24 * 60 * 60_000);
    await one.beat();
    expect(last(one, 'night-2')).toContain('عند الموظف الآن');
    expect(heard(one, 'night-1').join()).not.toContain('عند الموظف الآن');
  });

  it('tells no notice in a chat that was let go while it waited for the morning there', async () => {
    const one = await house();
    const { reference } = await one.apply('stays');
    await links(one, { from: 'stays', to: 'lost', reference });
    one.writes('lost', one.clock.now());
    one.clock.advance(14 * hour);
    await move(one.context, reference, { to: 'verification', by: officer });
    await unlinks(one, 'stays', 'others');
    const before = heard(one, 'lost').length;
    one.clock.advance(day);
    await one.beat();
    expect(heard(one, 'lost')).toHaveLength(before);
    expect(last(one, 'stays')).toContain(reference);
  });

  it('tells a notice that one chat refuses in the other, once, and calls staff when that one refuses too', async () => {
    const { store } = await openStore();
    const one = createHouse(store);
    const { reference } = await one.apply('blocked-1');
    await links(one, { from: 'blocked-1', to: 'blocked-2', reference });
    const notice = one.said.findLast(({ conversation }) => conversation.id === 'blocked-1')!;
    const refuse = (id: string, chat: string, refused: typeof notice) =>
      one.perform({
        id,
        at: 1,
        conversation: `telegram/${chat}`,
        address: one.address(chat),
        effect: { type: 'notice_refused', activityId: refused.id, notice: refused },
      });
    const calls = () => store.collection('tasks').count({ status: 'open', kind: 'call', reason: redirected().id });
    const redirected = () => one.said.findLast(({ conversation }) => conversation.id === 'blocked-2')!;
    await refuse('r1', 'blocked-1', notice);
    await refuse('r1', 'blocked-1', notice);
    expect(redirected()).toMatchObject({ text: notice.text, channelData: { redirected: true } });
    expect(one.said.filter(({ text, conversation }) => text === notice.text && conversation.id === 'blocked-2')).toHaveLength(1); // prettier-ignore
    expect(await calls()).toBe(0);
    await refuse('r2', 'blocked-2', redirected());
    expect(await calls()).toBe(1);
  });

  it('does not take a chat for somebody’s because their number is typed there, and tells the real one', async () => {
    const one = await house();
    const { reference: known } = await one.apply('real');
    const answers = { nationalId: idOf('real'), service: 'medical-care' };
    const { reference } = await one.apply('liar', { answers });
    expect(await seen(one, 'liar')).toEqual([reference]);
    expect(last(one, 'real')).toContain('من محادثة أخرى');
    const told = (await one.personFacts('telegram/real')).requests;
    expect(told.find((request) => request.reference === reference)).toMatchObject({
      actions: ['dispute'],
      missing: [],
    });
    expect(told.map((request) => request.reference)).toContain(known);
    expect((await one.requests.findOne({ reference }))?.flags).toMatchObject([{ type: 'foreign_chat' }]);
  });
});
