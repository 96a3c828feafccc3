import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AppointmentRecord } from '../../src/appointments/record.js';
import { closeAppointment } from '../../src/appointments/staff.js';
import { createChance } from '../../src/demo/chance.js';
import { readState } from '../../src/conversation/state.js';
import type { GapRecord } from '../../src/mailbox/effects.js';
import type { ConversationRecord, MessageRecord } from '../../src/mailbox/record.js';
import { keepSubmission } from '../../src/inquiries/submit.js';
import type { RequestRecord } from '../../src/requests/record.js';
import type { BatchRecord } from '../../src/satisfaction/batch.js';
import type { QuestionRecord } from '../../src/satisfaction/questions.js';
import { reportOf } from '../../src/satisfaction/report.js';
import { weekAfter, weekOf } from '../../src/satisfaction/week.js';
import { day, openTown, readEverything, townspeople, type Town, type Townsman } from './town.js';

let town: Town;
let people: Townsman[];
beforeEach(async () => {
  town = await openTown('occasions');
  people = townspeople(8, 1, createChance('occasions'));
  for (const person of people) await town.arrives(person);
});
afterEach(() => town.close());

/** Whom somebody plans to ask, and about what. */
const planned = async (): Promise<string[]> => {
  const due = await town.store.collection<QuestionRecord>('questions').find({ due: { $gt: 0 } }, { sort: { due: 1 } });
  return due.map(({ conversation, stage, service }) => `${conversation} ${stage} ${service}`);
};

describe('Somebody is asked', () => {
  it('when they came to an interview, once, and not when they stayed away', async () => {
    const { appointments: context } = town.core.support;
    const interviews = people.map(({ key, address, locale, number }): AppointmentRecord => ({
      _id: `interview-${number}`,
      at: town.time.now,
      status: 'booked',
      start: town.time.now - 1000,
      end: town.time.now,
      slot: number,
      holder: key,
      conversation: key,
      address,
      locale,
      form: { id: 'interview', version: 1 },
      answers: '',
      events: [],
      sequence: 0,
      due: null,
      notices: [],
      noticesDue: null,
    }));
    const [came, away] = [interviews.at(0)!, interviews.at(1)!];
    for (const record of [came, away]) await context.appointments.insert(record);
    await closeAppointment(context, away._id, { came: false, by: 'huda' });
    expect(await planned()).toEqual([]);
    await closeAppointment(context, came._id, { came: true, by: 'huda' });
    await closeAppointment(context, came._id, { came: true, by: 'huda' });
    expect(await planned()).toEqual([`${came.conversation} interview null`]);
  });

  it.each([
    ['delivered', true],
    ['rejected', true],
    ['closed', true],
    ['committee', false],
    ['withdrawn', false],
  ])('when a request is %s (asked: %s)', async (status, asked) => {
    const { key } = people.at(0)!;
    const requests = town.store.collection<RequestRecord>('requests');
    const request = { _id: 'r1', reference: 'ASB-0000-0', conversation: key, service: 'food', submittedAt: 1 };
    await requests.insert(request as RequestRecord);
    await town.core.support.context.changed({ ...request, status } as RequestRecord);
    await town.core.support.context.changed({ ...request, status } as RequestRecord);
    expect(await planned()).toEqual(asked ? [`${key} ${status} food`] : []);
  });

  it('not oftener because they have two chats, and in none after "stop" in the other', async () => {
    const [phone, site] = [people.at(0)!, people.at(1)!];
    for (const { key: _id, address, locale } of [phone, site]) {
      await town.core.support.contacts.link({ _id, beneficiary: 'b1', address, locale, at: 1, how: 'code' });
    }
    const asked = () => town.store.collection<QuestionRecord>('questions').count({ askedAt: { $gt: 0 } });
    await town.ask(phone);
    await town.ask(site);
    town.time.now += 4 * day;
    await town.beat();
    expect(await asked()).toBe(1);
    town.time.now += 40 * day;
    await town.says(phone, 'أوقف الرسائل');
    await town.ask({ ...site, number: 99 });
    town.time.now += 4 * day;
    await town.beat();
    expect(await asked()).toBe(1);
  });
});

describe('Somebody who was asked in one chat', () => {
  it('is not reminded of it after "stop" in the other', async () => {
    const [phone, site] = [people.at(0)!, people.at(1)!];
    for (const { key: _id, address, locale } of [phone, site]) {
      await town.core.support.contacts.link({ _id, beneficiary: 'b1', address, locale, at: 1, how: 'code' });
    }
    const lines = () =>
      town.store.collection<MessageRecord>('messages').count({ conversation: phone.key, sequence: { $gt: 0 } });
    await town.ask(phone);
    town.time.now += 4 * day;
    await town.beat();
    await town.says(site, 'أوقف الرسائل');
    const before = await lines();
    town.time.now += 4 * day;
    await town.beat();
    expect(await lines()).toBe(before);
  });
});

