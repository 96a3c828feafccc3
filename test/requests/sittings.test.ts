import { expect, it } from 'vitest';
import { amendSitting } from '../../src/requests/attendance.js';
import { decide } from '../../src/requests/decisions.js';
import { releaseSitting } from '../../src/requests/release.js';
import { closeSitting, createSitting } from '../../src/requests/sittings.js';
import { describeOnEachStore } from '../fixtures/stores.js';
import { createCommittee, members } from './committee.js';

describeOnEachStore('a sitting of the committee', (openStore) => {
  const committee = async () => createCommittee((await openStore()).store);
  const because = { reason: 'دخل الأسرة دون حد الكفاية', by: 'huda' } as const;

  it('is numbered without a gap, also when several are made at once', async () => {
    const one = await committee();
    const references = await Promise.all(['n1', 'n2', 'n3', 'n4'].map((chat) => one.submitted(chat)));
    const made = await Promise.all(references.map((reference) => one.convene([reference])));
    const all = await one.sittings.find({ number: { $gte: 1 } }, { sort: { number: 1 } });
    expect(all.map(({ number }) => number)).toEqual(all.map((_sitting, place) => place + 1));
    expect(new Set(made.map(({ number }) => number)).size).toBe(4);
  });

  it('refuses an agenda that does not fit, and names everything at once', async () => {
    const one = await committee();
    const taken = await one.submitted('taken');
    const free = await one.submitted('free');
    const { number } = await one.convene([taken]);
    const { reference: early } = await one.apply('early');
    const requests = [free, taken, early, 'ASB-0000-1', free];
    const outcome = await createSitting(one.context, {
      date: '2026-11-23',
      members: ['huda', 'stranger'],
      requests,
      by: 'huda',
    });
    expect(outcome).toEqual({
      type: 'unfit',
      problems: [
        { field: 'members', value: 'stranger', problem: 'not_a_member' },
        { field: 'requests', value: free, problem: 'listed_twice' },
        { field: 'requests', value: taken, problem: 'on_another_agenda', sitting: number },
        { field: 'requests', value: early, problem: 'not_in_committee' },
        { field: 'requests', value: 'ASB-0000-1', problem: 'unknown_reference' },
      ],
    });
    const alone = { date: '2026-11-23', members: ['huda'], requests: [], by: 'huda' };
    expect(await createSitting(one.context, alone)).toMatchObject({
      problems: [{ problem: 'too_few_members' }, { problem: 'nothing_listed' }],
    });
  });

  it('puts a request on one agenda only, also when two are made at once', async () => {
    const one = await committee();
    const reference = await one.submitted('contested');
    const wanted = { date: '2026-11-22', members, requests: [reference], by: 'huda' };
    const made = await Promise.all([1, 2, 3].map(() => createSitting(one.context, wanted)));
    expect(made.filter(({ type }) => type === 'created')).toHaveLength(1);
  });

  it('writes down decisions while it is open, the last one counts, and keeps what was replaced', async () => {
    const one = await committee();
    const reference = await one.submitted('decides');
    const { _id } = await one.convene([reference]);
    expect(await decide(one.context, _id, { reference: 'ASB-0000-1', decision: 'accept', ...because })).toEqual({
      type: 'not_on_agenda',
    });
    const blank = { reference, decision: 'accept', reason: '  .', by: 'huda' } as const;
    expect(await decide(one.context, _id, blank)).toEqual({ type: 'reason_missing' });
    await decide(one.context, _id, { reference, decision: 'defer', reason: 'ننتظر زيارة الباحثة', by: 'salem' });
    const changed = await decide(one.context, _id, { reference, decision: 'accept', ...because });
    expect(changed).toMatchObject({
      type: 'changed',
      sitting: { decisions: [{ reference, decision: 'accept', by: 'huda' }] },
    });
    const sitting = await one.sitting(_id);
    expect(sitting.events.filter(({ type }) => type === 'decided').map(({ decision }) => decision)).toEqual([
      'defer',
      'accept',
    ]);
    expect((await one.request(reference)).pending).toBeNull();
    expect(await decide(one.context, 'nothing', { reference, decision: 'accept', ...because })).toEqual({
      type: 'unknown',
    });
  });

  it('closes once, only when everything is decided and enough are present, and then never changes', async () => {
    const one = await committee();
    const [first, second] = [await one.submitted('closes-1'), await one.submitted('closes-2')];
    const { _id } = await one.convene([first, second]);
    await decide(one.context, _id, { reference: first, decision: 'accept', ...because });
    expect(await closeSitting(one.context, _id, 'huda')).toEqual({ type: 'undecided', references: [second] });
    await decide(one.context, _id, { reference: second, decision: 'defer', ...because });
    const absent = members.map((account) => ({ account, present: account === 'huda' }));
    await amendSitting(one.context, _id, { members: absent, by: 'huda' });
    expect(await closeSitting(one.context, _id, 'huda')).toEqual({ type: 'no_quorum', present: 1 });
    await amendSitting(one.context, _id, {
      members: absent.map(({ account }) => ({ account, present: account !== 'mona' })),
      by: 'huda',
    });
    const closers = ['huda', 'salem'].map((by) => closeSitting(one.context, _id, by));
    const closed = await Promise.all(closers);
    expect(closed.map(({ type }) => type).toSorted()).toEqual(['changed', 'not_open']);
    const before = await one.sitting(_id);
    const late = { reference: first, decision: 'reject', ...because } as const;
    expect(await decide(one.context, _id, late)).toEqual({ type: 'not_open', status: 'closed' });
    expect(await amendSitting(one.context, _id, { recusals: [], by: 'huda' })).toEqual({
      type: 'not_open',
      status: 'closed',
    });
    expect(await one.sitting(_id)).toEqual(before);
  });

  it('takes no decision from who is recused, and wants that decision anew', async () => {
    const one = await committee();
    const reference = await one.submitted('recuses');
    const { _id } = await one.convene([reference]);
    await decide(one.context, _id, { reference, decision: 'accept', ...because });
    const recusals = [{ reference, account: 'huda', reason: 'صلة قرابة' }];
    const amended = await amendSitting(one.context, _id, { recusals, by: 'salem' });
    expect(amended).toMatchObject({ type: 'changed', sitting: { decisions: [], recusals } });
    const again = { reference, decision: 'accept', reason: 'مستحق' } as const;
    expect(await decide(one.context, _id, { ...again, by: 'huda' })).toEqual({ type: 'recused' });
    const all = members.map((account) => ({ reference, account, reason: 'صلة قرابة' }));
    await amendSitting(one.context, _id, { recusals: all, by: 'salem' });
    expect(await decide(one.context, _id, { ...again, by: 'noura' })).toEqual({ type: 'nobody_left' });
    await amendSitting(one.context, _id, { recusals, by: 'salem' });
    expect(await decide(one.context, _id, { ...again, by: 'salem' })).toMatchObject({ type: 'changed' });
  });

  it('refuses recusals that do not fit the sitting, all at once', async () => {
    const one = await committee();
    const reference = await one.submitted('recusals');
    const { _id } = await one.convene([reference]);
    const stray = { reference: 'ASB-0000-1', account: 'stranger', reason: 'صلة قرابة' };
    expect(await amendSitting(one.context, _id, { recusals: [stray], by: 'huda' })).toEqual({
      type: 'unfit',
      problems: [
        { field: 'recusals', value: 'ASB-0000-1', problem: 'not_on_agenda' },
        { field: 'recusals', value: 'stranger', problem: 'not_sitting' },
      ],
    });
    expect((await one.sitting(_id)).recusals).toEqual([]);
  });

  it('gives an appeal to others than those who decided before', async () => {
    const one = await committee();
    const reference = await one.submitted('appeals');
    await one.requests.findOneAndUpdate({ reference }, { $set: { decidedBy: ['huda'] } });
    const { _id } = await one.convene([reference]);
    const again = { reference, decision: 'accept', reason: 'مستندات جديدة' } as const;
    expect(await decide(one.context, _id, { ...again, by: 'huda' })).toEqual({ type: 'decided_before' });
    await decide(one.context, _id, { ...again, by: 'salem' });
    const present = members.map((account) => ({ account, present: account !== 'mona' }));
    const recusals = [{ reference, account: 'salem', reason: 'صلة قرابة' }];
    await amendSitting(one.context, _id, { members: present, recusals, by: 'huda' });
    expect(await decide(one.context, _id, { ...again, by: 'noura' })).toEqual({ type: 'nobody_left' });
    expect(await decide(one.context, _id, { ...again, decision: 'defer', by: 'huda' })).toMatchObject({
      type: 'changed',
    });
    await amendSitting(one.context, _id, { recusals: [], by: 'huda' });
    await decide(one.context, _id, { ...again, by: 'salem' });
    await closeSitting(one.context, _id, 'huda');
    await releaseSitting(one.context, _id, 'salem');
    expect((await one.request(reference)).decidedBy).toEqual(['huda', 'salem']);
  });
});
