import { createHash } from 'node:crypto';
import { afterAll, expect, it } from 'vitest';
import { canonicalJson, sha256Hex } from '../../src/core/digest.js';
import { answersOf } from '../../src/core/sealed-answers.js';
import { png } from '../fixtures/players.js';
import { signedIn } from '../fixtures/staff.js';
import { describeOnEachStore } from '../fixtures/stores.js';
import { idOf } from '../requests/house.js';
import { openDesk, uploads } from './desk.js';

describeOnEachStore('a request that staff write down', (openStore) => {
  const closing: (() => Promise<unknown>)[] = [];
  afterAll(async () => void (await Promise.all(closing.map((close) => close()))));

  async function open(organisation?: string) {
    const desk = await openDesk(await openStore(), { organisation });
    closing.push(() => desk.staff.close());
    return desk;
  }
  type Desk = Awaited<ReturnType<typeof open>>;

  const answers = {
    consent: true,
    forWhom: 'self',
    service: 'food',
    fullName: 'عبدالله فهد الشمري',
    nationalId: '1012345672',
    birthDate: '١٣٧٠/٩/٣',
    city: 'سكاكا',
    family: 1,
    income: '٣ آلاف',
    housing: 'owned',
    hasDebt: false,
    otherHelp: 'لا',
    need: 'يحتاج إلى سلة غذائية كل شهر',
  };
  const body = { channel: 'visit', answers };
  const opens = (desk: Desk, own: object = {}) => desk.officer('/requests', { body: { ...body, ...own } });
  const events = ({ body: { events: all } }: { body: { events: { type: string; by: string }[] } }) =>
    all.map(({ type, by }) => ({ type, by }));
  const moves = (desk: Desk, reference: string, to: string) =>
    desk.officer(`/requests/${reference}/moves`, { body: { to } });

  it('is stored like any other, unsigned, with what the chat’s own steps read', async () => {
    const desk = await open();
    const opened = await opens(desk);
    expect(opened.body).toMatchObject({
      status: 'submitted',
      signature: 'pending',
      declaration: null,
      channel: 'offline',
      opened: { by: desk.officer.id, via: 'visit' },
      missing: ['identity', 'income'],
    });
    expect(events(opened)).toEqual([{ type: 'submitted', by: desk.officer.id }]);
    const record = await desk.house.requests.findOne({ reference: opened.body.reference });
    expect(answersOf(desk.house.context.seal, record!)).toMatchObject({ income: 3000, family: 1, birthDate: '1951-06-08', otherHelp: false }); // prettier-ignore
  });

  it('is one when it is sent twice under one id', async () => {
    const desk = await open();
    const id = desk.newId();
    const twice = await Promise.all([opens(desk, { id }), opens(desk, { id })]);
    expect(twice.map(({ status }) => status)).toEqual([200, 200]);
    expect(new Set(twice.map(({ body: { reference } }) => reference)).size).toBe(1);
  });

  it('names every answer that the form does not take', async () => {
    const desk = await open();
    const { city: _city, ...rest } = answers;
    const bad = { ...rest, nationalId: '1012345673', housing: 'castle', rent: 100, consent: false, rooms: 3, need: '' };
    const refused = await desk.officer('/requests', {
      body: { ...body, answers: bad },
      headers: { 'accept-language': 'ar' },
    });
    expect(refused.status).toBe(422);
    const errors: { path: string; detail: string }[] = refused.body.errors;
    expect(errors.map(({ path }) => path).toSorted()).toEqual(
      ['city', 'consent', 'housing', 'need', 'nationalId', 'rent', 'rooms'].map((ask) => `answers.${ask}`).toSorted(),
    );
    expect(errors.find(({ path }) => path === 'answers.nationalId')?.detail).toContain('خطأ صغير');
    for (const { detail } of errors) expect(detail).not.toMatch(/steps\.|\{\{/);
  });

  it('comes only by a door of the organisation, and only from who may', async () => {
    const desk = await open();
    expect((await opens(desk, { channel: 'letter' })).status).toBe(422);
    expect((await opens(desk, { beneficiary: 'nobody' })).status).toBe(404);
    expect((await opens(desk, { form: 'withdraw' })).status).toBe(404);
    const member = await signedIn(desk.staff.base, ['committee']);
    expect((await member('/requests', { body })).status).toBe(403);
  });

  it('does not reach the committee unsigned; a scan of the signed paper opens the way', async () => {
    const desk = await open();
    const { reference } = (await opens(desk, { answers: { ...answers, nationalId: idWithCheck(1) } })).body;
    const upload = (path: string, bytes: Uint8Array) =>
      uploads({ base: desk.staff.base, client: desk.officer, path: `/requests/${reference}${path}`, bytes });
    await moves(desk, reference, 'verification');
    for (const paper of ['identity', 'income']) {
      expect((await upload(`/documents?paper=${paper}&name=${paper}.png`, png)).status).toBe(200);
    }
    const early = await moves(desk, reference, 'committee');
    expect(early).toMatchObject({ status: 409 });
    expect(early.body.detail).toMatch(/لم يوقّع|has not signed/);

    const scanned = await upload('/signature?name=declaration.png', png);
    expect(scanned.body).toMatchObject({
      signature: 'scan',
      declaration: {
        scan: { sha256: createHash('sha256').update(png).digest('hex'), by: desk.officer.id },
        answersUnchanged: true,
        statementUnchanged: true,
      },
    });
    expect(events(scanned).map(({ type }) => type)).toEqual([
      'submitted',
      'moved',
      'papers_sent',
      'papers_sent',
      'signed',
    ]);
    expect((await upload('/signature', png)).body.declaration.signed).toBe(1);
    const other = Buffer.concat([png, Buffer.from('other')]);
    expect((await upload('/signature', other)).status).toBe(409);
    const file = await desk.officer(`/requests/${reference}/signature`);
    expect(file).toMatchObject({ status: 200 });
    expect(file.headers.get('content-disposition')).toContain('declaration.png');
    expect((await moves(desk, reference, 'committee')).body.status).toBe('committee');
  });

  it('takes no scan that is empty, too large, no picture, or of an unknown request', async () => {
    const desk = await open();
    const { reference } = (await opens(desk, { answers: { ...answers, nationalId: idWithCheck(2) } })).body;
    const upload = (path: string, bytes: Uint8Array) =>
      uploads({ base: desk.staff.base, client: desk.officer, path: `/requests/${path}`, bytes });
    const tries = await Promise.all([
      upload(`${reference}/signature`, Buffer.alloc(0)),
      upload(`${reference}/signature`, Buffer.concat([png, Buffer.alloc(5000)])),
      upload(`${reference}/signature`, Buffer.from('MZ this is a program')),
      upload('ASB-0000-0/signature', png),
      upload(`${reference}/documents?paper=nothing`, png),
    ]);
    expect(tries.map(({ status }) => status)).toEqual([422, 413, 415, 404, 404]);
    expect((await desk.officer(`/requests/${reference}`)).body.signature).toBe('pending');
    expect((await desk.officer(`/requests/${reference}/signature`)).status).toBe(404);
  });

  it('is signed by the person in the chat that is theirs, with what they corrected, and is then like any other', async () => {
    const desk = await open();
    const { house } = desk;
    const { beneficiary } = await house.apply('known', { answers: { nationalId: idWithCheck(3) } });
    house.clock.advance(1000);
    const opened = await opens(desk, {
      beneficiary,
      channel: 'phone',
      answers: without(answers, 'fullName', 'nationalId'),
    });
    const { reference } = opened.body;
    await house.beat();
    const told = house.said.findLast(({ conversation }) => conversation.id === 'known');
    expect(told?.text).toContain('اقرأ ووقّع');
    expect(told?.suggestedActions?.actions.map(({ value }) => value)).toEqual([
      `start:support-request:${reference}`,
      `start:dispute:${reference}`,
    ]);
    const facts = (await house.personFacts('telegram/known')).requests.find((one) => one.reference === reference);
    expect(facts?.actions.slice(0, 2)).toEqual(['sign', 'papers']);
    expect(facts?.correction?.answers).toMatchObject({ need: answers.need });

    const corrected = { ...facts?.correction?.answers, family: 2 };
    const statement = 'أقر بأن ما كتبته صحيح.';
    const signature = { statement, statementVersion: 2, statementHash: sha256Hex(statement), answersHash: sha256Hex(canonicalJson(corrected)), name: 'عبدالله فهد', at: 1, messageId: 'm' }; // prettier-ignore
    const turn = house.caused('known', { form: 'support-request', opens: 'request', reference, answers: corrected, signature }); // prettier-ignore
    await house.perform(turn);
    await house.perform(turn);
    await house.beat();
    expect(house.heardLast()).toContain('وصل توقيعك');
    const signed = await desk.officer(`/requests/${reference}`);
    expect(signed.body).toMatchObject({ signature: 'chat', declaration: { scan: null, signed: 1 } });
    expect(events(signed)).toMatchObject([{ type: 'submitted', by: desk.officer.id }, { type: 'flagged' }, { type: 'signed', by: 'applicant' }]); // prettier-ignore
    const after = (await house.personFacts('telegram/known')).requests.find((one) => one.reference === reference);
    expect(after?.actions).not.toContain('sign');
  });

  it('waits for whoever has no chat yet: linked by their own number they are asked to sign', async () => {
    const desk = await open();
    const { house } = desk;
    const own = { ...answers, nationalId: idWithCheck(4), mobile: '0507777777' };
    const { reference } = (await opens(desk, { answers: own })).body;
    const { effect: _effect, ...turn } = house.caused('new-phone', { form: '', opens: 'submission', answers: {} });
    await house.perform({ ...turn, effect: { type: 'contact_shared', phone: '+966507777777', locale: 'ar' } });
    await house.beat();
    expect(house.heardLast()).toContain('ينتظر توقيعك');
    expect((await house.personFacts('telegram/new-phone')).requests).toMatchObject([{ reference }]);
  });

  it('asks staff to call who has no chat, whenever there is news', async () => {
    const desk = await open();
    const { reference } = (await opens(desk, { answers: { ...answers, nationalId: idWithCheck(5) } })).body;
    await desk.house.beat();
    const calls = async () => (await desk.calls.tasks.find({ status: 'open', at: { $gt: 0 } })).filter(({ kind }) => kind === 'call'); // prettier-ignore
    const before = (await calls()).length;
    await moves(desk, reference, 'verification');
    await desk.house.beat();
    await desk.house.beat();
    const after = await calls();
    expect(after).toHaveLength(before + 1);
    expect(after.at(-1)?.conversation).toMatch(/^offline\//);
  });

  it('is told to a chat that may say it never asked, and shows so to staff in the list', async () => {
    const desk = await open();
    const { house } = desk;
    const { beneficiary } = await house.apply('surprised', { answers: { nationalId: idWithCheck(6) } });
    const given = without(answers, 'fullName', 'nationalId');
    const { reference } = (await opens(desk, { beneficiary, answers: { ...given, service: 'medical-care' } })).body;
    await house.perform(
      house.caused('surprised', { form: 'dispute', opens: 'dispute', reference, answers: { sure: true } }),
    );
    const found = await desk.officer(`/requests?q=${reference}`);
    expect(found.body.items).toMatchObject([{ reference, flags: [{ type: 'disputed' }] }]);
  });

  it('knows whom staff wrote down also before there is a request: their own number links their chat', async () => {
    const desk = await open();
    const { house } = desk;
    const person = { nationalId: idWithCheck(9), name: 'منيرة علي', mobile: '0508888888' };
    const { body: visit } = await desk.officer('/encounters', { body: { kind: 'visit', person, text: 'زيارة' } });
    const { effect: _effect, ...turn } = house.caused('munira', { form: '', opens: 'submission', answers: {} });
    const shares = { ...turn, effect: { type: 'contact_shared', phone: '+966508888888', locale: 'ar' } } as const;
    await house.perform(shares);
    await house.perform(shares);
    await house.beat();
    expect(house.said.filter(({ conversation }) => conversation.id === 'munira').map(({ text }) => text?.slice(0, 8))).toEqual(['تم الربط']); // prettier-ignore
    expect((await house.contacts.of('telegram/munira'))?.beneficiary).toBe(visit.beneficiary);
    // What they apply for there is theirs from the start.
    const { reference } = await house.apply('munira', { answers: { nationalId: idWithCheck(9) } });
    expect((await desk.officer(`/requests/${reference}`)).body).toMatchObject({
      beneficiary: visit.beneficiary,
      flags: [],
    });
  });

  it('lets an officer who knows the person link the chat in which they applied, and no other', async () => {
    const desk = await open();
    const { house } = desk;
    const visit = { kind: 'visit', person: { nationalId: idWithCheck(7), name: 'سارة محمد' }, text: 'زيارة' };
    const { beneficiary } = (await desk.officer('/encounters', { body: visit })).body;
    const { reference } = await house.apply('visited-first', { answers: { nationalId: idWithCheck(7) } });
    await house.apply('another', { answers: { nationalId: idWithCheck(8) } });
    const flags = (await desk.officer(`/requests/${reference}`)).body.flags;
    expect(flags).toMatchObject([{ type: 'foreign_chat' }]);
    const link = (conversation: string) =>
      desk.officer(`/beneficiaries/${beneficiary}/link`, { body: { conversation, reason: 'رأيت هويتها' } });
    expect((await link('telegram/another')).status).toBe(404);
    expect((await link('telegram/visited-first')).status).toBe(204);
    expect((await link('telegram/visited-first')).status).toBe(204);
    const { body: person } = await desk.officer(`/beneficiaries/${beneficiary}`);
    expect(person.chats).toMatchObject([{ conversation: 'telegram/visited-first', proof: 'staff' }]);
    const listed = (await desk.officer('/beneficiaries?limit=200')).body.items;
    expect(listed).toContainEqual(expect.objectContaining({ id: beneficiary, channels: ['telegram'] }));
  });

  it('lets an officer unlink a chat, with a reason that is audited', async () => {
    const desk = await open();
    const { beneficiary } = await desk.house.apply('sold', { answers: { nationalId: idOf('sold') } });
    const unlink = (conversation: string, reason: string) =>
      desk.officer(`/beneficiaries/${beneficiary}/unlink`, { body: { conversation, reason } });
    expect((await desk.officer(`/beneficiaries/${beneficiary}`)).body.chats).toMatchObject([
      { conversation: 'telegram/sold', channel: 'telegram', proof: 'applied' },
    ]);
    expect((await unlink('telegram/sold', '')).status).toBe(400);
    expect((await unlink('telegram/other', 'باع جواله')).status).toBe(404);
    expect((await unlink('telegram/sold', 'باع جواله')).status).toBe(204);
    expect((await unlink('telegram/sold', 'باع جواله')).status).toBe(404);
    expect((await desk.officer(`/beneficiaries/${beneficiary}`)).body.chats).toEqual([]);
    const admin = await signedIn(desk.staff.base, ['admin']);
    expect((await admin(`/audit?about=${beneficiary}`)).body.items).toContainEqual(
      expect.objectContaining({ action: 'chat_unlinked', by: desk.officer.id, reason: 'باع جواله', outcome: 'done' }),
    );
  });
});

const without = (answers: object, ...asks: string[]) =>
  Object.fromEntries(Object.entries(answers).filter(([ask]) => !asks.includes(ask)));

/** A national ID that was never given out, with the digit that checks the others. */
function idWithCheck(number: number): string {
  const digits = `10000${String(number).padStart(4, '0')}`;
  const sum = Array.from(digits)
    .map((digit, place) => Number(digit) * (place % 2 === 0 ? 2 : 1))
    .reduce((total, value) => total + (value > 9 ? value - 9 : value), 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}
