import { expect, it } from 'vitest';
import { move, checkDocument } from '../../src/requests/staff.js';
import { describeOnEachStore } from '../fixtures/stores.js';
import { createHouse, day, file, hour, idOf, officer, signed, type House } from './house.js';

type Turn = Parameters<House['caused']>[1];

describeOnEachStore('the life of a request', (openStore) => {
  const house = async (): Promise<House> => createHouse((await openStore()).store);

  const act = async (one: House, chat: string, effect: Turn) => {
    const turn = one.caused(chat, effect);
    await one.perform(turn);
    await one.beat();
    return turn;
  };

  /** Staff look at a request, and ask for what is missing or wrong in it. */
  async function asksFor(one: House, reference: string, reason: string): Promise<void> {
    await move(one.context, reference, { to: 'verification', by: officer });
    await move(one.context, reference, { to: 'needs_information', reason, by: officer });
  }

  /** Somebody applies, sends the missing paper, and corrects the answers, which name the other paper only. */
  async function correctsWithPapers(one: House, chat: string): Promise<string> {
    const { reference } = await one.apply(chat);
    const papers = { papers: { files: [file('income')], later: [] } };
    await act(one, chat, { form: 'send-papers', opens: 'papers', reference, answers: papers });
    await asksFor(one, reference, 'عدد الأسرة');
    const answers = { nationalId: idOf(chat), documents: { files: [file('identity')], later: [] } };
    await act(one, chat, { form: 'support-request', opens: 'request', reference, ...signed(answers, 1) });
    return reference;
  }

  const reminders = ({ said }: House, chat: string): number =>
    said.filter(({ text, conversation }) => conversation.id === chat && text?.includes('تذكير')).length;

  it('begins with a reference and the day before which no answer comes, said once', async () => {
    const one = await house();
    const request = await one.apply('begins');
    expect(request).toMatchObject({ status: 'submitted', papers: ['identity', 'income'], service: 'food' });
    expect(request.answerNotBefore).toBe(request.submittedAt + 14 * day);
    expect(one.heardLast()).toContain(request.reference);
    expect(one.heardLast()).toContain('٥ ديسمبر ٢٠٢٦');
    expect(one.heardLast()).toContain('إثبات الدخل');
    await one.beat();
    expect(one.said).toHaveLength(1);
  });

  it('keeps nothing of the answers readable', async () => {
    const one = await house();
    const request = await one.apply('sealed');
    const stored = JSON.stringify([request, await one.beneficiaries.find({ id: request.beneficiary })]);
    expect(stored).not.toContain(idOf('sealed'));
    expect(stored).not.toContain('نورة');
    expect(stored).not.toContain('966500000000');
  });

  it('makes one request of a turn that is run twice', async () => {
    const one = await house();
    const answers = { nationalId: '1000000008', fullName: 'نورة', mobile: '+966500000000' };
    const turn = one.caused('twice', { form: 'support-request', opens: 'request', ...signed(answers, 0) });
    await Promise.all([one.perform(turn), one.perform(turn)]);
    await one.perform(turn);
    await one.beat();
    expect(await one.requests.count({ conversation: 'telegram/twice', submittedAt: { $gte: 0 } })).toBe(1);
    expect(one.said).toHaveLength(1);
  });

  it('moves as the table allows, tells every move, and says what is possible instead', async () => {
    const one = await house();
    const { reference } = await one.apply('moves');
    expect(await move(one.context, reference, { to: 'committee', by: officer })).toEqual({
      type: 'impossible',
      from: 'submitted',
      possible: ['verification', 'withdrawn'],
    });
    expect(await move(one.context, reference, { to: 'verification', by: officer })).toMatchObject({ type: 'changed' });
    expect(await move(one.context, reference, { to: 'needs_information', by: officer })).toEqual({
      type: 'reason_missing',
    });
    expect(await move(one.context, reference, { to: 'committee', by: officer })).toEqual({
      type: 'papers_missing',
      papers: ['income'],
    });
    expect(await move(one.context, 'ASB-0000-0', { to: 'verification', by: officer })).toEqual({ type: 'unknown' });
    await one.beat();
    expect(one.heardLast()).toContain('يراجع بياناتك');
  });

  it('lets one of two moves at once win, and tells the other', async () => {
    const one = await house();
    const { reference } = await one.apply('race');
    const outcomes = await Promise.all([
      move(one.context, reference, { to: 'verification', by: officer }),
      move(one.context, reference, { to: 'withdrawn', by: officer }),
      move(one.context, reference, { to: 'verification', by: { ...officer, account: 'staff-2' } }),
    ]);
    expect(outcomes.filter(({ type }) => type === 'changed').length).toBeGreaterThanOrEqual(1);
    const request = await one.requests.findOne({ reference });
    const moves = request!.events.filter(({ type }) => type === 'moved');
    for (const [index, event] of moves.entries())
      expect(event.from).toBe(index === 0 ? 'submitted' : moves[index - 1]?.to);
    expect(moves.filter(({ from, to }) => from === 'submitted' && to === 'verification').length).toBeLessThanOrEqual(1);
  });

  it('goes on by itself when the last missing paper is there', async () => {
    const one = await house();
    const { reference } = await one.apply('papers');
    await asksFor(one, reference, 'نحتاج إثبات الدخل');
    await one.beat();
    expect(one.heardLast()).toContain('نحتاج إثبات الدخل');
    const answers = { papers: { files: [file('income')], later: [] } };
    await act(one, 'papers', { form: 'send-papers', opens: 'papers', reference, answers });
    expect(await one.requests.findOne({ reference })).toMatchObject({ status: 'verification' });
    expect(one.heardLast()).toContain('اكتمل');
  });

  it('asks again for a paper that was sent back, with the reason', async () => {
    const one = await house();
    const { reference } = await one.apply('back');
    const verdict = { verdict: 'rejected', reason: 'الصورة غير واضحة', by: officer } as const;
    const which = { reference, document: 'file-identity' };
    expect(await checkDocument(one.context, { ...which, document: 'x' }, verdict)).toEqual({ type: 'no_document' });
    expect(await checkDocument(one.context, which, { ...verdict, reason: ' ' })).toEqual({ type: 'reason_missing' });
    await checkDocument(one.context, which, verdict);
    await one.beat();
    expect(one.heardLast()).toContain('الصورة غير واضحة');
    const facts = await one.personFacts('telegram/back');
    expect(facts.requests[0]).toMatchObject({
      missing: ['identity', 'income'],
      returned: { identity: 'الصورة غير واضحة' },
    });
  });

  it('wants a paper anew when its day is over', async () => {
    const one = await house();
    const { reference } = await one.apply('expires');
    const verdict = { verdict: 'accepted', expires: '2026-11-25', by: officer } as const;
    await checkDocument(one.context, { reference, document: 'file-identity' }, verdict);
    expect((await one.personFacts('telegram/expires')).requests[0]?.missing).toEqual(['income']);
    one.clock.advance(5 * day);
    expect((await one.personFacts('telegram/expires')).requests[0]?.missing).toEqual(['identity', 'income']);
  });

  it('takes corrected answers only when they were asked for, and only with a new signature', async () => {
    const one = await house();
    const { reference } = await one.apply('corrects');
    const answers = { nationalId: '1000000008', fullName: 'نورة سالم', mobile: '+966500000000', family: 5 };
    const correction = { form: 'support-request', opens: 'request' as const, reference };
    await act(one, 'corrects', { ...correction, ...signed(answers, 1) });
    expect(one.heardLast()).toContain('فلم يتغيّر به شيء');
    await asksFor(one, reference, 'عدد الأسرة');
    await act(one, 'corrects', { ...correction, answers });
    expect((await one.requests.findOne({ reference }))?.declarations).toHaveLength(1);
    await act(one, 'corrects', { ...correction, ...signed(answers, 2) });
    const request = await one.requests.findOne({ reference });
    expect(request?.declarations).toHaveLength(2);
    expect(request?.events.at(-1)).toMatchObject({ type: 'answers_corrected', by: 'applicant' });
  });

  it('stays its person’s when the corrected answers have another national ID, and is flagged until they have theirs', async () => {
    const one = await house();
    const request = await one.apply('renamed');
    const { reference, beneficiary } = request;
    const correct = async (nationalId: string) => {
      await asksFor(one, reference, 'رقم الهوية');
      const answers = { nationalId, fullName: 'نورة سالم', mobile: '+966500000000', service: 'food' };
      await act(one, 'renamed', {
        form: 'support-request',
        opens: 'request',
        reference,
        ...signed(answers, one.clock.now()),
      });
      return one.read(request);
    };
    const other = { beneficiary, flags: [{ type: 'other_person' }] };
    expect(await correct(idOf('somebody'))).toMatchObject(other);
    expect(await correct(idOf('somebody'))).toMatchObject(other);
    expect(await correct(idOf('renamed'))).toMatchObject({ beneficiary, flags: [] });
  });

  it('answers who has a request that was changed outside Wasl: that it is there, and no more', async () => {
    const one = await house();
    const request = await one.apply('damaged');
    const { _id, reference, answers } = request;
    const damaged = `${answers.slice(0, -4)}${answers.endsWith('AAAA') ? 'BBBB' : 'AAAA'}`;
    await one.requests.findOneAndUpdate({ _id }, { $set: { answers: damaged } });
    expect((await one.personFacts('telegram/damaged')).requests).toMatchObject([
      { reference, status: 'submitted', missing: [], actions: [] },
    ]);
  });

  it('is withdrawn by its applicant before the committee, and by nobody from another chat', async () => {
    const one = await house();
    const { reference } = await one.apply('withdraws');
    await act(one, 'stranger', { form: 'withdraw', opens: 'withdrawal', reference, answers: {} });
    expect(await one.requests.findOne({ reference })).toMatchObject({ status: 'submitted' });
    await act(one, 'withdraws', { form: 'withdraw', opens: 'withdrawal', reference, answers: {} });
    expect(await one.requests.findOne({ reference })).toMatchObject({ status: 'withdrawn' });
    expect((await one.personFacts('telegram/withdraws')).requests[0]?.actions).toEqual(['copy']);
  });

  it('reminds of missing papers twice at most, by day, and not of what has come', async () => {
    const one = await house();
    await one.apply('forgets');
    for (let days = 0; days < 30; days += 1) {
      one.clock.advance(day);
      await one.beat();
    }
    expect(reminders(one, 'forgets')).toBe(2);
  });

  it('reminds in the morning of what is missing then: not of papers that came at night, nor of what was withdrawn', async () => {
    const one = await house();
    one.clock.advance(14 * hour);
    const sends = await one.apply('sends-late');
    const leaves = await one.apply('leaves-late');
    await one.apply('sleeps');
    one.clock.advance(3 * day);
    await one.beat();
    const papers = { papers: { files: [file('income')], later: [] } };
    await act(one, 'sends-late', { form: 'send-papers', opens: 'papers', reference: sends.reference, answers: papers });
    const leaving = { form: 'withdraw', opens: 'withdrawal', reference: leaves.reference, answers: {} } as const;
    await act(one, 'leaves-late', leaving);
    one.clock.advance(10 * hour);
    await one.beat();
    expect(['sends-late', 'leaves-late', 'sleeps'].map((chat) => reminders(one, chat))).toEqual([0, 0, 1]);
  });

  it('reminds nobody who wants no reminders', async () => {
    const one = await house();
    await one.apply('quiet');
    const turn = one.caused('quiet', { form: '', opens: 'submission', answers: {} });
    await one.perform({ ...turn, effect: { type: 'reminders_stopped' } });
    one.clock.advance(5 * day);
    await one.beat();
    expect(one.said.filter(({ conversation }) => conversation.id === 'quiet')).toHaveLength(1);
  });

  it('is about the service of the corrected answers, and waits for no paper that they do not call for', async () => {
    const one = await house();
    const { reference } = await one.apply('changes');
    await asksFor(one, reference, 'الخدمة والدخل');
    const answers = {
      nationalId: idOf('changes'),
      fullName: 'نورة سالم',
      mobile: '+966500000000',
      service: 'repairs',
      representativeName: 'هيا سالم',
      representativeMobile: '+966501234567',
      relationship: 'parent',
      documents: { files: [file('identity')], later: [] },
    };
    const correction = { form: 'support-request', opens: 'request' as const, reference };
    await act(one, 'changes', { ...correction, ...signed(answers, 1) });
    expect(await one.requests.findOne({ reference })).toMatchObject({
      status: 'verification',
      service: 'repairs',
      onBehalf: 'parent',
      papers: ['identity'],
    });
  });

  it('keeps a paper that has come when the corrected answers do not name it', async () => {
    const one = await house();
    const reference = await correctsWithPapers(one, 'keeps');
    expect(await one.requests.findOne({ reference })).toMatchObject({
      status: 'verification',
      papers: ['identity', 'income'],
    });
  });

  it('waits the whole time again when staff write down the appeal', async () => {
    const one = await house();
    const { _id, reference } = await one.apply('objects');
    await one.requests.findOneAndUpdate({ _id }, { $set: { status: 'rejected' } });
    one.clock.advance(21 * day);
    await move(one.context, reference, { to: 'appeal', reason: 'اعترض بالهاتف', by: officer });
    expect((await one.read({ _id })).answerNotBefore).toBe(one.clock.now() + 14 * day);
    await one.beat();
    const told = one.said.findLast(({ conversation }) => conversation.id === 'objects');
    expect(told?.text).toContain('٢٦ ديسمبر ٢٠٢٦');
  });

  it('reminds of a paper that was promised when another one has two files', async () => {
    const one = await house();
    const files = [file('identity'), file('identity', 'file-back')];
    await one.apply('both-sides', { answers: { documents: { files, later: ['income'] } } });
    one.clock.advance(4 * day);
    await one.beat();
    expect(reminders(one, 'both-sides')).toBe(1);
  });

  it('reminds of a paper that was sent back when all the others are there', async () => {
    const one = await house();
    const complete = { documents: { files: [file('identity')], later: [] } };
    const { reference } = await one.apply('returns', { answers: complete });
    const verdict = { verdict: 'rejected', reason: 'الصورة غير واضحة', by: officer } as const;
    await checkDocument(one.context, { reference, document: 'file-identity' }, verdict);
    one.clock.advance(4 * day);
    await one.beat();
    expect(reminders(one, 'returns')).toBe(1);
  });

  it('asks for no paper that it does not take any more', async () => {
    const one = await house();
    const { reference } = await one.apply('over');
    await move(one.context, reference, { to: 'withdrawn', by: officer });
    const verdict = { verdict: 'rejected', reason: 'الصورة غير واضحة', by: officer } as const;
    const which = { reference, document: 'file-identity' };
    expect(await checkDocument(one.context, which, verdict)).toMatchObject({ type: 'changed' });
    await one.beat();
    const told = one.said.filter(({ conversation }) => conversation.id === 'over');
    expect(told.map(({ text }) => text?.includes('الصورة غير واضحة'))).toEqual([false, false]);
  });

  it('tells at night what the person does, and in the morning what staff do', async () => {
    const one = await house();
    const own = await one.apply('night-own');
    const { reference } = await one.apply('night-staff');
    one.clock.advance(14 * hour);
    await act(one, 'night-own', { form: 'withdraw', opens: 'withdrawal', reference: own.reference, answers: {} });
    await move(one.context, reference, { to: 'withdrawn', by: officer });
    await one.beat();
    const told = () =>
      one.said.filter(({ text, conversation }) => conversation.id.startsWith('night-') && text?.includes('كما أردت'));
    expect(told().map(({ conversation }) => conversation.id)).toEqual(['night-own']);
    one.clock.advance(10 * hour);
    await one.beat();
    expect(told().map(({ conversation }) => conversation.id)).toEqual(['night-own', 'night-staff']);
  });

  it('tells the second correction, too, which papers have come', async () => {
    const one = await house();
    const reference = await correctsWithPapers(one, 'again');
    await move(one.context, reference, { to: 'needs_information', reason: 'الحاجة', by: officer });
    const [facts] = (await one.personFacts('telegram/again')).requests;
    expect(facts).toMatchObject({ missing: [], correction: { papers: ['identity', 'income'] } });
  });
});
