import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { lockFolder, type FolderLock } from '../../../src/store/embedded/lock.js';
import { openEmbeddedStore } from '../../../src/store/embedded/store.js';
import { temporaryFolder } from './folder.js';

const inUse = { name: 'StoreError', code: 'store_in_use', message: expect.stringContaining('Another Wasl') };

/** A socket file as a killed process leaves it. */
async function leaveStaleSocket(folder: string): Promise<void> {
  const script = `require('net').createServer().listen(${JSON.stringify(join(folder, 'lock'))}, () => console.log('on'))`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  child.kill('SIGKILL');
  await new Promise((resolve) => child.once('exit', resolve));
  expect(existsSync(join(folder, 'lock'))).toBe(true);
}

describe('the lock of a data folder', () => {
  it('is held by one, and given on', async () => {
    const folder = temporaryFolder();
    const lock = await lockFolder(folder);
    await expect(lockFolder(folder)).rejects.toMatchObject(inUse);
    await expect(lockFolder(join(folder, '.', 'x', '..'))).rejects.toMatchObject(inUse);
    await lock.release();
    await (await lockFolder(folder)).release();
  });

  it('lets one server open the store', async () => {
    const folder = temporaryFolder();
    const store = await openEmbeddedStore({ folder });
    await expect(openEmbeddedStore({ folder })).rejects.toMatchObject(inUse);
    await store.ping();
    await store.close();
    await (await openEmbeddedStore({ folder })).close();
  });

  it('is taken over from a process that was killed', async () => {
    const folder = temporaryFolder();
    await leaveStaleSocket(folder);
    const lock = await lockFolder(folder);
    await expect(lockFolder(folder)).rejects.toMatchObject(inUse);
    await lock.release();
  });

  it('is taken over by at most one of many', async () => {
    const folder = temporaryFolder();
    await leaveStaleSocket(folder);
    const outcomes = await Promise.allSettled(Array.from({ length: 12 }, () => lockFolder(folder)));
    const held = outcomes.filter(
      (outcome): outcome is PromiseFulfilledResult<FolderLock> => outcome.status === 'fulfilled',
    );
    expect(held).toHaveLength(1);
    for (const { value } of held) await value.release();
    await (await lockFolder(folder)).release();
  });

  it('works in a folder whose path is longer than the address of a socket', async () => {
    const folder = join(temporaryFolder(), 'a'.repeat(120), 'مجلد');
    mkdirSync(folder, { recursive: true });
    const lock = await lockFolder(folder);
    await expect(lockFolder(folder)).rejects.toMatchObject(inUse);
    await lock.release();
    await (await lockFolder(folder)).release();
  });

  it('does not remove what is no lock', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'lock'), 'mine');
    await expect(lockFolder(folder)).rejects.toMatchObject({ code: 'store_in_use' });
    expect(readFileSync(join(folder, 'lock'), 'utf8')).toBe('mine');
  });

  it('stays with another program that listens there', async () => {
    const folder = temporaryFolder();
    const other = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => other.listen(join(folder, 'lock'), resolve));
    onTestFinished(() => void other.close());
    await expect(lockFolder(folder)).rejects.toMatchObject(inUse);
  });

  it('says what to do when the folder cannot be made', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    await expect(openEmbeddedStore({ folder: join(file, 'data') })).rejects.toMatchObject({
      code: 'store_failed',
      message: expect.stringContaining('DATA_DIR'),
    });
  });
});
