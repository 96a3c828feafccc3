import { afterAll, expect, it } from 'vitest';
import type { AuditRecord } from '../../src/staff/audit.js';
import { appointmentCalls } from '../../src/staff/appointments/calls.js';
import { at, createOffice } from '../appointments/office.js';
import { assetsOf } from '../fixtures/assets.js';
import { signedIn, startStaff, stranger } from '../fixtures/staff.js';
import { describeOnEachStore } from '../fixtures/stores.js';

describeOnEachStore('the staff API of appointments', (openStore) => {
  const closing: (() => Promise<unknown>)[] = [];
  afterAll(async () => void (await Promise.all(closing.map((close) => close()))));

  async function open() {
    const { store } = await openStore();
    const office = createOffice(store);
    const calls = appointmentCalls({ context: office.appointments, assets: assetsOf() });
    const staff = await startStaff(store, { calls });
    closing.push(() => staff.close());
    return { office, staff, store, officer: await signedIn(staff.base, ['officer']) };
  }

  interface Listed {
    id: string;
    start: string;
    status: string;
    answers: { ask: string; value: string }[];
  }

  it('lists them from a day on, the earliest first, with who comes masked; refusals are not among them', async () => {
    const { office, officer } = await open();
    await office.books('second', at('24T09:00'));
    const first = (await office.books('first', at('22T09:00')))!;
    await office.books('refused', at('22T09:00'));
    const { body } = await officer('/appointments');
    expect(body.total).toBe(2);
    expect(body.items.map(({ start }: Listed) => start)).toEqual([
      '2026-11-22T06:00:00.000Z',
      '2026-11-24T06:00:00.000Z',
    ]);
    expect(body.items[0]).toMatchObject({
      id: first._id,
      status: 'booked',
      channel: 'telegram',
      conversation: 'telegram/first',
    });
    expect(JSON.stringify(body)).not.toMatch(/نورة|0500000000|966500000000/);
    expect(body.items[0].answers.map(({ ask }: Listed['answers'][0]) => ask)).toEqual(['fullName', 'mobile', 'about']);
    expect((await officer('/appointments?from=2026-11-23')).body.total).toBe(1);
    expect((await officer('/appointments?from=2026-11-21&status=came')).body.total).toBe(0);
    expect((await officer('/appointments?from=tomorrow')).status).toBe(400);
  });

  it('reveals one answer, with a reason that is audited', async () => {
    const { office, officer, store } = await open();
    const { _id } = (await office.books('revealed', at('24T10:00')))!;
    const asked = { ask: 'fullName', reason: 'لاستقباله عند الباب' };
    expect((await officer(`/appointments/${_id}/reveal`, { body: asked })).body).toEqual({
      ask: 'fullName',
      value: 'نورة سالم العنزي',
    });
    const entries = await store.collection<AuditRecord>('audit').find({ about: _id, at: { $gt: 0 } });
    expect(entries).toMatchObject([
      { action: 'appointment_revealed', by: officer.id, reason: `fullName: ${asked.reason}` },
    ]);
  });

  it('calls one off with a reason that the person reads; the time is free again, and a second try is told', async () => {
    const { office, officer } = await open();
    const { _id } = (await office.books('called-off', at('24T10:30')))!;
    expect((await officer(`/appointments/${_id}/cancel`, { body: {} })).status).toBe(400);
    const cancelled = await officer(`/appointments/${_id}/cancel`, { body: { reason: 'الباحث في إجازة' } });
    expect(cancelled.body).toMatchObject({ id: _id, status: 'cancelled' });
    await office.beat();
    expect(office.heardBy('called-off')).toContain('السبب: الباحث في إجازة');
    expect(await office.free()).toContain(at('24T10:30'));
    const again = await officer(`/appointments/${_id}/cancel`, { body: { reason: 'الباحث في إجازة' } });
    expect(again.status).toBe(409);
    expect(again.body.detail).toBe('هذا الموعد ليس قائمًا الآن: أُلغي أو انتهى.');
    expect(office.said.filter(({ conversation }) => conversation.id === 'called-off')).toHaveLength(2);
  });

  it('of two who call it off at once one is told that it is over', async () => {
    const { office, officer, staff } = await open();
    const other = await signedIn(staff.base, ['researcher']);
    const { _id } = (await office.books('twice', at('24T11:00')))!;
    const body = { reason: 'ظرف طارئ' };
    const answers = await Promise.all([officer, other].map((who) => who(`/appointments/${_id}/cancel`, { body })));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
  });

  it('writes down who came, not before the time; then another one may be booked', async () => {
    const { office, officer } = await open();
    const came = (await office.books('came', at('29T09:00')))!;
    const missed = (await office.books('missed', at('29T09:30')))!;
    expect((await officer(`/appointments/${came._id}/done`, { body: { came: true } })).status).toBe(409);
    office.clock.advance(at('29T09:45') - office.clock.now());
    const done = (id: string, body: object) => officer(`/appointments/${id}/done`, { body });
    expect((await done(came._id, { came: true })).body).toMatchObject({ status: 'came' });
    expect((await done(missed._id, { came: false })).body).toMatchObject({ status: 'missed' });
    expect((await done(came._id, { came: false })).status).toBe(409);
    expect((await done('nobody', { came: false })).status).toBe(404);
    expect((await officer('/appointments?from=2026-11-29&status=missed')).body.items).toMatchObject([
      { id: missed._id },
    ]);
    const [next = 0] = await office.free();
    expect(await office.books('came', next)).toMatchObject({ status: 'booked' });
  });

  it('is for those who serve beneficiaries', async () => {
    const { staff } = await open();
    const member = await signedIn(staff.base, ['committee']);
    expect((await member('/appointments')).status).toBe(403);
    expect((await stranger(staff.base)('/appointments')).status).toBe(401);
  });
});
