import { afterAll, expect, it } from 'vitest';
import { committeeCalls } from '../../src/staff/committee/calls.js';
import { committeeMembers } from '../../src/staff/committee/members.js';
import type { AccountRecord } from '../../src/staff/account.js';
import type { AuditRecord } from '../../src/staff/audit.js';
import { admin, signedIn, signIn, startStaff, type StaffClient } from '../fixtures/staff.js';
import { describeOnEachStore } from '../fixtures/stores.js';
import { createCommittee } from '../requests/committee.js';
import { day } from '../requests/house.js';

describeOnEachStore('the staff API of the committee', (openStore) => {
  const closing: (() => Promise<unknown>)[] = [];
  afterAll(async () => void (await Promise.all(closing.map((close) => close()))));

  async function open() {
    const { store } = await openStore();
    const one = createCommittee(store);
    const context = { ...one.context, ...committeeMembers(store.collection<AccountRecord>('accounts')) };
    const staff = await startStaff(store, { calls: committeeCalls(context) });
    closing.push(() => staff.close());
    const huda = await signedIn(staff.base, ['committee']);
    const salem = await signedIn(staff.base, ['committee']);
    const officer = await signedIn(staff.base, ['officer']);
    const convene = (requests: readonly string[], by: StaffClient = officer) =>
      by('/sittings', { body: { date: '2026-11-22', members: [huda.id, salem.id], requests } });
    return { ...one, store, staff, huda, salem, officer, convene };
  }

  const accept = (reference: string) => ({ reference, decision: 'accept', reason: 'دخل الأسرة دون حد الكفاية' });

  it('goes from the agenda to the outcome that waits for its day', async () => {
    const { submitted, convene, huda, salem, officer, request, clock, beat } = await open();
    const reference = await submitted('api-way');
    const made = await convene([reference]);
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ date: '2026-11-22', status: 'open', requests: [reference], decisions: [] });
    expect(made.body.members).toMatchObject([{ account: huda.id, name: expect.stringContaining('موظف'), present: true }, {}]);
    const path = `/sittings/${made.body.id}`;
    expect((await officer('/sittings')).body).toMatchObject({ items: expect.arrayContaining([expect.objectContaining({ id: made.body.id })]) });
    expect((await huda(`${path}/close`, { body: {} })).body).toMatchObject({ status: 409, requests: [reference] });
    expect((await huda(`${path}/decisions`, { body: accept(reference) })).body.decisions).toMatchObject([{ ...accept(reference), by: huda.id }]);
    expect((await huda(`${path}/release`, { body: {} })).status).toBe(409);
    expect((await huda(`${path}/close`, { body: {} })).body).toMatchObject({ status: 'closed', closedBy: huda.id });
    const own = await huda(`${path}/release`, { body: {}, headers: { 'accept-language': 'en' } });
    expect(own.status).toBe(403);
    expect(own.body.detail).toBe('You closed this sitting, so somebody else must release its decisions.');
    expect((await huda(`${path}/decisions`, { body: accept(reference) })).status).toBe(409);
    expect((await salem(`${path}/release`, { body: {} })).body).toMatchObject({ status: 'released', releasedBy: salem.id });
    expect((await salem(`${path}/release`, { body: {} })).status).toBe(409);
    expect(await request(reference)).toMatchObject({ status: 'committee', pending: { decision: 'accept' } });
    clock.advance(14 * day);
    await beat();
    expect(await request(reference)).toMatchObject({ status: 'accepted', decidedBy: [huda.id] });
  }); // prettier-ignore

  it('refuses what does not fit, all at once, in sentences', async () => {
    const { convene, officer, huda } = await open();
    const body = { date: '2026-11-22', members: [huda.id, officer.id], requests: ['ASB-0000-1'] };
    const refused = await officer('/sittings', { body });
    expect(refused.status).toBe(422);
    expect(refused.body.errors).toEqual([
      { path: 'members', problem: 'not_a_member', value: officer.id, detail: expect.stringContaining('اللجنة') },
      { path: 'requests', problem: 'unknown_reference', value: 'ASB-0000-1', detail: expect.stringContaining('ASB-0000-1') },
    ]);
    expect((await convene(['ASB-0000-1'])).status).toBe(422);
    expect((await officer('/sittings', { body: { ...body, date: '2026-02-30' } })).status).toBe(400);
    expect((await officer('/sittings/nothing')).status).toBe(404);
    expect((await huda('/sittings/nothing/close', { body: {} })).status).toBe(404);
  }); // prettier-ignore

  it('lets each role do its own part only', async () => {
    const { submitted, convene, officer, staff, huda } = await open();
    const reference = await submitted('api-roles');
    const path = `/sittings/${(await convene([reference])).body.id}`;
    const boss = await signIn(staff.base, admin);
    const researcher = await signedIn(staff.base, ['researcher']);
    expect((await researcher(path)).status).toBe(200);
    expect((await convene([reference], researcher)).status).toBe(403);
    for (const who of [officer, researcher]) {
      expect((await who(`${path}/close`, { body: {} })).status).toBe(403);
      expect((await who(`${path}/release`, { body: {} })).status).toBe(403);
      expect((await who(path, { method: 'PATCH', body: {} })).status).toBe(403);
    }
    for (const who of [officer, researcher, boss]) {
      expect((await who(`${path}/decisions`, { body: accept(reference) })).status).toBe(403);
      expect((await who(`${path}/import`, { body: 'reference,decision,reason' })).status).toBe(403);
    }
    expect((await huda(`/requests/${reference}/override`, { body: { reason: 'إخلاء عاجل' } })).status).toBe(403);
  });

  it('writes down who is present and who has no say', async () => {
    const { submitted, convene, huda, salem } = await open();
    const reference = await submitted('api-recused');
    const path = `/sittings/${(await convene([reference])).body.id}`;
    const recusals = [{ reference, account: huda.id, reason: 'صلة قرابة' }];
    const amended = await salem(path, { method: 'PATCH', body: { recusals } });
    expect(amended.body.recusals).toEqual(recusals);
    expect((await huda(`${path}/decisions`, { body: accept(reference) })).status).toBe(403);
    const members = [huda, salem].map(({ id }) => ({ account: id, present: id === salem.id }));
    await salem(path, { method: 'PATCH', body: { members } });
    expect((await salem(`${path}/decisions`, { body: { ...accept(reference), reason: '؟' } })).status).toBe(422);
    expect((await salem(`${path}/decisions`, { body: accept(reference) })).status).toBe(200);
    expect((await salem(`${path}/close`, { body: {} })).body.detail).toContain('عضوين');
    const stray = [{ reference: 'ASB-0000-1', account: huda.id, reason: 'صلة قرابة' }];
    expect((await salem(path, { method: 'PATCH', body: { recusals: stray } })).status).toBe(422);
  });

  it('takes decisions from a file, after a dry run that lists every problem', async () => {
    const { submitted, convene, huda } = await open();
    const [first, second] = [await submitted('api-csv-1'), await submitted('api-csv-2')];
    const path = `/sittings/${(await convene([first, second])).body.id}`;
    const wrong = `رقم الطلب,القرار,السبب\n${first},ربما,=cmd\nASB-0000-0,قبول,مستحق`;
    const dry = await huda(`${path}/import?dryRun=true`, { body: wrong, headers: { 'accept-language': 'en' } });
    expect(dry.status).toBe(200);
    expect(dry.body).toEqual({
      dryRun: true,
      rows: 2,
      decisions: [],
      problems: [
        { row: 2, column: 'reason', problem: 'formula', value: '=cmd', detail: expect.stringContaining('formula') },
        { row: 2, column: 'decision', problem: 'decision_unknown', value: 'ربما', detail: expect.any(String) },
        { row: 3, column: 'reference', problem: 'reference_unknown', value: 'ASB-0000-0', detail: expect.any(String) },
      ],
    });
    const real = await huda(`${path}/import`, { body: wrong });
    expect(real.status).toBe(422);
    expect(real.body.problems).toHaveLength(3);
    expect((await huda(path)).body.decisions).toEqual([]);
    const good = `reference,decision,reason\n${first},accept,مستحق\n${second},defer,تنقصه زيارة`;
    expect((await huda(`${path}/import?dryRun=true`, { body: good })).body).toMatchObject({ rows: 2, problems: [] });
    expect((await huda(path)).body.decisions).toEqual([]);
    expect((await huda(`${path}/import`, { body: good })).body).toMatchObject({ dryRun: false, rows: 2 });
    expect((await huda(path)).body.decisions).toHaveLength(2);
  });

  it('reads what Arabic Excel saves, up to a megabyte', async () => {
    const { submitted, convene, huda, staff } = await open();
    const reference = await submitted('api-1256');
    const path = `/sittings/${(await convene([reference])).body.id}`;
    const send = (body: Uint8Array<ArrayBuffer>) =>
      fetch(`${staff.base}/api/staff${path}/import?dryRun=true`, {
        method: 'POST',
        headers: { 'content-type': 'text/csv', cookie: huda.cookie },
        body,
      });
    // "قبول" and "السبب" as Windows-1256 writes them.
    const excel = Buffer.concat([
      Buffer.from(`reference;decision;`),
      Buffer.from([0xc7, 0xe1, 0xd3, 0xc8, 0xc8]),
      Buffer.from(`\r\n${reference};`),
      Buffer.from([0xde, 0xc8, 0xe6, 0xe1]),
      Buffer.from(`;`),
      Buffer.from([0xe3, 0xd3, 0xca, 0xcd, 0xde]),
    ]);
    expect(await (await send(Uint8Array.from(excel))).json()).toMatchObject({
      rows: 1,
      decisions: [{ reference, decision: 'accept', reason: 'مستحق' }],
      problems: [],
    });
    const head = 'reference,decision,reason\n';
    const large = await send(new TextEncoder().encode(head + `${reference},accept,why\n`.repeat(30_000)));
    expect(await large.json()).toMatchObject({ problems: [{ problem: 'too_many_rows' }] });
    expect((await send(new Uint8Array(2 * 1024 * 1024))).status).toBe(413);
  });

  it('gives the minutes as a file and as a page', async () => {
    const { submitted, convene, huda, officer } = await open();
    const reference = await submitted('api-minutes');
    const made = await convene([reference]);
    const path = `/sittings/${made.body.id}`;
    await huda(`${path}/decisions`, { body: { ...accept(reference), reason: '=1+1' } });
    const csv = await officer(`${path}/minutes.csv`);
    expect(csv.headers.get('content-type')).toContain('text/csv');
    expect(csv.headers.get('content-disposition')).toContain(`minutes-${made.body.number}.csv`);
    expect(csv.body).toContain(`'=1+1`);
    const page = await officer(`${path}/minutes?locale=en`);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(page.headers.get('content-security-policy')).toContain('sha256-');
    expect(page.headers.get('content-language')).toBe('en');
    expect(page.body).toContain(reference);
    expect((await officer('/sittings/nothing/minutes')).status).toBe(404);
    expect((await officer('/sittings/nothing/minutes.csv')).status).toBe(404);
  });

  it('lets an administrator tell an outcome before its day, and audits who and why', async () => {
    const { submitted, convene, huda, salem, staff, request, beat, store } = await open();
    const boss = await signIn(staff.base, admin);
    const reference = await submitted('api-urgent');
    const path = `/sittings/${(await convene([reference])).body.id}`;
    const reason = 'إخلاء عاجل من السكن قبل نهاية الأسبوع';
    const override = (why: string) => boss(`/requests/${reference}/override`, { body: { reason: why } });
    expect((await override(reason)).status).toBe(409);
    await huda(`${path}/decisions`, { body: accept(reference) });
    await huda(`${path}/close`, { body: {} });
    await salem(`${path}/release`, { body: {} });
    expect((await override('عاجل')).status).toBe(422);
    expect((await override(reason)).body).toMatchObject({ reference, outcome: 'accept' });
    expect((await boss('/requests/ASB-0000-0/override', { body: { reason } })).status).toBe(404);
    await beat();
    expect(await request(reference)).toMatchObject({ status: 'accepted' });
    const audit = await store.collection<AuditRecord>('audit').find({ about: reference, at: { $gt: 0 } });
    expect(audit.find(({ action, outcome }) => action === 'minimum_overridden' && outcome === 'done')).toMatchObject({
      by: boss.id,
      reason,
    });
  });
});
