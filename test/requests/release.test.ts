import { expect, it } from 'vitest';
import { runDue } from '../../src/requests/clockwork.js';
import { decide } from '../../src/requests/decisions.js';
import { overrideMinimum, releaseSitting, resumeReleases } from '../../src/requests/release.js';
import type { Decision } from '../../src/requests/sitting-record.js';
import { closeSitting, createSitting } from '../../src/requests/sittings.js';
import { describeOnEachStore } from '../fixtures/stores.js';
import { createCommittee, members, type Committee } from './committee.js';
import { day } from './house.js';

describeOnEachStore('the release of a sitting', (openStore) => {
  const committee = async () => createCommittee((await openStore()).store);
  const reason = 'دخل الأسرة دون حد الكفاية';

  /** The outcomes that were told in these chats; the store has other tests' requests too. */
  const heard = ({ said }: Committee, name: string) =>
    said.filter(({ text, conversation }) => conversation.id.startsWith(name) && text?.includes(reason));

  /** A sitting that huda has closed, with one decision a request. */
  async function closed(one: Committee, name: string, decisions: readonly Decision[]) {
    const references: string[] = [];
    for (const [place] of decisions.entries()) references.push(await one.submitted(`${name}-${place}`));
    const { _id } = await one.convene(references);
    for (const [place, decision] of decisions.entries()) {
      await decide(one.context, _id, { reference: references[place] ?? '', decision, reason, by: 'salem' });
    }
    expect(await closeSitting(one.context, _id, 'huda')).toMatchObject({ type: 'changed' });
    return { id: _id, references };
  }

  it('needs a second person, and a sitting that is closed', async () => {
    const one = await committee();
    const reference = await one.submitted('second');
    const { _id } = await one.convene([reference]);
    expect(await releaseSitting(one.context, _id, 'salem')).toEqual({ type: 'not_closed', status: 'open' });
    await decide(one.context, _id, { reference, decision: 'accept', reason, by: 'salem' });
    await closeSitting(one.context, _id, 'huda');
    expect(await releaseSitting(one.context, _id, 'huda')).toEqual({ type: 'same_person' });
    expect((await one.request(reference)).pending).toBeNull();
    expect(await releaseSitting(one.context, _id, 'salem')).toMatchObject({
      type: 'changed',
      sitting: { status: 'released', releasedBy: 'salem' },
    });
    expect(await releaseSitting(one.context, _id, 'mona')).toEqual({ type: 'already_released' });
    expect(await releaseSitting(one.context, 'nothing', 'mona')).toEqual({ type: 'unknown' });
  });

  it('keeps the outcome for the fourteenth day, and tells it then, once', async () => {
    const one = await committee();
    const { id, references } = await closed(one, 'waits', ['accept', 'reject']);
    await releaseSitting(one.context, id, 'salem');
    const told = () => heard(one, 'waits').length;
    one.clock.advance(13 * day);
    await one.beat();
    expect(told()).toBe(0);
    for (const reference of references) expect(await one.request(reference)).toMatchObject({ status: 'committee' });
    one.clock.advance(day);
    await one.beat();
    one.clock.advance(day);
    await one.beat();
    expect(told()).toBe(2);
    expect(await one.request(references[0] ?? '')).toMatchObject({ status: 'accepted', pending: null });
    expect(await one.request(references[1] ?? '')).toMatchObject({ status: 'rejected', reason, decidedBy: ['salem'] });
  });

  it('tells at once what was released after the fourteenth day', async () => {
    const one = await committee();
    const { id, references } = await closed(one, 'late', ['accept']);
    one.clock.advance(20 * day);
    await releaseSitting(one.context, id, 'salem');
    await one.beat();
    expect(await one.request(references[0] ?? '')).toMatchObject({ status: 'accepted' });
  });

  it('tells the others when one request cannot be read any more', async () => {
    const one = await committee();
    const { id, references } = await closed(one, 'broken', ['accept', 'accept']);
    await releaseSitting(one.context, id, 'salem');
    const [broken = '', whole = ''] = references;
    await one.requests.findOneAndUpdate({ reference: broken }, { $set: { answers: 's1.tampered' } });
    one.clock.advance(14 * day);
    await one.beat();
    expect(await one.request(whole)).toMatchObject({ status: 'accepted' });
    expect(await one.request(broken)).toMatchObject({ status: 'committee', pending: { decision: 'accept' } });
    await one.requests.deleteMany({ reference: broken });
  });

  it('leaves what was deferred to the next sitting, and says why in its history', async () => {
    const one = await committee();
    const { id, references } = await closed(one, 'defers', ['defer', 'accept']);
    const wanted = { date: '2026-11-29', members, requests: references, by: 'huda' };
    expect(await createSitting(one.context, wanted)).toMatchObject({
      problems: [{ problem: 'on_another_agenda' }, { problem: 'on_another_agenda' }],
    });
    await releaseSitting(one.context, id, 'salem');
    const [deferred = '', accepted = ''] = references;
    const request = await one.request(deferred);
    expect(request).toMatchObject({ status: 'committee', pending: null, decidedBy: [] });
    expect(request.events.at(-1)).toMatchObject({ type: 'decided', by: 'salem', about: id, reason });
    expect(await createSitting(one.context, wanted)).toEqual({
      type: 'unfit',
      problems: [{ field: 'requests', value: accepted, problem: 'outcome_waits' }],
    });
    expect(await createSitting(one.context, { ...wanted, requests: [deferred] })).toMatchObject({ type: 'created' });
  });

  it('lets one of two releasers win', async () => {
    const one = await committee();
    const { id, references } = await closed(one, 'both', ['accept', 'reject', 'defer']);
    const outcomes = await Promise.all(['salem', 'mona'].map((by) => releaseSitting(one.context, id, by)));
    expect(outcomes.map(({ type }) => type).sort()).toEqual(['already_released', 'changed']);
    for (const reference of references) {
      const { events } = await one.request(reference);
      expect(events.filter(({ about }) => about === id)).toHaveLength(1);
    }
  });

  it('is finished after a crash between two requests: nothing lost, nothing twice', async () => {
    const one = await committee();
    const { id, references } = await closed(one, 'crash', ['accept', 'reject', 'accept', 'defer']);
    let writes = 0;
    const dying: Committee['context'] = {
      ...one.context,
      requests: {
        ...one.requests,
        findOne: (filter) => one.requests.findOne(filter),
        findOneAndUpdate: async (...update) => {
          if ((writes += 1) > 2) throw new Error('killed');
          return one.requests.findOneAndUpdate(...update);
        },
      },
    };
    await expect(releaseSitting(dying, id, 'salem')).rejects.toThrow('killed');
    expect(await one.sitting(id)).toMatchObject({ status: 'releasing', releasedBy: 'salem' });
    const wanted = { date: '2026-11-29', members, requests: [references[3] ?? ''], by: 'huda' };
    expect(await createSitting(one.context, wanted)).toMatchObject({ problems: [{ problem: 'on_another_agenda' }] });
    one.clock.advance(15 * day);
    await runDue(one.context);
    expect(await one.request(references[0] ?? '')).toMatchObject({ status: 'accepted' });
    expect(await resumeReleases(one.context)).toBe(1);
    expect(await resumeReleases(one.context)).toBe(0);
    await one.beat();
    expect(await one.sitting(id)).toMatchObject({ status: 'released', releasedBy: 'salem' });
    const requests = await Promise.all(references.map((reference) => one.request(reference)));
    expect(requests.map(({ status }) => status)).toEqual(['accepted', 'rejected', 'accepted', 'committee']);
    for (const { events } of requests) {
      const handed = events.filter(({ type, about }) => about === id && type !== 'moved');
      expect(handed).toHaveLength(1);
    }
    expect(heard(one, 'crash')).toHaveLength(3);
  });

  it('is finished by the same call again', async () => {
    const one = await committee();
    const { id } = await closed(one, 'again', ['accept']);
    await one.sittings.findOneAndUpdate(
      { _id: id },
      { $set: { status: 'releasing', releasedBy: 'salem', releasedAt: one.clock.now() } },
    );
    expect(await releaseSitting(one.context, id, 'salem')).toMatchObject({
      type: 'changed',
      sitting: { status: 'released' },
    });
  });

  it('goes out before its day only with a reason that stays', async () => {
    const one = await committee();
    const { id, references } = await closed(one, 'urgent', ['accept']);
    const [reference = ''] = references;
    const urgent = { reason: 'إخلاء عاجل من السكن قبل نهاية الأسبوع', by: 'admin-1' };
    expect(await overrideMinimum(one.context, reference, urgent)).toEqual({ type: 'nothing_waits' });
    await releaseSitting(one.context, id, 'salem');
    expect(await overrideMinimum(one.context, reference, { ...urgent, reason: 'عاجل' })).toEqual({
      type: 'reason_missing',
    });
    expect(await overrideMinimum(one.context, reference, urgent)).toMatchObject({ type: 'changed' });
    expect(await overrideMinimum(one.context, reference, urgent)).toEqual({ type: 'nothing_waits' });
    await one.beat();
    const request = await one.request(reference);
    expect(request.status).toBe('accepted');
    expect(request.events.find(({ type }) => type === 'overridden')).toMatchObject({
      by: 'admin-1',
      reason: urgent.reason,
      about: id,
    });
    expect(await overrideMinimum(one.context, 'ASB-0000-1', urgent)).toEqual({ type: 'unknown' });
  });

  it('sits again over an appeal, and the old release changes nothing when it is run once more', async () => {
    const one = await committee();
    const { id, references } = await closed(one, 'old', ['reject']);
    const [reference = ''] = references;
    await releaseSitting(one.context, id, 'salem');
    one.clock.advance(15 * day);
    await one.beat();
    await one.requests.findOneAndUpdate({ reference }, { $set: { status: 'committee' } });
    await one.sittings.findOneAndUpdate({ _id: id }, { $set: { status: 'releasing' } });
    await one.beat();
    expect(await one.request(reference)).toMatchObject({ status: 'committee', pending: null });
  });
});
