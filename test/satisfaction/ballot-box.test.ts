import { expect, it } from 'vitest';
import { systemIds } from '../../src/core/ids.js';
import { createSeal } from '../../src/core/seal.js';
import { createBallotBox, type BoxRecord, type Opinion } from '../../src/satisfaction/ballot-box.js';
import type { BatchRecord } from '../../src/satisfaction/batch.js';
import type { Store } from '../../src/store/collection.js';
import { describeOnEachStore } from '../fixtures/stores.js';
import { createTestClock } from '../mailbox/harness.js';

const week = 7 * 24 * 60 * 60 * 1000;
const vote = (score: number): Opinion => ({
  type: 'vote',
  vote: { stage: 'closed', service: 'food', language: 'ar', channel: 'webchat', score },
});

describeOnEachStore('The ballot box', (open) => {
  async function house() {
    const { store } = await open();
    const ballots = store.collection<BoxRecord>('ballots');
    const ratings = store.collection<BatchRecord>('ratings');
    await ballots.deleteMany({ _id: 'box' });
    await ratings.deleteMany({ week: { $gt: '' } });
    const clock = createTestClock();
    return { ballots, ratings, clock, box: boxOf(store, clock), store };
  }

  const boxOf = (store: Store, clock: { now(): number }) =>
    createBallotBox({
      ballots: store.collection<BoxRecord>('ballots'),
      ratings: store.collection<BatchRecord>('ratings'),
      seal: createSeal(Buffer.alloc(32, 1)),
      tokens: createSeal(Buffer.alloc(32, 2)),
      longestComment: 500,
      clock,
      ids: systemIds,
    });

  const beside = { asked: async () => 40, tally: async () => undefined };
  const all = (ratings: Awaited<ReturnType<typeof house>>['ratings']) =>
    ratings.find({ week: { $gt: '' } }, { sort: { week: 1 } });

  it('counts every vote once, also when twenty come at once, from two processes, some of them twice', async () => {
    const { box, store, clock, ratings } = await house();
    const other = boxOf(store, clock);
    await Promise.all(
      Array.from({ length: 20 }, (_, place) =>
        [box, other].map((one) => one.add(vote(1 + (place % 5)), { conversation: `c${place}`, occasion: 'o' })),
      ).flat(),
    );
    clock.advance(week);
    await Promise.all([box.open(beside), other.open(beside)]);
    const [batch, ...more] = await all(ratings);
    expect(more).toEqual([]);
    expect(batch?.groups.map(({ counts }) => counts)).toEqual([[4, 4, 4, 4, 4]]);
    expect(batch?.asked).toBe(40);
  });

  it('knows who has voted also after it was opened, and asks nobody to remember it', async () => {
    const { box, clock, ratings } = await house();
    for (let place = 0; place < 20; place += 1) await box.add(vote(5), { conversation: `c${place}`, occasion: 'o' });
    clock.advance(week);
    await box.open(beside);
    for (let place = 0; place < 20; place += 1) await box.add(vote(1), { conversation: `c${place}`, occasion: 'o' });
    clock.advance(week);
    await box.open(beside);
    expect((await all(ratings)).flatMap(({ groups }) => groups.map(({ counts }) => counts))).toEqual([
      [0, 0, 0, 0, 20],
    ]);
  });

  it('finishes an opening that was interrupted, once', async () => {
    const { box, clock, ratings, ballots } = await house();
    for (let place = 0; place < 20; place += 1) await box.add(vote(3), { conversation: `c${place}`, occasion: 'o' });
    clock.advance(week);
    await box.open(beside);
    const [batch] = await all(ratings);
    await ratings.deleteMany({ week: { $gt: '' } });
    await ballots.findOneAndUpdate({ _id: 'box' }, { $set: { batch } });
    await box.open(beside);
    await box.open(beside);
    expect(await all(ratings)).toEqual([batch]);
  });

  it('is opened at the turn of a week only', async () => {
    const { box, ratings } = await house();
    for (let place = 0; place < 25; place += 1) await box.add(vote(3), { conversation: `c${place}`, occasion: 'o' });
    await box.open(beside);
    expect(await all(ratings)).toEqual([]);
  });

  it('looks the same whatever is put in, and different each time', async () => {
    const { box, ballots } = await house();
    const seen: string[] = [];
    for (let place = 0; place < 10; place += 1) {
      await box.add(
        place % 2 === 0 ? vote(1) : { type: 'comment', comment: { text: 'كلام '.repeat(place), language: 'ar' } },
        {
          conversation: `c${place}`,
          occasion: 'o',
        },
      );
      seen.push((await ballots.findOne({ _id: 'box' }))!.sealed);
    }
    expect(new Set(seen).size).toBe(10);
    expect(new Set(seen.map(({ length }) => length)).size).toBe(1);
  });

  it('grows as fast whatever is said, and whether anything is', async () => {
    const comment = (text: string | null): Opinion => ({ type: 'comment', comment: { text, language: 'ar' } });
    const thumb = (up: boolean): Opinion => ({ type: 'thumb', thumb: { entry: 'decision-time', up } });
    const talkers = [comment('شكرًا"\\'.repeat(62)), vote(5), thumb(true)];
    const silent = [comment(null), vote(1), thumb(false)];
    const lengthsOf = async (opinions: readonly Opinion[]): Promise<number[]> => {
      const { box, ballots } = await house();
      const lengths: number[] = [];
      for (let place = 0; place < 30; place += 1) {
        for (const opinion of opinions) await box.add(opinion, { conversation: `c${place}`, occasion: 'o' });
        lengths.push((await ballots.findOne({ _id: 'box' }))!.sealed.length);
      }
      return lengths;
    };
    const lengths = await lengthsOf(talkers);
    expect(new Set(lengths).size).toBeGreaterThan(2);
    expect(await lengthsOf(silent)).toEqual(lengths);
  });
});
