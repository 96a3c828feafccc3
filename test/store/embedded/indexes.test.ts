import { join } from 'node:path';
import * as fc from 'fast-check';
import { open, type Key } from 'lmdb';
import { expect, it } from 'vitest';
import type { Document } from '../../../src/store/collection.js';
import { entryKey } from '../../../src/store/embedded/keys.js';
import { openEmbeddedStore } from '../../../src/store/embedded/store.js';
import { steps } from '../arbitraries.js';
import { contractSchema, type Thing } from '../contract.js';
import { clear, play } from '../play.js';
import { temporaryFolder } from './folder.js';

/** What is in the file: the entries that its documents should have, and those that it has. */
async function entriesOf(folder: string) {
  const root = open({ path: join(folder, 'wasl.mdb'), readOnly: true });
  const documents = root.openDB<Document, string>({ name: 'things' });
  const due = [...documents.getRange()].flatMap(({ value }) =>
    contractSchema.things.indexes.flatMap((index, number) => {
      const key = entryKey(`things.${number}`, index, value);
      return key ? [JSON.stringify(key)] : [];
    }),
  );
  const there = [...root.openDB<true, Key>({ name: 'indexes' }).getKeys()].map((key) => JSON.stringify(key));
  const count = documents.getCount();
  await root.close();
  return { due: due.toSorted(), there: there.toSorted(), count };
}

it('keeps an entry for each document in each index, and none besides, whatever is done', async () => {
  const folder = temporaryFolder();
  let most = 0;
  const property = fc.asyncProperty(steps, async (wanted) => {
    const store = await openEmbeddedStore({ folder, schema: contractSchema });
    await clear(store.collection<Thing>('things'));
    await play(store.collection<Thing>('things'), wanted);
    await store.close();
    const { due, there, count } = await entriesOf(folder);
    expect(there).toEqual(due);
    most = Math.max(most, count);
  });
  await fc.assert(property, { numRuns: Number(process.env['RUNS'] ?? 40) });
  expect(most).toBeGreaterThan(2);
});
