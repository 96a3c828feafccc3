import { afterAll, expect, it } from 'vitest';
import { signedIn } from '../fixtures/staff.js';
import { describeOnEachStore } from '../fixtures/stores.js';
import { openDesk } from './desk.js';

describeOnEachStore('visits, calls and letters', (openStore) => {
  const closing: (() => Promise<unknown>)[] = [];
  afterAll(async () => void (await Promise.all(closing.map((close) => close()))));

  async function open(organisation?: string) {
    const desk = await openDesk(await openStore(), { organisation });
    closing.push(() => desk.staff.close());
    return desk;
  }
  const oldMan = { nationalId: '١٠٠٠٠٠٠٠٠٨', name: 'عبدالله فهد الشمري' };

  it('are written down of somebody without a phone, who is known from then on', async () => {
    const { officer, calls } = await open();
    const body = { kind: 'visit', person: oldMan, text: 'جاء يسأل عن السلة الغذائية، ومعه ابنه.' };
    const visit = await officer('/encounters', { body });
    expect(visit).toMatchObject({
      status: 200,
      body: { kind: 'visit', by: officer.id, text: body.text, reference: null },
    });
    const person = await officer(`/beneficiaries/${visit.body.beneficiary}`);
    expect(person.body).toMatchObject({ nationalId: '••••0008', mobile: '', channels: [], chats: [] });
    const stored = await calls.encounters.records.findOne({ _id: visit.body.id });
    expect(JSON.stringify(stored)).not.toContain('السلة');
  });

  it('are one when they are written down twice: under one id, or in the same words and the same minute', async () => {
    const { officer, newId } = await open();
    const at = '2026-11-20T08:30:10.000Z';
    const visit = { kind: 'visit', person: oldMan, at, text: 'جاء يسأل عن طلبه.' };
    const again = { ...visit, at: '2026-11-20T08:30:50.000Z', text: ' جاء يسأل عن طلبه. ' };
    const both = await Promise.all([officer('/encounters', { body: visit }), officer('/encounters', { body: again })]);
    expect(new Set(both.map(({ body }) => body.id)).size).toBe(1);
    const id = newId();
    const first = await officer('/encounters', { body: { ...visit, id, text: 'اتصل' } });
    const second = await officer('/encounters', { body: { ...visit, id, text: 'اتصل، وصُحّح الكلام' } });
    expect(second.body).toEqual(first.body);
    const later = await officer('/encounters', { body: { ...visit, at: '2026-11-20T09:30:00.000Z' } });
    expect(later.body.id).not.toBe(both[0]?.body.id);
  });

  it('are listed of one person and of all, the newest first, and who looked is audited', async () => {
    const { officer, house, staff } = await open();
    const { beneficiary, reference } = await house.apply('visited');
    for (const [hour, text] of [
      ['08', 'الأولى'],
      ['10', 'الثالثة'],
      ['09', 'الثانية'],
    ]) {
      const body = { kind: 'phone', beneficiary, reference, at: `2026-11-20T${hour}:00:00.000Z`, text };
      expect((await officer('/encounters', { body })).status).toBe(200);
    }
    const listed = await officer(`/encounters?beneficiary=${beneficiary}&limit=2`);
    expect(listed.body).toMatchObject({ total: 3, items: [{ text: 'الثالثة' }, { text: 'الثانية' }] });
    const rest = await officer(`/encounters?beneficiary=${beneficiary}&limit=2&cursor=${listed.body.next}`);
    expect(rest.body).toMatchObject({ items: [{ text: 'الأولى', reference }], next: null });
    expect((await officer('/encounters')).body.total).toBeGreaterThanOrEqual(3);
    const admin = await signedIn(staff.base, ['admin']);
    const actions = (await admin(`/audit?about=${beneficiary}`)).body.items.map(
      (item: { action: string }) => item.action,
    );
    expect(actions).toContain('encounter_recorded');
    expect(actions).toContain('encounters_seen');
    expect(staff.lines.join('\n')).not.toContain('الثالثة');
  });

  it('come only by the doors of the organisation’s own list', async () => {
    const { officer } = await open('asseb');
    const body = { person: oldMan, text: 'وصل خطابه.' };
    for (const kind of ['letter', 'delegate']) {
      const refused = await officer('/encounters', { body: { ...body, kind }, headers: { 'accept-language': 'ar' } });
      expect(refused.status).toBe(422);
      expect(refused.body.detail).toContain('ليس');
      expect(refused.body.doors).not.toContain(kind);
    }
    const { officer: other } = await open('makeen');
    for (const kind of ['letter', 'delegate']) {
      expect((await other('/encounters', { body: { ...body, kind } })).status).toBe(200);
    }
  });

  it('are refused with a clear word when they are of the future, of nobody, of two, or of another’s request', async () => {
    const { officer, house } = await open();
    const { beneficiary } = await house.apply('one-person');
    const { reference } = await house.apply('other-person');
    const visit = { kind: 'visit', beneficiary, text: 'زيارة' };
    const bad: [object, number][] = [
      [{ ...visit, at: '2027-01-01T00:00:00.000Z' }, 422],
      [{ kind: 'visit', text: 'زيارة' }, 422],
      [{ ...visit, person: oldMan }, 422],
      [{ ...visit, reference }, 422],
      [{ ...visit, beneficiary: 'nobody' }, 404],
      [{ kind: 'visit', text: 'زيارة', person: { ...oldMan, nationalId: '1000000009' } }, 422],
      [{ kind: 'visit', text: 'زيارة', person: { ...oldMan, mobile: '0112345678' } }, 422],
      [{ ...visit, kind: 'fax' }, 400],
      [{ ...visit, text: '' }, 400],
    ];
    for (const [body, status] of bad) expect(await officer('/encounters', { body })).toMatchObject({ status });
  });

  it('are not for the committee, and not for strangers', async () => {
    const { staff } = await open();
    const member = await signedIn(staff.base, ['committee']);
    expect((await member('/encounters')).status).toBe(403);
    expect((await member('/encounters', { body: { kind: 'visit', person: oldMan, text: 'زيارة' } })).status).toBe(403);
  });
});
