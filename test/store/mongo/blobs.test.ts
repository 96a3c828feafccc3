import { randomBytes } from 'node:crypto';
import mongoose from 'mongoose';
import { expect, it, onTestFinished } from 'vitest';
import { BlobTooLarge } from '../../../src/store/blobs.js';
import { openMongoStore } from '../../../src/store/mongo/store.js';
import { databaseUri, dropDatabase, mongodbUri } from '../../fixtures/stores.js';

it.skipIf(mongodbUri === undefined)('leaves nothing on the server of a content that was not kept', async () => {
  const uri = databaseUri();
  const { store, blobs } = await openMongoStore(uri);
  const connection = await mongoose.createConnection(uri).asPromise();
  onTestFinished(async () => {
    await Promise.all([store.close(), connection.close()]);
    await dropDatabase(uri);
  });
  const left = () =>
    Promise.all(['blobs.files', 'blobs.chunks'].map((name) => connection.collection(name).countDocuments({})));

  async function* large(end: 'whole' | 'broken'): AsyncGenerator<Uint8Array> {
    for (let part = 0; part < 40; part += 1) yield randomBytes(50_000);
    if (end === 'broken') throw new Error('reset by peer');
  }
  await expect(blobs.put(large('whole'), { limit: 1_900_000 })).rejects.toBeInstanceOf(BlobTooLarge);
  await expect(blobs.put(large('broken'), { limit: 9_000_000 })).rejects.toThrow('reset by peer');
  expect(await left()).toEqual([0, 0]);
  const { id } = await blobs.put(large('whole'), { limit: 9_000_000 });
  expect(await left()).toEqual([1, 8]);
  await blobs.delete(id);
  expect(await left()).toEqual([0, 0]);
});
