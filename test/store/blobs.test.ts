import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { systemIds } from '../../src/core/ids.js';
import { BlobTooLarge } from '../../src/store/blobs.js';
import { createFolderBlobs } from '../../src/store/embedded/blobs.js';
import { openStore } from '../../src/store/open.js';
import { describeOnEachStore } from '../fixtures/stores.js';
import { temporaryFolder } from './embedded/folder.js';

async function* chunks(...parts: (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield Buffer.from(part as string);
}

async function whole(content: AsyncIterable<Uint8Array> | undefined): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of content ?? chunks('nothing')) parts.push(part);
  return Buffer.concat(parts);
}

describeOnEachStore('contents', (open) => {
  it('come back as they were, with their size and digest', async () => {
    const { blobs } = await open();
    const content = Buffer.alloc(700_001, 'صورة');
    const stored = await blobs.put(chunks(content.subarray(0, 1), content.subarray(1)), { limit: 1_000_000 });
    expect(stored.size).toBe(content.length);
    expect(stored.sha256).toBe(createHash('sha256').update(content).digest('hex'));
    expect((await whole(await blobs.open(stored.id))).equals(content)).toBe(true);
  });

  it('have ids of their own, also when they are the same', async () => {
    const { blobs } = await open();
    const ids = await Promise.all(Array.from({ length: 10 }, () => blobs.put(chunks('same'), { limit: 10 })));
    expect(new Set(ids.map(({ id }) => id)).size).toBe(10);
  });

  it('may be as long as the limit, and no longer', async () => {
    const { blobs } = await open();
    expect((await blobs.put(chunks('12345'), { limit: 5 })).size).toBe(5);
    await expect(blobs.put(chunks('123', '456'), { limit: 5 })).rejects.toBeInstanceOf(BlobTooLarge);
  });

  it('that break off are not kept, and say why', async () => {
    const { blobs } = await open();
    const broken = new Error('the sender has gone');
    async function* content(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('half');
      throw broken;
    }
    await expect(blobs.put(content(), { limit: 100 })).rejects.toBe(broken);
  });

  it('can be deleted, more than once', async () => {
    const { blobs } = await open();
    const { id } = await blobs.put(chunks('gone soon'), { limit: 100 });
    await blobs.delete(id);
    await blobs.delete(id);
    expect(await blobs.open(id)).toBeUndefined();
  });

  it('are not found under what is no id of ours', async () => {
    const { blobs } = await open();
    for (const id of [
      '',
      'x',
      '../wasl.mdb',
      '/etc/passwd',
      '..%2fwasl.mdb',
      `${'a'.repeat(30)}/../x`,
      '\0',
      'a'.repeat(24),
    ]) {
      expect(await blobs.open(id)).toBeUndefined();
      await blobs.delete(id);
    }
  });
});

it('leaves nothing of a content that was not kept, and lets nobody else read', async () => {
  const folder = join(temporaryFolder(), 'files');
  const blobs = createFolderBlobs(folder, systemIds);
  const { id } = await blobs.put(chunks('kept'), { limit: 100 });
  await expect(blobs.put(chunks('too long'), { limit: 1 })).rejects.toThrow('more than 1 bytes');
  expect(readdirSync(folder)).toEqual([id]);
  expect(statSync(folder).mode & 0o077).toBe(0);
  expect(statSync(join(folder, id)).mode & 0o077).toBe(0);
});

it('does not reach outside its folder', async () => {
  const data = temporaryFolder();
  mkdirSync(join(data, 'files'));
  const secret = join(data, 'data-key-of-the-deployment');
  writeFileSync(secret, 'secret');
  const blobs = createFolderBlobs(join(data, 'files'), systemIds);
  expect(await blobs.open('../data-key-of-the-deployment')).toBeUndefined();
  await blobs.delete('../data-key-of-the-deployment');
  expect(existsSync(secret)).toBe(true);
});

it('removes at the start what a killed process was writing, and nothing else', async () => {
  const dataFolder = temporaryFolder();
  const files = join(dataFolder, 'files');
  const { id } = await createFolderBlobs(files, systemIds).put(chunks('kept'), { limit: 100 });
  writeFileSync(join(files, `${'a'.repeat(24)}.part`), 'half');
  const { store } = await openStore({ dataFolder, ids: systemIds });
  expect(readdirSync(files)).toEqual([id]);
  await store.close();
});

it('says when the folder of contents cannot be written', async () => {
  const folder = join(temporaryFolder(), 'files');
  writeFileSync(folder, 'a file where the folder should be');
  const blobs = createFolderBlobs(folder, systemIds);
  await expect(blobs.put(chunks('x'), { limit: 100 })).rejects.toMatchObject({ code: 'store_failed' });
});
