import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openEmbeddedStore } from '../../../src/store/embedded/store.js';
import { temporaryFolder } from './folder.js';

const child = fileURLToPath(new URL('full-disk-child.mjs', import.meta.url));
const schema = { things: { indexes: [{ fields: ['kind', 'rank'] }] } };

/** A disk of its own, as small as asked; undefined where this user may not mount one. */
function smallDisk(size: string): string | undefined {
  const folder = temporaryFolder();
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder], { stdio: 'ignore' });
  if (status !== 0) return undefined;
  onTestFinished(() => void spawnSync('umount', ['-l', folder]));
  return folder;
}

function run(folder: string): unknown {
  const { stdout } = spawnSync(process.execPath, [child, folder], { encoding: 'utf8', timeout: 100_000 });
  return JSON.parse(stdout);
}

describe('a full disk', () => {
  it('ends the writing, once and for all, and loses nothing that was acknowledged', async ({ skip }) => {
    const folder = smallDisk('5m') ?? skip('this user may not mount a small disk');
    writeFileSync(join(folder, 'ballast'), Buffer.alloc(1_500_000));
    const answer = run(folder) as { kept: number };
    const { kept } = answer;
    expect(kept).toBeGreaterThan(100);
    expect(answer).toEqual({
      kept,
      refused: { store_failed: 6000 - kept },
      fatal: 1,
      found: kept,
      ping: 'store_failed',
      close: 'done',
      main: 'done',
    });
    rmSync(join(folder, 'ballast'));
    const store = await openEmbeddedStore({ folder, schema });
    expect(await store.collection('things').count({ kind: 'row' })).toBe(kept);
    await store.close();
  });

  it('is told to the operator at the start, and nothing is left half made', async ({ skip }) => {
    const folder = smallDisk('512k') ?? skip('this user may not mount a small disk');
    await expect(openEmbeddedStore({ folder, schema })).rejects.toMatchObject({
      code: 'store_failed',
      message: expect.stringContaining('full'),
    });
    expect(readdirSync(folder)).toEqual([]);
  });
});
