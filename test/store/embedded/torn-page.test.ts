import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openEmbeddedStore } from '../../../src/store/embedded/store.js';
import { contractSchema, type Thing } from '../contract.js';
import { temporaryFolder } from './folder.js';

const pageSize = 4096;
const pageHeader = 24;

const damaged = { name: 'StoreError', code: 'store_corrupt', message: expect.stringContaining('Restore a backup') };

/** Three documents; the content of one lies on pages of its own, of which the first is wiped. */
async function withWipedPage(): Promise<string> {
  const folder = temporaryFolder();
  const store = await openEmbeddedStore({ folder, schema: contractSchema });
  const things = store.collection<Thing>('things');
  for (const _id of ['before', 'behind']) await things.insert({ _id, kind: 'k', rank: 1 });
  await things.insert({ _id: 'long', kind: 'l', rank: 1, text: 'a mark to find it by'.repeat(1000) });
  await store.close();
  const file = join(folder, 'wasl.mdb');
  const bytes = readFileSync(file);
  const page = Math.floor(bytes.indexOf('a mark to find it by') / pageSize) * pageSize;
  bytes.fill(0, page + pageHeader, page + pageSize);
  writeFileSync(file, bytes);
  return folder;
}

describe('a page that is damaged in the middle of a sound file', () => {
  it('is told to the operator by whoever reads or changes what is on it, and keeps nobody else away', async () => {
    const store = await openEmbeddedStore({ folder: await withWipedPage(), schema: contractSchema });
    const things = store.collection<Thing>('things');
    await expect(things.findOne({ _id: 'long' })).rejects.toMatchObject(damaged);
    await expect(things.find({ kind: { $in: ['k', 'l'] } })).rejects.toMatchObject(damaged);
    await expect(things.findOneAndUpdate({ _id: 'long' }, { $set: { rank: 2 } })).rejects.toMatchObject(damaged);
    expect(await things.count({ kind: 'k' })).toBe(2);
    expect(await things.findOneAndUpdate({ _id: 'before' }, { $set: { rank: 2 } })).toMatchObject({ rank: 2 });
    await store.close();
  });
});

describe('a file whose description leads nowhere', () => {
  it('is refused as damaged, and left as it is', async () => {
    const folder = await withWipedPage();
    const file = join(folder, 'wasl.mdb');
    const bytes = readFileSync(file);
    // The root of the newest snapshot, on both pages that describe one.
    for (const meta of [0, pageSize]) bytes.writeBigUInt64LE(1n << 40n, meta + 136);
    writeFileSync(file, bytes);
    await expect(openEmbeddedStore({ folder, schema: contractSchema })).rejects.toMatchObject({
      code: 'store_corrupt',
      message: expect.stringContaining(file),
    });
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });
});