describe('A thumb after an answer', () => {
  const questions = ['كم تستغرق دراسة الطلب؟', 'وش الأوراق المطلوبة؟', 'وين موقعكم؟', 'كيف أقدم على الدعم؟'];

  it('is not asked for oftener because they have two chats', async () => {
    const [phone, site] = [people.at(0)!, people.at(1)!];
    for (const { key: _id, address, locale } of [phone, site]) {
      await town.core.support.contacts.link({ _id, beneficiary: 'b1', address, locale, at: 1, how: 'code' });
    }
    const asked = async (chats: readonly Townsman[]): Promise<number> => {
      const records = town.store.collection<ConversationRecord>('conversations');
      const found = await records.find({ _id: { $in: chats.map(({ key }) => key) } });
      return found.flatMap(({ state }) => readState(state, 'ar').thumbs.asked).length;
    };
    for (const question of [...questions, ...questions]) await town.says(phone, question);
    expect(await asked([phone])).toBe(2);
    for (const question of questions) await town.says(site, question);
    expect(await asked([phone, site])).toBe(2);
    town.time.now += 31 * day;
    for (const question of questions) await town.says(site, question);
    expect(await asked([site])).toBe(1);
  });
});

describe('Somebody whose channel takes words of ours for a day only', () => {
  it('is asked when they have written again', async () => {
    const person = people.at(0)!;
    const { channelId } = person.address;
    const channel = town.core.channels.get(channelId)!;
    town.core.channels.set(channelId, { ...channel, windowMs: day });
    const asked = () => town.store.collection<QuestionRecord>('questions').count({ askedAt: { $gt: 0 } });
    await town.ask(person);
    town.time.now += 3 * day;
    await town.beat();
    expect(await asked()).toBe(0);
    await town.says(person, 'السلام عليكم');
    town.time.now += day / 2;
    await town.beat();
    expect(await asked()).toBe(1);
  });
});

describe('What people say elsewhere', () => {
  const complaint = 'انتظرت عند الموظف سالم القحطاني وجوالي 0500000417';

  /** Complains, or suggests; by name, or without. */
  async function writes(person: Townsman, place: number, anonymous = false): Promise<void> {
    await keepSubmission(town.core.support.inquiries, {
      id: `s-${person.number}-${place}`,
      effect: {
        type: 'form_submitted',
        form: place % 2 === 0 ? 'complaint' : 'suggestion',
        opens: 'submission',
        version: 1,
        locale: 'ar',
        answers: { what: `${complaint} ${place}` },
        ...(anonymous ? { anonymous: true } : {}),
      },
      conversation: person.key,
      address: person.address,
      at: town.time.now,
    });
  }

  const batches = () =>
    town.store.collection<BatchRecord>('ratings').find({ week: { $gt: '' } }, { sort: { week: 1 } });
  async function weekPasses(): Promise<void> {
    town.time.now += 7 * day;
    await town.beat();
  }
  const waiting = async (weeks: number): Promise<number | undefined> => {
    const to = weekAfter(weekOf(town.time.now), -1);
    const report = await reportOf(town.core.feedback.staffCalls.report, { from: weekAfter(to, 1 - weeks), to });
    return report.themes.suggested.find(({ id }) => id === 'waiting')?.count;
  };

  it('is counted by themes once five people have spoken, however often one of them does', async () => {
    await town.beat();
    for (let place = 0; place < 9; place += 1) await writes(people.at(0)!, place);
    for (let place = 0; place < 9; place += 1) await writes(people.at(1)!, 100 + place, true);
    for (const person of people.slice(2, 5)) await writes(person, 1);
    await weekPasses();
    expect(await batches()).toEqual([]);
    await writes(people.at(5)!, 2);
    await weekPasses();
    expect(await waiting(1)).toBe(22);
    await weekPasses();
    expect(await waiting(1)).toBeUndefined();
    expect(await waiting(2)).toBe(22);
  });

  it('tells nothing of who came later by the difference of two reports', async () => {
    await town.beat();
    for (const person of people.slice(0, 6)) await writes(person, 1);
    await weekPasses();
    const before = await waiting(1);
    await writes(people.at(6)!, 2);
    await weekPasses();
    expect([await waiting(1), await waiting(2)]).toEqual([undefined, before]);
  });

  it('leaves themes only: no words, names or numbers', async () => {
    await town.beat();
    for (const person of people.slice(0, 6)) await writes(person, 1);
    const gaps = town.store.collection<GapRecord>('gaps');
    for (const { key, number } of people.slice(0, 5)) {
      await gaps.insert({ _id: `g${number}`, at: town.time.now, text: `متى ينتهي الانتظار ${number}`, locale: 'ar', conversation: key });
    } // prettier-ignore
    await weekPasses();
    const [batch] = await batches();
    expect(batch?.themes).toMatchObject({ suggested: { waiting: 6, staff: 6 }, asked: { waiting: 5 } });
    const kept = JSON.stringify([(await readEverything(town.config)).get('ratings')]);
    for (const trace of ['انتظرت', 'سالم', '0417', 'متى', ...people.map(({ key }) => key)])
      expect(kept).not.toContain(trace);
  });
});
