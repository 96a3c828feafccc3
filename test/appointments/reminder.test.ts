import { expect, it } from 'vitest';
import { cancelAppointment } from '../../src/appointments/staff.js';
import { describeOnEachStore } from '../fixtures/stores.js';
import { at, createOffice } from './office.js';

describeOnEachStore('a reminder of an interview', (openStore) => {
  const open = async () => createOffice((await openStore()).store);
  const reminders = (office: Awaited<ReturnType<typeof open>>) =>
    office.said.filter(({ text }) => text?.includes('نذكّرك بموعد مقابلتك'));

  it('comes the day before, once, and not in the quiet hours', async () => {
    const office = await open();
    await office.books('reminded', at('24T09:00'));
    office.clock.advance(at('23T08:59') - office.clock.now());
    await office.beat();
    expect(reminders(office)).toEqual([]);
    office.clock.advance(2 * 60 * 1000);
    await office.beat();
    await office.beat();
    expect(reminders(office)).toHaveLength(1);
    expect(reminders(office)[0]?.text).toContain('المكان: مقر المؤسسة');
  });

  it('does not come for one that is booked on the day before, moved far away, or cancelled', async () => {
    const office = await open();
    await office.books('cancelled', at('22T10:00'));
    await office.cancels('cancelled');
    await office.books('moved', at('22T10:30'));
    await office.moves('moved', at('29T09:00'));
    office.clock.advance(6 * 60 * 60 * 1000);
    await office.books('near', at('22T09:00'));
    office.clock.advance(17 * 60 * 60 * 1000);
    await office.beat();
    expect(reminders(office)).toEqual([]);
    expect(await office.holds('near')).toBe(at('22T09:00'));
  });

  it('comes for the new time of one that was moved', async () => {
    const office = await open();
    office.clock.advance(at('28T10:00') - office.clock.now());
    await office.beat();
    expect(reminders(office).map(({ conversation }) => conversation.id)).toEqual(['moved']);
  });

  it('is not said of one that is over, because nothing ran meanwhile', async () => {
    const office = await open();
    const next = (await office.free()).find((time) => time > office.clock.now() + 3 * 24 * 60 * 60 * 1000)!;
    await office.books('forgotten', next);
    const before = reminders(office).length;
    office.clock.advance(30 * 24 * 60 * 60 * 1000);
    await office.beat();
    expect(reminders(office)).toHaveLength(before);
  });

  it('keeps quiet what staff call off at night, unless the interview is near', async () => {
    const office = await open();
    const [near, far] = [0, 5].map((days) => {
      const from = office.clock.now() + days * 24 * 60 * 60 * 1000;
      return office.free().then((times) => times.find((time) => time > from + 24 * 60 * 60 * 1000)!);
    });
    const soon = (await office.books('soon', (await near) ?? 0))!;
    const later = (await office.books('later', (await far) ?? 0))!;
    // The evening before the first of them.
    office.clock.advance(soon.start - 11 * 60 * 60 * 1000 - office.clock.now());
    const said = office.said.length;
    for (const { _id } of [soon, later])
      await cancelAppointment(office.appointments, _id, { reason: 'إجازة', by: 'staff-1' });
    await office.beat();
    expect(office.said.slice(said).map(({ conversation }) => conversation.id)).toEqual(['soon']);
    office.clock.advance(12 * 60 * 60 * 1000);
    await office.beat();
    expect(office.said.slice(said).map(({ conversation }) => conversation.id)).toEqual(['soon', 'later']);
    expect(office.heardLast()).toContain('السبب: إجازة');
  });
});
