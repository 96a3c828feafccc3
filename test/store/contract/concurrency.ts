import { describe, expect, it } from 'vitest';
import type { ContractPorts } from '../contract.js';

const times = <R>(count: number, make: (number: number) => Promise<R>): Promise<R>[] =>
  Array.from({ length: count }, (_, number) => make(number));

export function concurrency({ things }: ContractPorts): void {
  describe('at the same time', () => {
    it('keeps every one of 100 pushes on one document', async () => {
      await things().insert({ _id: 'one', list: [] });
      await Promise.all(times(100, (n) => things().findOneAndUpdate({ _id: 'one' }, { $push: { list: n } })));
      const list = (await things().findOne({ _id: 'one' }))?.list ?? [];
      expect(list.toSorted((a, b) => Number(a) - Number(b))).toEqual(Array.from({ length: 100 }, (_, n) => n));
    });

    it('adds up 100 increments, each answered with its own sum', async () => {
      await things().insert({ _id: 'sum', count: 0 });
      const sums = await Promise.all(
        times(100, () => things().findOneAndUpdate({ _id: 'sum' }, { $inc: { count: 1 } })),
      );
      expect(new Set(sums.map((thing) => thing?.count)).size).toBe(100);
      expect((await things().findOne({ _id: 'sum' }))?.count).toBe(100);
    });

    it('lets exactly one of 50 claims win', async () => {
      await things().insert({ _id: 'claimed' });
      const claims = await Promise.all(
        times(50, (n) =>
          things().findOneAndUpdate({ _id: 'claimed', owner: null }, { $set: { owner: { name: `${n}` } } }),
        ),
      );
      const winners = claims.filter((claim) => claim !== undefined);
      expect(winners).toHaveLength(1);
      expect(await things().findOne({ _id: 'claimed' })).toEqual(winners[0]);
    });

    it('hands each of 30 documents to one of 40 takers', async () => {
      for (let n = 0; n < 30; n += 1) await things().insert({ _id: `d${n}`, kind: 'free', rank: n });
      const taken = await Promise.all(
        times(40, () =>
          things().findOneAndUpdate({ kind: 'free' }, { $set: { kind: 'taken' } }, { sort: { rank: 1 } }),
        ),
      );
      const ids = taken.filter((thing) => thing !== undefined).map(({ _id }) => _id);
      expect(ids).toHaveLength(30);
      expect(new Set(ids).size).toBe(30);
    });

    it('inserts an id once', async () => {
      const outcomes = await Promise.allSettled(times(20, (n) => things().insert({ _id: 'same', count: n })));
      const failures = outcomes.filter((outcome) => outcome.status === 'rejected');
      expect(failures).toHaveLength(19);
      for (const { reason } of failures) expect(reason).toMatchObject({ name: 'StoreError', code: 'store_duplicate' });
    });

    it('holds a unique index against inserts', async () => {
      const outcomes = await Promise.allSettled(times(20, (n) => things().insert({ _id: `u${n}`, code: 'one' })));
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await things().find({ code: 'one' })).toHaveLength(1);
    });

    it('holds a unique index against updates', async () => {
      for (let n = 0; n < 10; n += 1) await things().insert({ _id: `u${n}`, code: `c${n}` });
      const outcomes = await Promise.allSettled(
        times(10, (n) => things().findOneAndUpdate({ _id: `u${n}` }, { $set: { code: 'mine' } })),
      );
      const failures = outcomes.filter((outcome) => outcome.status === 'rejected');
      expect(failures).toHaveLength(9);
      for (const { reason } of failures) expect(reason).toMatchObject({ code: 'store_duplicate' });
      expect(await things().find({ code: 'mine' })).toHaveLength(1);
      expect(await things().count({ code: { $gte: 'c0', $lte: 'c9' } })).toBe(9);
    });

    it('answers each of many writes that come at once with its own outcome', async () => {
      await things().insert({ _id: 'taken', code: 'taken' });
      const outcomes = await Promise.allSettled([
        things().insert({ _id: 'good1', list: [] }),
        things().insert({ _id: 'bad', code: 'taken' }),
        things().insert({ _id: 'good2', count: 1 }),
        things().insert({ _id: 'taken' }),
        things().insert({ _id: 'good3' }),
      ]);
      expect(outcomes.map(({ status }) => status)).toEqual([
        'fulfilled',
        'rejected',
        'fulfilled',
        'rejected',
        'fulfilled',
      ]);
      const ids = (await things().find({ _id: { $in: ['good1', 'bad', 'good2', 'good3'] } })).map(({ _id }) => _id);
      expect(ids.toSorted()).toEqual(['good1', 'good2', 'good3']);
    });
  });

  describe('a unique index', () => {
    it('leaves out a document that lacks one of its fields', async () => {
      await things().insert({ _id: 'a', group: 'g' });
      await things().insert({ _id: 'b', group: 'g' });
      await things().insert({ _id: 'c', number: 1 });
      await things().insert({ _id: 'd', number: 1 });
      await things().insert({ _id: 'e', group: 'g', number: 1 });
      await expect(things().insert({ _id: 'f', group: 'g', number: 1 })).rejects.toMatchObject({
        code: 'store_duplicate',
      });
      await expect(things().findOneAndUpdate({ _id: 'a' }, { $set: { number: 1 } })).rejects.toMatchObject({
        code: 'store_duplicate',
      });
      expect(await things().findOne({ _id: 'a' })).toEqual({ _id: 'a', group: 'g' });
    });

    it('gives a value free again', async () => {
      await things().insert({ _id: 'a', code: 'x' });
      await things().findOneAndUpdate({ _id: 'a' }, { $set: { code: 'y' } });
      await things().insert({ _id: 'b', code: 'x' });
      await things().findOneAndUpdate({ _id: 'b' }, { $unset: { code: true } });
      await things().insert({ _id: 'c', code: 'x' });
      await things().deleteMany({ _id: 'c' });
      await things().insert({ _id: 'd', code: 'x' });
      await things().findOneAndUpdate({ _id: 'd' }, { $set: { code: 'x', count: 1 } });
      expect((await things().find({ code: 'x' })).map(({ _id }) => _id)).toEqual(['d']);
    });

    it('counts null as a value, once', async () => {
      await things().insert({ _id: 'a', code: null });
      await expect(things().insert({ _id: 'b', code: null })).rejects.toMatchObject({ code: 'store_duplicate' });
    });

    it('tells text from numbers', async () => {
      await things().insert({ _id: 'a', group: '1', number: 1 });
      await things().insert({ _id: 'b', group: 'x', number: 1 });
      await things().insert({ _id: 'c', group: 'x', number: 11 });
      await expect(things().insert({ _id: 'd', group: 'x', number: 11 })).rejects.toMatchObject({
        code: 'store_duplicate',
      });
    });
  });
}
