import { describe, expect, it } from 'vitest';
import type { Collection, Filter } from '../../../src/store/collection.js';
import type { ContractPorts, Thing } from '../contract.js';

const idsOf = (things: readonly Thing[]): string[] => things.map(({ _id }) => _id);

const insertAll = async (collection: Collection<Thing>, things: readonly Thing[]): Promise<void> => {
  for (const thing of things) await collection.insert(thing);
};

export function reading({ things }: ContractPorts): void {
  describe('reading', () => {
    it('gives a document back as it was', async () => {
      const thing: Thing = {
        _id: 'whole',
        text: 'السلام عليكم 👋🏽 "\\\n\u0000',
        deep: { a: [1, -0.5, 1e300, 2 ** 53, [], {}, [null, [true, false]]], 'key with spaces': '', مفتاح: null },
        list: [],
        due: null,
      };
      await things().insert(thing);
      expect(await things().findOne({ _id: 'whole' })).toEqual(thing);
    });

    it('knows nothing of what is not there', async () => {
      expect(await things().findOne({ _id: 'nobody' })).toBeUndefined();
      expect(await things().find({ kind: 'none' })).toEqual([]);
      expect(await things().count({ kind: 'none' })).toBe(0);
      expect(await things().findOne({ _id: 'x'.repeat(50_000) })).toBeUndefined();
      expect(await things().findOne({ kind: 'x'.repeat(50_000) })).toBeUndefined();
      expect(await things().findOne({ _id: 5 })).toBeUndefined();
    });

    it('finds by id, by several ids, and by further conditions on them', async () => {
      await insertAll(things(), [
        { _id: 'a', count: 1 },
        { _id: 'b', count: 2 },
        { _id: 'c', count: 3 },
      ]);
      expect(idsOf(await things().find({ _id: { $in: ['c', 'a', 'zz', 'a'] } })).toSorted()).toEqual(['a', 'c']);
      expect(await things().find({ _id: { $in: [] } })).toEqual([]);
      expect(await things().findOne({ _id: 'b', count: { $gt: 2 } })).toBeUndefined();
      expect(idsOf(await things().find({ _id: { $eq: 'b' } }))).toEqual(['b']);
      expect(idsOf(await things().find({ _id: { $in: ['a', 'b', 'c'] } }, { sort: { count: -1 }, limit: 2 }))).toEqual([
        'c',
        'b',
      ]);
    });

    it('gives the order of an index, forwards and backwards, with limit and skip', async () => {
      for (const rank of [3, 1, 10, 2, -5, 0.5]) await things().insert({ _id: `r${rank}`, kind: 'k', rank });
      await things().insert({ _id: 'other', kind: 'kk', rank: 0 });
      const ranks = async (options: object) => (await things().find({ kind: 'k' }, options)).map(({ rank }) => rank);
      expect(await ranks({ sort: { rank: 1 } })).toEqual([-5, 0.5, 1, 2, 3, 10]);
      expect(await ranks({ sort: { rank: -1 } })).toEqual([10, 3, 2, 1, 0.5, -5]);
      expect(await ranks({ sort: { kind: 1, rank: 1 }, skip: 2, limit: 2 })).toEqual([1, 2]);
      expect(await ranks({ sort: { rank: -1 }, skip: 5, limit: 9 })).toEqual([-5]);
      expect(await ranks({ sort: { rank: 1 }, limit: 0 })).toEqual([]);
      expect(await ranks({ sort: { rank: 1 }, skip: 6 })).toEqual([]);
    });

    it('sorts text by its code points', async () => {
      const names = ['ب', 'a', '', 'B', 'أ', 'aa', '\uFFFD', '😀', 'b', '\u{10FFFF}x', ' '];
      for (const [number, rank] of names.entries()) await things().insert({ _id: `n${number}`, kind: 'text', rank });
      const expected = names.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
      const ranks = (found: readonly Thing[]) => found.map(({ rank }) => rank);
      expect(ranks(await things().find({ kind: 'text' }, { sort: { rank: 1 } }))).toEqual(expected);
      expect(ranks(await things().find({ kind: 'text', rank: { $gt: 'ب' } }, { sort: { rank: 1 } }))).toEqual(
        expected.slice(expected.indexOf('ب') + 1),
      );
      const byIds = { _id: { $in: names.map((_, number) => `n${number}`) } };
      expect(ranks(await things().find(byIds, { sort: { rank: -1 } }))).toEqual(expected.toReversed());
    });

    it.each<[string, Filter, string[]]>([
      ['$gt', { due: { $gt: 20 } }, ['30', '40']],
      ['$gte', { due: { $gte: 20 } }, ['20', '30', '40']],
      ['$lt', { due: { $lt: 20 } }, ['0', '10', '-10'].toSorted()],
      ['$lte', { due: { $lte: 20 } }, ['-10', '0', '10', '20']],
      ['both ends', { due: { $gt: 0, $lte: 30 } }, ['10', '20', '30']],
      ['an empty range', { due: { $gt: 30, $lt: 20 } }, []],
      ['equality', { due: 20 }, ['20']],
      ['zero, however it is signed', { due: -0 }, ['0']],
      ['$in', { due: { $in: [10, 40, 41, 10] } }, ['10', '40']],
      ['$in with null', { due: { $in: [null, 10] } }, ['10', 'missing', 'null']],
      ['null, and what is not there', { due: null }, ['missing', 'null']],
      ['a range and more', { due: { $gte: 10, $ne: 30, $nin: [40] } }, ['10', '20']],
      ['a range of another type', { due: { $gt: 'a' } }, []],
      ['a range from a text that no index holds', { due: { $gte: 'a'.repeat(401) } }, []],
      ['a range up to a text that no index holds', { due: { $lt: 'a'.repeat(401) } }, []],
    ])('finds in an index by %s', async (_name, filter, expected) => {
      for (const due of [30, 10, 40, 0, 20, -10]) await things().insert({ _id: String(due), due });
      await insertAll(things(), [{ _id: 'null', due: null }, { _id: 'missing' }]);
      expect(idsOf(await things().find(filter)).toSorted()).toEqual(expected.toSorted());
      expect(await things().count(filter)).toBe(expected.length);
    });

    it.each([true, false])('keeps %s apart from numbers and text in an index', async (wanted) => {
      await insertAll(things(), [
        { _id: 't', kind: 'k', rank: true },
        { _id: 'f', kind: 'k', rank: false },
        { _id: '1', kind: 'k', rank: 1 },
        { _id: '0', kind: 'k', rank: 0 },
        { _id: 'text', kind: 'k', rank: 'true' },
        { _id: 'empty', kind: 'k', rank: '' },
      ]);
      expect(idsOf(await things().find({ kind: 'k', rank: wanted }))).toEqual([wanted ? 't' : 'f']);
      expect(idsOf(await things().find({ kind: 'k', rank: { $lte: wanted } })).toSorted()).toEqual(
        wanted ? ['f', 't'] : ['f'],
      );
    });

    it('takes a list that stands at a place of a list for itself, and not for its elements', async () => {
      await insertAll(things(), [{ _id: 'a', kind: 'k', deep: [['x'], 'y'] }]);
      const find = async (filter: Filter) => idsOf(await things().find({ kind: 'k', ...filter }));
      expect(await find({ 'deep.0': 'x' })).toEqual([]);
      expect(await find({ 'deep.0': { $ne: 'x' } })).toEqual(['a']);
      expect(await find({ 'deep.0': { $gte: 'a' } })).toEqual([]);
      expect(await find({ 'deep.0': { $size: 1 } })).toEqual(['a']);
      expect(await find({ 'deep.1': 'y' })).toEqual(['a']);
    });

    it('looks along dotted paths, into objects and into lists of objects', async () => {
      await insertAll(things(), [
        {
          _id: 'a',
          kind: 'k',
          owner: { name: 'نورة' },
          inbox: [
            { id: 'm1', size: 1 },
            { id: 'm2', size: 9 },
          ],
        },
        { _id: 'b', kind: 'k', owner: {}, inbox: [] },
        { _id: 'c', kind: 'k' },
      ]);
      const find = async (filter: Filter) => idsOf(await things().find({ kind: 'k', ...filter })).toSorted();
      expect(await find({ 'owner.name': 'نورة' })).toEqual(['a']);
      expect(await find({ 'owner.name': null })).toEqual(['b', 'c']);
      expect(idsOf(await things().find({ 'owner.name': 'نورة' }))).toEqual(['a']);
      expect(await find({ 'inbox.id': 'm2' })).toEqual(['a']);
      expect(await find({ 'inbox.id': { $ne: 'm2' } })).toEqual(['b', 'c']);
      expect(await find({ 'inbox.id': { $nin: ['m1', 'x'] } })).toEqual(['b', 'c']);
      expect(await find({ 'inbox.0': { $exists: true } })).toEqual(['a']);
      expect(await find({ 'inbox.0': { $exists: false } })).toEqual(['b', 'c']);
      expect(await find({ 'inbox.1.id': 'm2' })).toEqual(['a']);
      expect(await find({ 'inbox.2': { $exists: true } })).toEqual([]);
      expect(await find({ inbox: { $size: 2 } })).toEqual(['a']);
      expect(await find({ inbox: { $size: 0 } })).toEqual(['b']);
      expect(await find({ 'inbox.size': { $gt: 5 } })).toEqual(['a']);
      expect(await find({ owner: { $exists: false } })).toEqual(['c']);
    });

    it('compares lists by what is in them', async () => {
      await insertAll(things(), [
        { _id: 'a', kind: 'k', list: [1, 5, 'x'] },
        { _id: 'b', kind: 'k', list: [] },
        { _id: 'c', kind: 'k', list: [null] },
        { _id: 'd', kind: 'k' },
      ]);
      const find = async (filter: Filter) => idsOf(await things().find({ kind: 'k', ...filter })).toSorted();
      expect(await find({ list: 5 })).toEqual(['a']);
      expect(await find({ list: { $gt: 3 } })).toEqual(['a']);
      expect(await find({ list: { $ne: 5 } })).toEqual(['b', 'c', 'd']);
      expect(await find({ list: { $in: ['x', 'y'] } })).toEqual(['a']);
      expect(await find({ list: null })).toEqual(['c', 'd']);
      expect(await find({ list: { $nin: [null] } })).toEqual(['a', 'b']);
    });

    it('serves what the index holds beside what it does not', async () => {
      for (let number = 0; number < 20; number += 1) {
        await things().insert({
          _id: `p${number}`,
          kind: number % 2 ? 'odd' : 'even',
          rank: number,
          count: number % 5,
        });
      }
      const found = await things().find({ kind: 'odd', rank: { $lt: 16 }, count: 3 }, { sort: { rank: -1 } });
      expect(found.map(({ rank }) => rank)).toEqual([13, 3]);
      expect(await things().count({ kind: 'odd', count: 3 })).toBe(2);
    });

    it('gives one order to several values of a field', async () => {
      const ranks = { a: [5, 1, 9], b: [2, 8], c: [3] };
      for (const [kind, all] of Object.entries(ranks)) {
        for (const rank of all) await things().insert({ _id: `${kind}${rank}`, kind, rank });
      }
      const among = { kind: { $in: ['b', 'a', 'nothing'] } };
      const found = async (options: object) => idsOf(await things().find(among, options));
      expect(await found({ sort: { rank: 1 } })).toEqual(['a1', 'b2', 'a5', 'b8', 'a9']);
      expect(await found({ sort: { rank: -1 }, skip: 1, limit: 3 })).toEqual(['b8', 'a5', 'b2']);
      expect(await found({ sort: { kind: -1, rank: 1 } })).toEqual(['b2', 'b8', 'a1', 'a5', 'a9']);
      const first = { $set: { count: 1 } };
      expect((await things().findOneAndUpdate(among, first, { sort: { rank: -1 } }))?._id).toBe('a9');
      expect(await things().count({ ...among, rank: { $gt: 4 } })).toBe(3);
    });

    it('reads what it has just acknowledged', async () => {
      for (let number = 0; number < 20; number += 1) {
        await things().insert({ _id: 'same', count: number });
        expect(await things().findOne({ _id: 'same' })).toEqual({ _id: 'same', count: number });
        await things().findOneAndUpdate({ _id: 'same' }, { $set: { count: 100 + number, due: number } });
        expect((await things().find({ due: number })).map(({ count }) => count)).toEqual([100 + number]);
        expect(await things().deleteMany({ due: number })).toBe(1);
      }
    });
  });
}
