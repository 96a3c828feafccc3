import { describe, expect, it } from 'vitest';
import type { Document, Filter, FindOptions, Update } from '../../../src/store/collection.js';
import type { ContractPorts } from '../contract.js';

const refused = (message: RegExp) =>
  expect.objectContaining({ name: 'StoreError', code: 'store_refused', message: expect.stringMatching(message) });

class Point {
  x = 1;
}

const json = (text: string): never => JSON.parse(text) as never;

const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);

export function refusals({ things, store }: ContractPorts): void {
  describe('refusing by name', () => {
    it.each<[string, Filter, FindOptions['sort'], RegExp]>([
      ['a field without an index', { text: 'x' }, undefined, /things.*text.*kind, rank/s],
      ['a field that is only second in an index', { rank: 1 }, undefined, /things.*rank/s],
      ['no condition at all', {}, undefined, /things/],
      ['an index that is only asked about absence', { code: { $exists: false } }, undefined, /code/],
      ['a unique index asked for what it leaves out', { code: null }, undefined, /code/],
      ['only what an index cannot find', { due: { $ne: 5 } }, undefined, /due/],
      ['a sort that no index serves', { kind: 'k' }, { text: 1 }, /sort by text/],
      ['a sort against the order of the index', { due: { $gt: 1 } }, { rank: 1 }, /rank/],
      ['a sort of mixed directions', {}, { kind: 1, rank: -1 }, /kind.*rank/s],
      ['a scan that hides behind a sort', { text: 'x' }, { due: 1 }, /text/],
      ['a range on the id', { _id: { $gt: 'a' } }, undefined, /_id/],
    ])('refuses %s', async (_name, filter, sort, message) => {
      const options = sort ? { sort } : {};
      await expect(things().find(filter, options)).rejects.toEqual(refused(message));
      await expect(things().findOneAndUpdate(filter, { $set: { count: 1 } }, options)).rejects.toEqual(
        refused(message),
      );
      if (sort) return;
      await expect(things().findOne(filter)).rejects.toEqual(refused(message));
      await expect(things().count(filter)).rejects.toEqual(refused(message));
      await expect(things().updateMany(filter, { $set: { count: 1 } })).rejects.toEqual(refused(message));
      await expect(things().deleteMany(filter)).rejects.toEqual(refused(message));
    });

    it.each<[string, unknown, RegExp]>([
      ['$where', { $where: 'true' }, /\$where/],
      ['$or', { $or: [{ _id: 'a' }] }, /\$or/],
      ['$regex', { _id: 'a', text: { $regex: '^(a+)+$' } }, /\$regex/],
      ['$not', { _id: 'a', text: { $not: { $eq: 1 } } }, /\$not/],
      ['$elemMatch', { _id: 'a', list: { $elemMatch: { $eq: 1 } } }, /\$elemMatch/],
      ['an object as value', { _id: 'a', deep: { a: 1 } }, /deep|\ba\b/],
      ['a list as value', { _id: 'a', list: [1] }, /list/],
      ['no operator', { _id: 'a', list: {} }, /list/],
      ['undefined', { _id: 'a', text: undefined }, /text/],
      ['a date', { _id: 'a', text: { $gt: new Date(0) } }, /text/],
      ['a regular expression', { _id: 'a', text: /a/ }, /text/],
      ['an object in $in', { _id: { $in: [{ $gt: '' }] } }, /_id/],
      ['$in without a list', { _id: { $in: 'a' } }, /_id/],
      ['$exists without yes or no', { _id: 'a', text: { $exists: 1 } }, /text/],
      ['a comparison with null', { _id: 'a', due: { $gte: null } }, /due/],
      ['a number that is none', { _id: 'a', count: Number.NaN }, /count/],
      ['__proto__', json('{"_id": "a", "__proto__": 1}'), /__proto__/],
      ['a path through constructor', { _id: 'a', 'constructor.name': 'Object' }, /constructor/],
      ['an empty part of a path', { _id: 'a', 'deep..a': 1 }, /deep/],
    ])('refuses %s in a filter', async (_name, filter, message) => {
      await things().insert({ _id: 'a', text: 'x', list: [1] });
      await expect(things().find(filter as Filter)).rejects.toEqual(refused(message));
      await expect(things().deleteMany(filter as Filter)).rejects.toEqual(refused(message));
      expect(await things().findOne({ _id: 'a' })).toBeDefined();
    });

    it.each<[string, unknown, RegExp]>([
      ['an unknown operator', { $rename: { text: 'other' } }, /\$rename/],
      ['a replacement', { text: 'other' }, /text/],
      ['nothing', {}, /empty/],
      ['$setOnInsert', { $setOnInsert: { text: 1 } }, /\$setOnInsert/],
      ['$addToSet', { $addToSet: { list: 1 } }, /\$addToSet/],
      ['a pipeline', [{ $set: { text: 1 } }], /./],
      ['a change of the id', { $set: { _id: 'b' } }, /_id/],
      ['a path below the id', { $set: { '_id.a': 'b' } }, /_id/],
      ['$inc with text', { $inc: { count: '1' } }, /\$inc.*count/],
      ['$inc with what is no number', { $inc: { count: Number.NaN } }, /count/],
      ['$inc on text', { $inc: { text: 1 } }, /./],
      ['$inc on null', { $inc: { 'deep.none': 1 } }, /./],
      ['$push on a number', { $push: { count: 1 } }, /./],
      ['$push on text', { $push: { text: 1 } }, /./],
      ['$pull on text', { $pull: { text: 'x' } }, /./],
      ['$set through text', { $set: { 'text.a': 1 } }, /./],
      ['$set through null', { $set: { 'deep.none.a': 1 } }, /./],
      ['$set by name in a list', { $set: { 'list.name': 1 } }, /./],
      ['$push with $sort', { $push: { list: { $each: [1], $sort: 1 } } }, /\$sort/],
      ['$push with $position', { $push: { list: { $each: [1], $position: 0 } } }, /\$position/],
      ['$each without a list', { $push: { list: { $each: 1 } } }, /\$each/],
      ['$slice from the front', { $push: { list: { $each: [1], $slice: 2 } } }, /\$slice/],
      ['$slice without $each', { $push: { list: { $slice: -2 } } }, /./],
      ['$pull with $where', { $pull: { inbox: { id: { $where: '1' } } } }, /\$where/],
      ['$pull with $regex', { $pull: { list: { $regex: 'a' } } }, /\$regex/],
      ['$pull through __proto__', { $pull: { inbox: json('{"__proto__": 1}') } }, /__proto__/],
      ['__proto__ in a path', { $set: { '__proto__.polluted': 1 } }, /__proto__/],
      ['constructor in a path', { $set: { 'constructor.prototype.polluted': 1 } }, /constructor/],
      ['prototype in a path', { $push: { 'deep.prototype': 1 } }, /prototype/],
      ['__proto__ in a value', { $set: { deep: json('{"__proto__": {"polluted": 1}}') } }, /deep/],
      ['undefined', { $set: { text: undefined } }, /text/],
      ['undefined inside', { $set: { deep: { a: [undefined] } } }, /deep/],
      ['a date', { $set: { text: new Date(0) } }, /text/],
      ['an object of a class', { $push: { list: new Point() } }, /list/],
      ['bytes', { $set: { text: Buffer.from('x') } }, /text/],
      ['a big integer', { $set: { text: 5n } }, /text/],
      ['infinity', { $set: { count: Infinity } }, /count/],
      ['an operator as value', { $set: { text: { $gt: 1 } } }, /text/],
      ['a list in an indexed field', { $set: { due: [1] } }, /due/],
      ['an object in an indexed field', { $set: { kind: { a: 1 } } }, /kind/],
      ['a field below an indexed one', { $set: { 'kind.a': 1 } }, /kind/],
      ['a list above an indexed field', { $set: { owner: [{ name: 'a' }] } }, /owner/],
      ['a push onto an indexed field', { $push: { code: 'a' } }, /code/],
      ['a long text in an indexed field', { $set: { kind: 'ق'.repeat(5000) } }, /kind/],
      ['a long text beside an indexed field', { $set: { count: 5, code: 'x'.repeat(2000) } }, /code/],
      ['two changes of one field', { $set: { count: 1 }, $inc: { count: 1 } }, /count/],
      ['a change around another', { $set: { deep: {} }, $unset: { 'deep.a': true } }, /deep/],
    ])('refuses %s in an update, and changes nothing', async (_name, update, message) => {
      const before = { _id: 'a', kind: 'k', text: 'x', count: 1, list: [1], due: 5, deep: { a: 1, none: null } };
      await things().insert(before);
      await expect(things().findOneAndUpdate({ _id: 'a' }, update as Update)).rejects.toEqual(refused(message));
      await expect(things().updateMany({ _id: 'a' }, update as Update)).rejects.toEqual(refused(message));
      expect(await things().find({ kind: 'k' })).toEqual([before]);
      expect(await things().find({ due: 5 })).toEqual([before]);
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    });

    it.each<[string, unknown, RegExp]>([
      ['no id', { text: 'x' }, /_id/],
      ['an id that is no text', { _id: 5 }, /_id/],
      ['an empty id', { _id: '' }, /_id/],
      ['an id that is too long', { _id: 'ق'.repeat(1000) }, /_id/],
      ['undefined', { _id: 'a', text: undefined }, /text/],
      ['a date', { _id: 'a', deep: { at: new Date(0) } }, /deep/],
      ['a function', { _id: 'a', text: () => 1 }, /text/],
      ['a key with a dot', { _id: 'a', deep: { 'a.b': 1 } }, /deep/],
      ['a key that is an operator', { _id: 'a', deep: { $set: 1 } }, /deep/],
      ['a list in an indexed field', { _id: 'a', kind: ['k'] }, /kind/],
      ['an object in an indexed field', { _id: 'a', due: {} }, /due/],
      ['a list on the way to an indexed field', { _id: 'a', owner: [{ name: 'n' }] }, /owner/],
      ['a null character in an id', { _id: 'a\u0000b' }, /_id/],
      ['a null character in an indexed field', { _id: 'a', kind: 'a\u0000b' }, /kind/],
      ['what is nested too deeply', { _id: 'a', deep: nested(200) }, /deep/],
      ['a long text in an indexed field', { _id: 'a', kind: 'x'.repeat(3000) }, /kind/],
    ])('refuses to insert %s', async (_name, document, message) => {
      await expect(things().insert(document as Document)).rejects.toEqual(refused(message));
      expect(await things().find({}, { sort: { due: 1 } })).toEqual([]);
    });

    it('refuses limits that are none', async () => {
      for (const options of [{ limit: -1 }, { limit: 1.5 }, { skip: -1 }, { skip: Number.NaN }]) {
        await expect(things().find({ kind: 'k' }, options)).rejects.toEqual(refused(/limit|skip/));
      }
      await expect(things().find({ kind: 'k' }, { sort: { rank: 2 as 1 } })).rejects.toEqual(refused(/rank/));
    });

    it('refuses a collection that the schema does not have', () => {
      expect(() => store().collection('secrets')).toThrow(refused(/secrets/));
      expect(() => store().collection('constructor')).toThrow(refused(/constructor/));
      expect(() => store().collection('__proto__')).toThrow(refused(/__proto__/));
    });

    it('quotes no value in a refusal', async () => {
      const secret = '0512345678';
      await things().insert({ _id: 'a', code: secret, text: secret });
      const failures = await Promise.allSettled([
        things().insert({ _id: 'b', code: secret }),
        things().insert({ _id: 'a' }),
        things().find({ text: secret }),
        things().findOneAndUpdate({ _id: 'a' }, { $inc: { text: 1 } }),
        things().insert({ _id: 'c', kind: [secret] as never }),
      ]);
      for (const failure of failures) {
        expect(failure.status).toBe('rejected');
        expect(String(failure.status === 'rejected' && failure.reason)).not.toContain(secret);
      }
    });
  });
}
