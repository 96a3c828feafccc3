import { expect, it } from 'vitest';
import { createSupport } from '../../src/wiring/support.js';
import { createSeal } from '../../src/core/seal.js';
import { systemIds } from '../../src/core/ids.js';
import { silentLog } from '../../src/core/log.js';
import { assetsOf } from '../fixtures/assets.js';
import { describeOnEachStore } from '../fixtures/stores.js';
import { at, createOffice } from './office.js';

describeOnEachStore('an interview', (openStore) => {
  const open = async () => createOffice((await openStore()).store);

  it('is booked, confirmed with its calendar file, and its time is free no longer', async () => {
    const office = await open();
    expect(await office.free()).toContain(at('22T09:00'));
    const record = await office.books('first', at('22T09:00'));
    expect(record).toMatchObject({ status: 'booked', start: at('22T09:00'), end: at('22T09:30'), sequence: 0 });
    expect(JSON.stringify(record)).not.toMatch(/نورة|966500000000/);
    expect(office.heardLast()).toContain('تم حجز موعد مقابلتك يوم الأحد ١٢ جمادى الآخرة ١٤٤٨ هـ');
    expect(office.said.at(-1)).toMatchObject({
      replyToId: 'm-first',
      attachments: [
        { contentType: 'text/calendar', name: 'interview.ics', contentUrl: `wasl-file:interview-${record?._id}` },
      ],
    });
    expect(await office.free()).not.toContain(at('22T09:00'));
    expect(await office.holds('first')).toBe(at('22T09:00'));
    expect(await office.holds('second')).toBeUndefined();
  });

  it('has one winner when two want the same time at once; the other hears it and is told the next times', async () => {
    const office = await open();
    const turns = ['race-1', 'race-2', 'race-3', 'race-4'].map((chat) =>
      office.asks(chat, 'appointment', at('22T10:00')),
    );
    await Promise.all(turns.map((turn) => office.perform(turn)));
    await office.beat();
    const records = await Promise.all(turns.map(({ id }) => office.records.findOne({ _id: id })));
    expect(records.map((record) => String(record?.status)).toSorted()).toEqual([
      'booked',
      'refused',
      'refused',
      'refused',
    ]);
    const told = office.said.slice(-4).map(({ text = '' }) => text);
    expect(told.filter((text) => text.includes('تم حجز'))).toHaveLength(1);
    const losers = told.filter((text) => text.includes('سبقك شخص آخر'));
    expect(losers).toHaveLength(3);
    expect(losers[0]).toContain('أقرب المواعيد المتاحة');
    const refused = office.said.find(({ text }) => text === losers[0]);
    expect(refused?.suggestedActions?.actions).toEqual([
      { type: 'postBack', title: 'أحجز مقابلة', value: 'start:interview' },
    ]);
  });

  it('is one for each chat, also when two are asked for at once', async () => {
    const office = await open();
    const turns = [at('24T09:00'), at('24T09:30')].map((start) => office.asks('greedy', 'appointment', start));
    await Promise.all(turns.map((turn) => office.perform(turn)));
    await office.beat();
    const records = await Promise.all(turns.map(({ id }) => office.records.findOne({ _id: id })));
    expect(records.map((record) => String(record?.status)).toSorted()).toEqual(['booked', 'refused']);
    expect(
      office.said
        .slice(-2)
        .map(({ text }) => text)
        .join('\n'),
    ).toContain('عندك موعد محجوز من قبل');
    await office.cancels('greedy');
  });

  it('is not booked at a time of the past, so near, outside the profile, or that is none', async () => {
    const office = await open();
    for (const start of [at('15T09:00'), at('21T09:30'), at('23T09:00'), at('22T09:10'), at('22T12:00')]) {
      expect(await office.books(`late-${start}`, start)).toMatchObject({ status: 'refused' });
      expect(office.heardLast()).toContain('لم يعد متاحًا');
    }
    const broken = office.asks('broken', 'appointment');
    expect(await office.does({ ...broken, effect: { ...broken.effect, answers: { slot: 'now' } } })).toMatchObject({
      status: 'refused',
    });
  });

  it('is told in English to who writes English', async () => {
    const office = await open();
    await office.books('english', at('24T11:00'), 'en');
    expect(office.heardLast()).toContain(
      'Your interview is booked: Tuesday 14 Jumada II 1448 AH, 24 November 2026, at 11:00 am',
    );
  });

  it('changes nothing and says nothing more when a turn is repeated, whatever came of it since', async () => {
    const office = await open();
    const booking = office.asks('again', 'appointment', at('24T10:00'));
    const moving = office.asks('again', 'appointment-move', at('24T10:30'));
    const cancelling = office.asks('again', 'appointment-cancel');
    for (const turn of [booking, moving, cancelling]) await office.does(turn);
    const said = office.said.length;
    const record = await office.records.findOne({ _id: booking.id });
    for (const turn of [booking, moving, cancelling]) await office.does(turn);
    expect(office.said).toHaveLength(said);
    expect(await office.records.findOne({ _id: booking.id })).toEqual(record);
    expect(record?.events.map(({ type }) => type)).toEqual(['booked', 'moved', 'cancelled']);
  });

  it('is moved: the old time is free again, and the calendar is told', async () => {
    const office = await open();
    const { _id } = (await office.books('mover', at('29T09:00')))!;
    await office.moves('mover', at('29T09:30'));
    expect(await office.records.findOne({ _id })).toMatchObject({
      status: 'booked',
      start: at('29T09:30'),
      sequence: 1,
    });
    expect(office.heardLast()).toContain('غيّرنا موعد مقابلتك');
    expect(office.said.at(-1)?.attachments).toHaveLength(1);
    expect(await office.free()).toContain(at('29T09:00'));
    expect(await office.free()).not.toContain(at('29T09:30'));
  });

  it('stays as it was when the time that it should move to is taken', async () => {
    const office = await open();
    await office.books('holder', at('29T10:00'));
    const { _id } = (await office.books('hopeful', at('29T10:30')))!;
    await office.moves('hopeful', at('29T10:00'));
    expect(await office.records.findOne({ _id })).toMatchObject({ start: at('29T10:30'), sequence: 0 });
    expect(office.heardLast()).toContain('سبقك شخص آخر');
    const turns = ['holder', 'hopeful'].map((chat) => office.asks(chat, 'appointment-move', at('29T11:30')));
    await Promise.all(turns.map((turn) => office.perform(turn)));
    await office.beat();
    const starts = [await office.holds('holder'), await office.holds('hopeful')];
    expect(starts.filter((start) => start === at('29T11:30'))).toHaveLength(1);
  });

  it('is cancelled by the person: the time is free, and another one may be booked', async () => {
    const office = await open();
    await office.books('leaver', at('29T11:00'));
    await office.cancels('leaver');
    expect(office.heardLast()).toContain('ألغينا موعد مقابلتك');
    expect(await office.free()).toContain(at('29T11:00'));
    expect(await office.books('leaver', at('29T11:00'))).toMatchObject({ status: 'booked' });
    await office.cancels('stranger');
    expect(office.heardLast()).toContain('ما وجدنا لك موعدًا محجوزًا');
    await office.moves('stranger', at('24T11:30'));
    expect(office.heardLast()).toContain('ما وجدنا لك موعدًا محجوزًا');
  });

  it('that is over keeps nobody from booking anew, also when nobody has marked it', async () => {
    const office = await open();
    await office.books('returns', at('22T11:30'));
    office.clock.advance(8 * 24 * 60 * 60 * 1000);
    expect(await office.holds('returns')).toBeUndefined();
    await office.cancels('returns');
    expect(office.heardBy('returns')).toContain('ما وجدنا لك موعدًا محجوزًا');
    const [next = 0] = await office.free('returns');
    expect(await office.books('returns', next)).toMatchObject({ status: 'booked' });
  });
});

