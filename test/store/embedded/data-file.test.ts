import { copyFileSync, mkdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { guardDataFile } from '../../../src/store/embedded/guard.js';
import { openEmbeddedStore } from '../../../src/store/embedded/store.js';
import { contractSchema, type Thing } from '../contract.js';
import { temporaryFolder } from './folder.js';

const open = (folder: string) => openEmbeddedStore({ folder, schema: contractSchema });

/** A data folder with documents, some of them on pages of their own. */
async function filled(documents = 300): Promise<string> {
  const folder = temporaryFolder();
  const store = await open(folder);
  const things = store.collection<Thing>('things');
  const inserts = Array.from({ length: documents }, (_, number) =>
    things.insert({ _id: `t${number}`, kind: 'k', rank: number, text: 'ن'.repeat(number % 10 === 0 ? 20_000 : 50) }),
  );
  await Promise.all(inserts);
  await store.close();
  return folder;
}

describe('a data file', () => {
  it('is there again when it is opened again', async () => {
    const folder = await filled();
    for (let time = 0; time < 3; time += 1) {
      const store = await open(folder);
      expect(await store.collection<Thing>('things').count({ kind: 'k', rank: { $gte: 0 } })).toBe(300);
      await store.close();
    }
  });

  it('is for its owner only', async () => {
    const folder = await filled(1);
    expect(statSync(join(folder, 'wasl.mdb')).mode & 0o077).toBe(0);
  });

  const garbage = Buffer.from('not a data file, but long enough to look at '.repeat(1000));
  it.each<[string, (file: string) => void]>([
    ['is empty', (file) => writeFileSync(file, '')],
    ['holds garbage', (file) => writeFileSync(file, garbage)],
    ['holds zeros', (file) => writeFileSync(file, Buffer.alloc(100_000))],
    ['holds a few bytes', (file) => writeFileSync(file, 'x')],
    ['has lost half', (file) => truncateSync(file, Math.floor(statSync(file).size / 2))],
    ['has lost its last page', (file) => truncateSync(file, statSync(file).size - 4096)],
    ['has only its first page', (file) => truncateSync(file, 4096)],
    ['has a damaged first page', (file) => overwrite(file, 0, garbage.subarray(0, 4096))],
    ['has a damaged second page', (file) => overwrite(file, 4096, garbage.subarray(0, 4096))],
  ])('that %s is refused, named, and left as it is', async (_name, damage) => {
    const folder = await filled();
    const file = join(folder, 'wasl.mdb');
    damage(file);
    const before = readFileSync(file);
    for (let time = 0; time < 2; time += 1) {
      await expect(open(folder)).rejects.toMatchObject({
        name: 'StoreError',
        code: 'store_corrupt',
        message: expect.stringContaining(file),
      });
    }
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('that is a folder is refused', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'wasl.mdb'));
    await expect(open(folder)).rejects.toMatchObject({ code: 'store_corrupt' });
  });

  it('gives the folder free when it is refused', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'wasl.mdb'), 'x');
    await expect(open(folder)).rejects.toMatchObject({ code: 'store_corrupt' });
    await expect(open(folder)).rejects.toMatchObject({ code: 'store_corrupt' });
  });

  it('is sound however it was cut, or is refused', async () => {
    const whole = join(await filled(), 'wasl.mdb');
    const { size } = statSync(whole);
    const cut = join(temporaryFolder(), 'wasl.mdb');
    for (let length = size - 1; length > 0; length -= 4096 * 13 + 7) {
      copyFileSync(whole, cut);
      truncateSync(cut, length);
      expect(() => guardDataFile(cut)).toThrow(/damaged/);
    }
  });

  it('is sound at every moment of a busy life, also where free pages at its end were never written', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'wasl.mdb');
    const store = await open(folder);
    const things = store.collection<Thing>('things');
    let shorter = 0;
    for (let round = 0; round < 150; round += 1) {
      const _id = `t${round}`;
      await things.insert({ _id, kind: 'k', rank: round });
      // In one transaction: the pages of the long text are given out, and are free again.
      const text = 'x'.repeat(((round * 7919) % 60_000) + 1);
      const update = things.findOneAndUpdate({ _id }, { $set: { text } });
      await Promise.all([update, things.deleteMany({ _id })]);
      expect(() => guardDataFile(file)).not.toThrow();
      if (isShorterThanItsPages(file)) shorter += 1;
    }
    await store.close();
    expect(shorter).toBeGreaterThan(0);
  });
});

function overwrite(file: string, position: number, bytes: Buffer): void {
  const content = readFileSync(file);
  bytes.copy(content, position);
  writeFileSync(file, content);
}

function isShorterThanItsPages(file: string): boolean {
  const head = readFileSync(file).subarray(0, 8192);
  const newest = head.readBigUInt64LE(152) >= head.readBigUInt64LE(4096 + 152) ? 0 : 4096;
  return statSync(file).size < (Number(head.readBigUInt64LE(newest + 144)) + 1) * 4096;
}
