import { inspect } from 'node:util';
import mongoose from 'mongoose';
import { describe, expect, it } from 'vitest';
import { describeError } from '../../../src/core/log.js';
import { openMongoStore, placeOf } from '../../../src/store/mongo/store.js';
import { databaseUri, dropDatabase, mongodbUri } from '../../fixtures/stores.js';

describe('a MongoDB server', () => {
  it('that is not there is told to the operator, without its password', async () => {
    const uri = 'mongodb://wasl:s3cret@127.0.0.1:1/wasl?serverSelectionTimeoutMS=200';
    const failure: unknown = await openMongoStore(uri).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'store_failed', message: expect.stringContaining('MONGODB_URI') });
    expect(inspect(describeError(failure))).not.toContain('s3cret');
    expect(String(failure)).not.toContain('s3cret');
  });

  it('whose address cannot be read is told to the operator, without the address', async () => {
    const failure: unknown = await openMongoStore('postgres://wasl:s3cret@host/db').catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'store_failed' });
    expect(inspect(describeError(failure))).not.toContain('s3cret');
  });

  it.skipIf(mongodbUri === undefined)('is named by host and database, and says when it is closed', async () => {
    const uri = databaseUri();
    const { store } = await openMongoStore(uri);
    expect(store.place).toContain(new URL(uri).host);
    expect(store.place).toContain(new URL(uri).pathname.slice(1));
    expect(store.shared).toBe(true);
    await store.ping();
    await store.close();
    await store.close();
    await expect(store.ping()).rejects.toMatchObject({ code: 'store_failed' });
    await expect(store.collection('settings').findOne({ _id: 'a' })).rejects.toMatchObject({ code: 'store_failed' });
    await dropDatabase(uri);
  });

  it.skipIf(mongodbUri === undefined)('is left as it is by who only reads', async () => {
    const uri = databaseUri();
    const { store } = await openMongoStore(uri, { readOnly: true });
    expect(await store.collection('conversations').count({ due: { $gt: 0 } })).toBe(0);
    await store.close();
    const connection = await mongoose.createConnection(uri).asPromise();
    expect(await connection.listCollections()).toEqual([]);
    await connection.close();
  });

  it.skipIf(mongodbUri === undefined)('opens again on the indexes that are there', async () => {
    const uri = databaseUri();
    for (let time = 0; time < 2; time += 1) {
      const { store } = await openMongoStore(uri);
      await store.close();
    }
    await dropDatabase(uri);
  });

  it.each([
    ['mongodb://wasl:s3cret@db.example:27017/wasl', 'db.example:27017'],
    ['mongodb://wasl:s3/c@r?et@db.example/wasl?w=1', 'db.example'],
    ['mongodb+srv://wasl:s3cret@cluster.example/?appName=wasl', 'cluster.example'],
    ['mongodb://one:1,two:2/wasl?replicaSet=rs', 'one:1,two:2'],
  ])('is named without the password: %s', (uri, host) => {
    expect(placeOf(uri, 'wasl')).toBe(`MongoDB at ${host}, database wasl`);
  });
});
