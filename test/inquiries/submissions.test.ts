import { expect, it } from 'vitest';
import type { FormSubmitted } from '../../src/conversation/effects.js';
import { readReference } from '../../src/core/reference.js';
import type { SubmissionRecord } from '../../src/inquiries/record.js';
import { answersOf } from '../../src/core/sealed-answers.js';
import { submissionPrefix } from '../../src/inquiries/submit.js';
import type { TaskRecord } from '../../src/mailbox/effects.js';
import { describeOnEachStore } from '../fixtures/stores.js';
import { createHouse } from '../requests/house.js';

const complaint = (who: 'named' | 'unnamed', what: string) =>
  ({
    form: 'complaint',
    opens: 'submission',
    answers: { who, about: 'staff', what },
    ...(who === 'unnamed' ? { anonymous: true } : {}),
  }) satisfies Partial<FormSubmitted>;

const call = {
  form: 'call-back',
  opens: 'call',
  answers: { mobile: '+966500000000', when: 'any', about: 'أوراقي' },
} as const;

describeOnEachStore('a submission', (openStore) => {
  async function open() {
    const { store } = await openStore();
    const house = createHouse(store);
    const submissions = store.collection<SubmissionRecord>('submissions');
    const last = async (): Promise<SubmissionRecord> => {
      const [record] = await submissions.find({ at: { $gt: 0 } }, { sort: { at: -1 }, limit: 1 });
      if (!record) throw new Error('nothing was submitted');
      return record;
    };
    return { house, store, submissions, last };
  }

  it('is kept sealed, with a number that the person is told', async () => {
    const { house, submissions } = await open();
    const turn = { ...house.caused('named', complaint('named', 'صرخ علي الموظف')), replyToId: 'm7' };
    await house.perform(turn);
    await house.beat();
    const record = await submissions.findOne({ _id: turn.id });
    expect(record).toMatchObject({ status: 'open', form: 'complaint', conversation: 'telegram/named', at: turn.at });
    expect(JSON.stringify(record)).not.toContain('صرخ');
    expect(answersOf(house.inquiries.seal, record!)).toEqual(turn.effect.answers);
    expect(readReference(record!.reference, submissionPrefix)).toBe(record!.reference);
    expect(house.heardLast()).toContain(record!.reference);
    expect(house.said.at(-1)).toMatchObject({ replyToId: 'm7', conversation: { id: 'named' } });
  });

  it('is kept once, told once and called once, however often the turn is repeated', async () => {
    const { house, store, submissions } = await open();
    for (const effect of [complaint('named', 'مرة واحدة'), complaint('unnamed', 'مرة واحدة'), call]) {
      const turn = house.caused('again', effect);
      const before = await submissions.count({ at: { $gt: 0 } });
      const said = house.said.length;
      for (let times = 0; times < 3; times += 1) {
        await house.perform(turn);
        await house.beat();
      }
      expect(await submissions.count({ at: { $gt: 0 } })).toBe(before + 1);
      expect(house.said.length - said).toBe(effect.form === 'complaint' && 'anonymous' in effect ? 0 : 1);
    }
    expect(await store.collection<TaskRecord>('tasks').count({ status: 'open', at: { $gt: 0 } })).toBe(1);
  });

  it('opens a task with its number for somebody who wants to be called', async () => {
    const { house, store, submissions } = await open();
    const turn = house.caused('to-be-called', call);
    await house.perform(turn);
    const record = await submissions.findOne({ _id: turn.id });
    const tasks = await store.collection<TaskRecord>('tasks').find({ status: 'open', at: { $gt: 0 } });
    expect(tasks.find(({ conversation }) => conversation === 'telegram/to-be-called')).toMatchObject({
      kind: 'call',
      reason: record?.reference,
    });
  });

  it('without a name holds nothing that leads to the person: no chat, no moment, no id that can be retraced', async () => {
    const { house, submissions, last } = await open();
    house.clock.advance(90 * 24 * 60 * 60 * 1000);
    await house.beat();
    const turn = house.caused('unnamed-chat', complaint('unnamed', 'أخاف أن يعرفوني'));
    await house.perform(turn);
    const said = house.said.length;
    await house.beat();
    expect(house.said).toHaveLength(said);
    const record = await last();
    expect(record).toMatchObject({ conversation: null, channelId: null, notices: [], noticesDue: null });
    expect(record.at).toBe(Date.parse('2027-02-19T00:00:00+03:00'));
    expect(record.at).toBeLessThan(turn.at);
    const text = JSON.stringify(record);
    for (const trace of [turn.id, turn.conversation, 'unnamed-chat', 'p-unnamed', 'أخاف'])
      expect(text).not.toContain(trace);
    expect(await submissions.findOne({ _id: turn.id })).toBeUndefined();
    expect(answersOf(house.inquiries.seal, record)).toMatchObject({ what: 'أخاف أن يعرفوني' });
  });
});
