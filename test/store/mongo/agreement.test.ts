import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openEmbeddedStore } from '../../../src/store/embedded/store.js';
import { openMongoStore } from '../../../src/store/mongo/store.js';
import { databaseUri, dropDatabase, mongodbUri } from '../../fixtures/stores.js';
import { steps } from '../arbitraries.js';
import { contractSchema, type Thing } from '../contract.js';
import { clear, play } from '../play.js';

describe('the embedded store', () => {
  it.skipIf(mongodbUri === undefined)(
    'answers whatever is asked as a MongoDB server does',
    async () => {
      const uri = databaseUri();
      const folder = mkdtempSync(join(tmpdir(), 'wasl-agreement-'));
      const embedded = await openEmbeddedStore({ folder, schema: contractSchema });
      const { store: mongo } = await openMongoStore(uri, { schema: contractSchema });
      onTestFinished(async () => {
        await Promise.all([embedded.close(), mongo.close()]);
        await dropDatabase(uri);
        rmSync(folder, { recursive: true, force: true });
      });
      const ours = embedded.collection<Thing>('things');
      const theirs = mongo.collection<Thing>('things');
      await fc.assert(
        fc
          .asyncProperty(steps, async (wanted) => {
            expect(await play(ours, wanted)).toEqual(await play(theirs, wanted));
            await Promise.all([clear(ours), clear(theirs)]);
          })
          .afterEach(() => Promise.all([clear(ours), clear(theirs)])),
        { numRuns: 60 },
      );
    },
    300_000,
  );
});
