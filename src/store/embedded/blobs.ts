import { createHash } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { StoreError } from '../../core/errors.js';
import type { Ids } from '../../core/ids.js';
import { BlobTooLarge, isBlobId, type Blobs } from '../blobs.js';
import { syncFolder } from '../sync-folder.js';

const unfinishedEnding = '.part';

/** Contents as files of one folder, readable by this user only. A file has its name only when it is whole and synced. */
export function createFolderBlobs(folder: string, ids: Ids): Blobs {
  const pathOf = (id: string): string => join(folder, id);

  async function create(path: string): Promise<FileHandle> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return open(path, 'wx', 0o600);
  }

  async function finish(unfinished: string, path: string): Promise<void> {
    await rename(unfinished, path);
    await syncFolder(folder);
  }

  return {
    async put(content, { limit }) {
      const id = ids.secret(18);
      const unfinished = `${pathOf(id)}${unfinishedEnding}`;
      try {
        const facts = await write(await done(create(unfinished)), content, limit);
        await done(finish(unfinished, pathOf(id)));
        return { id, ...facts };
      } catch (error) {
        await rm(unfinished, { force: true }).catch(() => undefined);
        throw error;
      }
    },
    async open(id) {
      if (!isBlobId(id)) return undefined;
      const file = await done(openThere(pathOf(id)));
      return file?.createReadStream();
    },
    async delete(id) {
      if (isBlobId(id)) await done(rm(pathOf(id), { force: true }));
    },
  };
}

/** Removes what a killed process was writing. Only for the one who holds the folder. */
export async function removeUnfinishedBlobs(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const unfinished = names.filter((name) => name.endsWith(unfinishedEnding));
  await Promise.all(unfinished.map((name) => rm(join(folder, name), { force: true })));
}

async function write(file: FileHandle, content: AsyncIterable<Uint8Array>, limit: number) {
  const digest = createHash('sha256');
  let size = 0;
  try {
    for await (const chunk of content) {
      size += chunk.length;
      if (size > limit) throw new BlobTooLarge(`more than ${limit} bytes`);
      digest.update(chunk);
      await done(file.writeFile(chunk));
    }
    await done(file.sync());
  } finally {
    await file.close();
  }
  return { size, sha256: digest.digest('hex') };
}

async function openThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Our disk's failure, which is not the sender's. */
async function done<R>(work: Promise<R>): Promise<R> {
  try {
    return await work;
  } catch (cause) {
    throw new StoreError('store_failed', 'A file could not be kept or read. Is the disk full, or not ours to write?', {
      cause,
    });
  }
}