describeOnEachStore('a booking across a change of the profile', (openStore) => {
  it('stands, is reminded of with the new place, and blocks the times that it lies across', async () => {
    const { store } = await openStore();
    const office = createOffice(store);
    const record = (await office.books('early', at('24T09:30')))!;
    const assets = assetsOf();
    const interviews = {
      ...assets.organisation.interviews!,
      days: ['tuesday' as const],
      minutes: 60,
      place: { ar: 'المبنى الجديد', en: 'the new building' },
    };
    const said: string[] = [];
    const after = createSupport({
      emit: async () => {},
      heardAt: async () => undefined,
      attended: async () => {},
      store,
      assets: { ...assets, organisation: { ...assets.organisation, interviews } },
      seal: createSeal(Buffer.alloc(32, 7)),
      quiet: { daily: null, friday: null },
      clock: office.clock,
      ids: systemIds,
      log: silentLog,
      enqueue: async (activity) => {
        said.push(activity.type === 'message' ? (activity.text ?? '') : '');
        return { type: 'accepted' };
      },
    });
    const { slots, appointment } = await after.personFacts(record.conversation);
    expect(appointment).toEqual({ start: at('24T09:30') });
    expect(slots?.[0]).toBe(at('24T10:00'));
    const sunday = office.asks('sunday', 'appointment', at('22T09:00'));
    await after.perform(sunday);
    expect(await office.records.findOne({ _id: sunday.id })).toMatchObject({ status: 'refused' });
    office.clock.advance(at('23T10:00') - office.clock.now());
    await after.beat();
    expect(said.at(-1)).toContain('نذكّرك بموعد مقابلتك');
    expect(said.at(-1)).toContain('المبنى الجديد');
  });

  it('still can be cancelled when the organisation books none any more, and nothing new is booked', async () => {
    const { store } = await openStore();
    const office = createOffice(store);
    const record = (await office.books('last', at('24T11:30')))!;
    const { interviews: _interviews, ...organisation } = assetsOf().organisation;
    const after = createSupport({
      emit: async () => {},
      heardAt: async () => undefined,
      attended: async () => {},
      store,
      assets: { ...assetsOf(), organisation },
      seal: createSeal(Buffer.alloc(32, 7)),
      quiet: { daily: null, friday: null },
      clock: office.clock,
      ids: systemIds,
      log: silentLog,
      enqueue: async () => ({ type: 'accepted' }),
    });
    expect((await after.personFacts(record.conversation)).slots).toEqual([]);
    const wish = office.asks('new', 'appointment', at('24T11:00'));
    await after.perform(wish);
    expect(await office.records.findOne({ _id: wish.id })).toMatchObject({ status: 'refused' });
    await after.perform(office.asks('last', 'appointment-cancel'));
    expect(await office.records.findOne({ _id: record._id })).toMatchObject({ status: 'cancelled' });
  });
});
