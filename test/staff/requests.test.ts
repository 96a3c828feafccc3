import { Readable } from 'node:stream';
import { afterAll, expect, it } from 'vitest';
import { localDigits } from '../../src/language/digits.js';
import { createVerifyRoute } from '../../src/requests/verify-route.js';
import { messageId } from '../../src/mailbox/record.js';
import { silentLog } from '../../src/core/log.js';
import type { RequestCallsContext } from '../../src/staff/requests/context.js';
import { createServer } from '../../src/web/server.js';
import { signedIn, stranger } from '../fixtures/staff.js';
import { describeOnEachStore } from '../fixtures/stores.js';
import { idOf } from '../requests/house.js';
import { openDesk } from './desk.js';

describeOnEachStore('the staff API of requests', (openStore) => {
  const closing: (() => Promise<unknown>)[] = [];
  afterAll(async () => void (await Promise.all(closing.map((close) => close()))));

  async function open() {
    const opened = await openStore();
    const files: RequestCallsContext['files'] = {
      save: () => Promise.reject(new Error('nothing is uploaded here')),
      open: async (id) => ({
        file: { id, name: 'هوية.png', contentType: 'image/png', size: 3 },
        content: Readable.from([Buffer.from('abc')]),
      }),
    };
    const desk = await openDesk(opened, { files });
    closing.push(() => desk.staff.close());
    return { ...desk, store: opened.store };
  }

  it('lists requests by status, and finds one by reference, ID or mobile, however they are typed', async () => {
    const { house, officer } = await open();
    const { reference } = await house.apply('listed');
    const listed = await officer('/requests?status=submitted');
    expect(listed.body.items.map((item: { reference: string }) => item.reference)).toContain(reference);
    for (const q of [reference.toLowerCase(), reference.slice(4), localDigits(idOf('listed'), 'ar'), '0500000000']) {
      const found = await officer(`/requests?q=${encodeURIComponent(q)}`);
      expect(found.body.items.map((item: { reference: string }) => item.reference)).toContain(reference);
    }
    expect((await officer('/requests?q=nobody')).body).toEqual({ items: [], total: 0, next: null });
    expect((await officer('/requests?status=lost')).status).toBe(400);
  });

  it('lists the others, and says which one was changed outside of it', async () => {
    const { house, officer, calls } = await open();
    const whole = await house.apply('whole');
    const { _id, reference, answers } = await house.apply('changed');
    const changed = `${answers.slice(0, -4)}${answers.endsWith('AAAA') ? 'BBBB' : 'AAAA'}`;
    await calls.context.requests.findOneAndUpdate({ _id }, { $set: { answers: changed } });
    const { status, body } = await officer('/requests');
    expect(status).toBe(200);
    const signatureOf = (wanted: string) =>
      body.items.find((item: { reference: string }) => item.reference === wanted)?.signature;
    expect([signatureOf(whole.reference), signatureOf(reference)]).toEqual(['chat', 'unreadable']);
  });

  it('takes no residence number for a mobile that ends like it', async () => {
    const { house, officer } = await open();
    const { reference } = await house.apply('resident', { answers: { nationalId: '2512345678' } });
    await house.apply('neighbour', { answers: { mobile: '+966512345678' } });
    const found = await officer('/requests?q=2512345678');
    expect(found.body.items).toMatchObject([{ reference }]);
  });

  it('shows one request whole, with what is sensitive masked', async () => {
    const { house, officer } = await open();
    const { reference } = await house.apply('shown');
    const { status, body } = await officer(`/requests/${reference}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      reference,
      status: 'submitted',
      moves: ['verification', 'withdrawn'],
      missing: ['income'],
    });
    expect(body.declaration).toMatchObject({ answersUnchanged: true, statementUnchanged: true, signed: 1 });
    expect(body.events).toMatchObject([{ type: 'submitted', by: 'applicant' }]);
    expect(JSON.stringify(body.answers)).not.toContain(idOf('shown'));
    expect(JSON.stringify(body.answers)).not.toContain('العنزي');
    expect((await officer('/requests/ASB-0000-0')).status).toBe(404);
  });

  it('shows no code for the status, neither while it waits to be told nor after', async () => {
    const { house, officer, calls } = await open();
    const { reference } = await house.apply('owner');
    const asked = house.caused('other', { form: 'ask-status', opens: 'status', answers: { reference } });
    await house.perform(asked);
    const told = async (): Promise<object[]> => (await officer(`/requests/${reference}`)).body.told;
    const shown = await told();
    const record = await calls.context.requests.findOne({ reference });
    const code = record?.notices.find(
      ({ activity }) => activity.type === 'message' && /[0-9٠-٩]{6}/.test(activity.text ?? ''),
    );
    if (!record || !code) throw new Error('no code waits');
    const conversation = record.conversation;
    const _id = messageId(conversation, code.id);
    await calls.messages.insert({ _id, conversation, sequence: 1, at: house.clock.now(), activity: code.activity });
    expect(await told()).toEqual(shown);
    expect(JSON.stringify(shown)).not.toMatch(/"[^"]*[0-9٠-٩]{6}[^"]*"/);
  });

  it('moves a request, and answers 409 with what is possible instead', async () => {
    const { house, officer } = await open();
    const { reference } = await house.apply('moved');
    const refused = await officer(`/requests/${reference}/moves`, { method: 'POST', body: { to: 'delivered' } });
    expect(refused).toMatchObject({
      status: 409,
      body: { possible: ['verification', 'withdrawn'], from: 'submitted' },
    });
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    const moved = await officer(`/requests/${reference}/moves`, { method: 'POST', body: { to: 'verification' } });
    expect(moved).toMatchObject({ status: 200, body: { status: 'verification' } });
    const silent = await officer(`/requests/${reference}/moves`, { method: 'POST', body: { to: 'needs_information' } });
    expect(silent.status).toBe(422);
    const early = await officer(`/requests/${reference}/moves`, { method: 'POST', body: { to: 'committee' } });
    expect(early).toMatchObject({ status: 409, body: { papers: ['income'] } });
  });

  it('lets one of two officers win', async () => {
    const { house, officer } = await open();
    const { reference } = await house.apply('raced');
    const body = { to: 'verification' };
    const moves = await Promise.all(
      [1, 2].map(() => officer(`/requests/${reference}/moves`, { method: 'POST', body })),
    );
    expect(new Set(moves.map(({ status }) => status))).toEqual(new Set([200, 409]));
  });

  it('checks papers, and gives out their files as downloads', async () => {
    const { house, officer } = await open();
    const { reference } = await house.apply('checked');
    const at = `/requests/${reference}/documents/file-identity`;
    const body = { verdict: 'accepted', expires: '2030-01-01' };
    const checked = await officer(`${at}/check`, { method: 'POST', body });
    expect(checked.body.documents[0].check).toMatchObject(body);
    expect((await officer(`${at}/check`, { method: 'POST', body: { verdict: 'rejected' } })).status).toBe(422);
    const file = await officer(at);
    expect(file).toMatchObject({ status: 200, body: 'abc' });
    expect(file.headers.get('content-disposition')).toContain('attachment');
    expect((await officer(`/requests/${reference}/documents/nothing`)).status).toBe(404);
  });

  it('reveals a field to who says why, and writes down who looked', async () => {
    const { house, officer, staff } = await open();
    const { beneficiary } = await house.apply('revealed');
    const person = await officer(`/beneficiaries/${beneficiary}`);
    expect(person.body).toMatchObject({ nationalId: `••••${idOf('revealed').slice(-4)}`, requests: expect.any(Array) });
    const at = `/beneficiaries/${beneficiary}/reveal`;
    expect((await officer(at, { method: 'POST', body: { field: 'nationalId' } })).status).toBe(400);
    const revealed = await officer(at, { method: 'POST', body: { field: 'nationalId', reason: 'مطابقة الهوية' } });
    expect(revealed.body).toEqual({ field: 'nationalId', value: idOf('revealed') });
    const admin = await signedIn(staff.base, ['admin']);
    const audit = await admin(`/audit?about=${beneficiary}`);
    expect(audit.body.items).toContainEqual(
      expect.objectContaining({ action: 'field_revealed', by: officer.id, reason: 'nationalId: مطابقة الهوية' }),
    );
    expect(staff.lines.join('\n')).not.toContain(idOf('revealed'));
  });

  it('reveals a masked answer to the committee as well, one at a time', async () => {
    const { house, staff } = await open();
    const { reference } = await house.apply('answered');
    const member = await signedIn(staff.base, ['committee']);
    const at = `/requests/${reference}/reveal`;
    const revealed = await member(at, { method: 'POST', body: { ask: 'nationalId', reason: 'دراسة الطلب' } });
    expect(revealed.body).toEqual({ ask: 'nationalId', value: idOf('answered') });
    for (const ask of ['nothing', '__proto__', 'constructor']) {
      expect((await member(at, { method: 'POST', body: { ask, reason: 'دراسة الطلب' } })).status).toBe(404);
    }
    const admin = await signedIn(staff.base, ['admin']);
    expect((await admin(`/audit?about=${reference}`)).body.items).toContainEqual(
      expect.objectContaining({ action: 'answer_revealed', by: member.id, reason: 'nationalId: دراسة الطلب' }),
    );
  });

  it('keeps out strangers, and roles that may not', async () => {
    const { house, staff } = await open();
    const { reference } = await house.apply('guarded');
    expect((await stranger(staff.base)('/requests')).status).toBe(401);
    const committee = await signedIn(staff.base, ['committee']);
    const body = { to: 'verification' };
    expect((await committee(`/requests/${reference}/moves`, { method: 'POST', body })).status).toBe(403);
    expect((await committee('/beneficiaries')).status).toBe(403);
  });

  it('verifies a declaration for who has its reference and code, and for nobody else', async () => {
    const { house, officer } = await open();
    const { reference } = await house.apply('verified');
    const { code } = (await officer(`/requests/${reference}`)).body.declaration;
    const routes = [createVerifyRoute(house.context)];
    const web = await createServer({ routes, log: silentLog, bodyLimitBytes: 1000 }).listen(0, '127.0.0.1');
    closing.push(() => web.close());
    const check = (path: string, accept = 'application/json') =>
      fetch(`http://127.0.0.1:${web.port}/declarations/${path}`, { headers: { accept } });
    expect(await (await check(`${reference}/${code}`)).json()).toMatchObject({ reference, unchanged: true });
    expect(await (await check(`${reference}/${code}`, 'text/html')).text()).toContain('هذا الإقرار صحيح');
    const refusals = await Promise.all([check(`${reference}/AAAAAAAAAA`), check(`ASB-0000-0/${code}`), check('%FF/x')]);
    expect(refusals.map(({ status }) => status)).toEqual([404, 404, 400]);
    const inOtherLetters = await Promise.all([check(`${reference}/${'é'.repeat(10)}`), check(`ASB-0000-0/${'é'.repeat(10)}`)]); // prettier-ignore
    expect(inOtherLetters.map(({ status }) => status)).toEqual([404, 404]);
    for (let tries = 0; tries < 30; tries += 1) await check(`${reference}/AAAAAAAAAA`);
    expect((await check(`${reference}/${code}`)).status).toBe(429);
  });
});
