import { expect, it } from 'vitest';
import { openEmbeddedStore } from '../../../src/store/embedded/store.js';
import { contractSchema, type Thing } from '../contract.js';
import { temporaryFolder } from './folder.js';

it('lets writes take effect in the order in which they were handed in', async () => {
  const store = await openEmbeddedStore({ folder: temporaryFolder(), schema: contractSchema });
  const things = store.collection<Thing>('things');
  const plain = store.collection<Thing>('plain');
  const outcomes = await Promise.all([
    things.insert({ _id: 'a', kind: 'k', count: 1 }),
    things.insert({ _id: 'b', kind: 'k', count: 1 }),
    things.updateMany({ kind: 'k' }, { $inc: { count: 1 } }),
    plain.insert({ _id: 'a' }),
    things.findOneAndUpdate({ _id: 'a' }, { $set: { kind: 'l' } }),
    things.deleteMany({ kind: 'k' }),
    things.insert({ _id: 'b', kind: 'k' }),
    plain.findOneAndUpdate({ _id: 'a' }, { $set: { text: 'x' } }),
    things.deleteMany({ _id: 'a', count: 2 }),
  ]);
  expect(outcomes).toEqual([
    undefined,
    undefined,
    2,
    undefined,
    { _id: 'a', kind: 'l', count: 2 },
    1,
    undefined,
    { _id: 'a', text: 'x' },
    1,
  ]);
  expect(await things.find({ kind: { $in: ['k', 'l'] } })).toEqual([{ _id: 'b', kind: 'k' }]);
  await store.close();
});
