import { describe, expect, it } from 'vitest';
import type { Filter, Update } from '../../../src/store/collection.js';
import type { ContractPorts, Thing } from '../contract.js';

export function updating({ things }: ContractPorts): void {
  describe('changing', () => {
    it.each<[string, object, Update, object]>([
      ['$set', { count: 1 }, { $set: { count: 2, text: 'x' } }, { count: 2, text: 'x' }],
      ['$set along a path that is not there', {}, { $set: { 'deep.a.b': 1 } }, { deep: { a: { b: 1 } } }],
      ['$set beside what is there', { deep: { a: 1 } }, { $set: { 'deep.b': 2 } }, { deep: { a: 1, b: 2 } }],
      ['$set of an object', { deep: { a: 1 } }, { $set: { deep: { c: [1] } } }, { deep: { c: [1] } }],
      ['$set to null', { count: 1 }, { $set: { count: null } }, { count: null }],
      ['$set in a list', { list: [1, 2, 3] }, { $set: { 'list.1': 'x' } }, { list: [1, 'x', 3] }],
      ['$set behind the end of a list', { list: [1] }, { $set: { 'list.3': 4 } }, { list: [1, null, null, 4] }],
      [
        '$set in an object of a list',
        { inbox: [{ id: 'a' }, { id: 'b' }] },
        { $set: { 'inbox.1.read': true } },
        { inbox: [{ id: 'a' }, { id: 'b', read: true }] },
      ],
      ['$unset', { count: 1, text: 'x' }, { $unset: { text: true } }, { count: 1 }],
      ['$unset of what is not there', { count: 1 }, { $unset: { text: true, 'deep.a': true } }, { count: 1 }],
      ['$unset in an object', { deep: { a: 1, b: 2 } }, { $unset: { 'deep.a': true } }, { deep: { b: 2 } }],
      ['$unset through text', { text: 'x' }, { $unset: { 'text.a': true } }, { text: 'x' }],
      ['$unset in a list', { list: [1, 2] }, { $unset: { 'list.0': true } }, { list: [null, 2] }],
      ['$unset behind a list', { list: [1] }, { $unset: { 'list.5': true } }, { list: [1] }],
      ['$inc', { count: 1 }, { $inc: { count: -3 } }, { count: -2 }],
      ['$inc of what is not there', {}, { $inc: { count: 2, 'deep.n': 0.5 } }, { count: 2, deep: { n: 0.5 } }],
      ['$max above', { count: 1 }, { $max: { count: 5 } }, { count: 5 }],
      ['$max below', { count: 9 }, { $max: { count: 5 } }, { count: 9 }],
      ['$max of what is not there', {}, { $max: { count: -5 } }, { count: -5 }],
      ['$max of text', { text: 'b' }, { $max: { text: 'a' } }, { text: 'b' }],
      ['$max of text against a number', { text: 5 }, { $max: { text: 'a' } }, { text: 'a' }],
      ['$max against null', { text: null }, { $max: { text: -1 } }, { text: -1 }],
      ['$min below', { count: 9 }, { $min: { count: 5 } }, { count: 5 }],
      ['$min above', { count: 1 }, { $min: { count: 5 } }, { count: 1 }],
      ['$min of what is not there', {}, { $min: { count: 5 } }, { count: 5 }],
      ['$min against null', { text: null }, { $min: { text: -1 } }, { text: null }],
      ['$push', { list: [1] }, { $push: { list: 2 } }, { list: [1, 2] }],
      ['$push of a list', { list: [1] }, { $push: { list: [2, 3] } }, { list: [1, [2, 3]] }],
      ['$push of an object', {}, { $push: { inbox: { id: 'a' } } }, { inbox: [{ id: 'a' }] }],
      ['$push of each', { list: [1] }, { $push: { list: { $each: [2, 3] } } }, { list: [1, 2, 3] }],
      ['$push of none', { list: [1] }, { $push: { list: { $each: [] } } }, { list: [1] }],
      [
        '$push with $slice',
        { list: [1, 2, 3] },
        { $push: { list: { $each: [4, 5], $slice: -3 } } },
        { list: [3, 4, 5] },
      ],
      ['$push with a long $slice', { list: [1] }, { $push: { list: { $each: [2], $slice: -9 } } }, { list: [1, 2] }],
      ['$pull of a value', { list: [1, 2, 1, '1'] }, { $pull: { list: 1 } }, { list: [2, '1'] }],
      ['$pull of null', { list: [1, null, 2] }, { $pull: { list: null } }, { list: [1, 2] }],
      ['$pull of what is not there', { count: 1 }, { $pull: { list: 1 } }, { count: 1 }],
      ['$pull by operators', { list: [1, 5, 9] }, { $pull: { list: { $gte: 5 } } }, { list: [1] }],
      ['$pull of several', { list: ['a', 'b', 'c'] }, { $pull: { list: { $in: ['a', 'c'] } } }, { list: ['b'] }],
      [
        '$pull by conditions on objects',
        { inbox: [{ id: 'a', size: 1 }, { id: 'b', size: 5 }, { id: 'c' }] },
        { $pull: { inbox: { size: { $lt: 3 } } } },
        { inbox: [{ id: 'b', size: 5 }, { id: 'c' }] },
      ],
      [
        '$pull by two conditions',
        {
          inbox: [
            { id: 'a', size: 1 },
            { id: 'a', size: 5 },
          ],
        },
        { $pull: { inbox: { id: 'a', size: { $in: [5, 6] } } } },
        { inbox: [{ id: 'a', size: 1 }] },
      ],
      [
        'several operators at once',
        { count: 1, list: [1], text: 'x' },
        { $set: { due: 5 }, $inc: { count: 1 }, $push: { list: 2 }, $unset: { text: true } },
        { count: 2, list: [1, 2], due: 5 },
      ],
    ])('knows %s', async (_name, before, update, after) => {
      await things().insert({ _id: 'it', ...before });
      expect(await things().findOneAndUpdate({ _id: 'it' }, update)).toEqual({ _id: 'it', ...after });
      expect(await things().findOne({ _id: 'it' })).toEqual({ _id: 'it', ...after });
    });

    it('changes the first that matches, in the order asked for', async () => {
      for (const rank of [2, 3, 1]) await things().insert({ _id: `t${rank}`, kind: 'k', rank });
      const take = (sort: 1 | -1) =>
        things().findOneAndUpdate({ kind: 'k', count: null }, { $set: { count: 1 } }, { sort: { rank: sort } });
      expect((await take(1))?._id).toBe('t1');
      expect((await take(-1))?._id).toBe('t3');
      expect((await take(1))?._id).toBe('t2');
      expect(await take(1)).toBeUndefined();
    });

    it('changes nothing when nothing matches', async () => {
      await things().insert({ _id: 'a', count: 1 });
      expect(await things().findOneAndUpdate({ _id: 'b' }, { $set: { count: 2 } })).toBeUndefined();
      expect(await things().findOneAndUpdate({ _id: 'a', count: 9 }, { $set: { count: 2 } })).toBeUndefined();
      expect(await things().findOne({ _id: 'a' })).toEqual({ _id: 'a', count: 1 });
      expect(await things().findOne({ _id: 'b' })).toBeUndefined();
    });

    it('keeps its indexes in step with each change', async () => {
      await things().insert({ _id: 'a', kind: 'old', rank: 1, due: 5, owner: { name: 'n' } });
      await things().findOneAndUpdate(
        { _id: 'a' },
        { $set: { kind: 'new' }, $unset: { due: true }, $inc: { rank: 1 } },
      );
      const found = async (filter: Filter) => (await things().find(filter)).map(({ _id }) => _id);
      expect(await found({ kind: 'old' })).toEqual([]);
      expect(await found({ kind: 'new', rank: 2 })).toEqual(['a']);
      expect(await found({ due: 5 })).toEqual([]);
      expect(await found({ due: null })).toEqual(['a']);
      await things().findOneAndUpdate({ _id: 'a' }, { $set: { owner: { name: 'm' } } });
      expect(await found({ 'owner.name': 'n' })).toEqual([]);
      expect(await found({ 'owner.name': 'm' })).toEqual(['a']);
    });

    it('changes many, and counts them', async () => {
      for (let number = 0; number < 30; number += 1)
        await things().insert({ _id: `m${number}`, kind: 'k', rank: number });
      expect(await things().updateMany({ kind: 'k', rank: { $gte: 10 } }, { $set: { kind: 'l' } })).toBe(20);
      expect(await things().count({ kind: 'k' })).toBe(10);
      expect(await things().updateMany({ kind: 'none' }, { $set: { kind: 'l' } })).toBe(0);
      expect(await things().deleteMany({ kind: 'l', rank: { $lt: 20 } })).toBe(10);
      expect(await things().deleteMany({ kind: 'l', rank: { $lt: 20 } })).toBe(0);
      expect((await things().find({ kind: 'l' }, { sort: { rank: 1 }, limit: 1 }))[0]?.rank).toBe(20);
    });

    it('keeps to itself what a caller does with its documents afterwards', async () => {
      const mine: Thing = { _id: 'mine', list: [1], deep: { a: [1] } };
      await things().insert(mine);
      mine.list?.push('later');
      const pushed = { id: 'p', size: 1 };
      const updated = await things().findOneAndUpdate({ _id: 'mine' }, { $push: { inbox: pushed } });
      const stored = { _id: 'mine', list: [1], deep: { a: [1] }, inbox: [{ id: 'p', size: 1 }] };
      expect(updated).toEqual(stored);
      pushed.size = 99;
      attempt(() => Object.assign(updated?.inbox?.[0] ?? {}, { size: 77 }));
      attempt(() => updated?.list?.push('mine'));
      expect(await things().findOneAndUpdate({ _id: 'mine' }, { $set: { count: 1 } })).toEqual({ ...stored, count: 1 });
      expect(await things().findOne({ _id: 'mine' })).toEqual({ ...stored, count: 1 });
    });
  });
}

/** A store may also refuse that its documents are changed. */
function attempt(change: () => unknown): void {
  try {
    change();
  } catch {
    // Refused, which keeps the promise as well.
  }
}
