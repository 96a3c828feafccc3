import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ids } from '../../core/ids.js';
import { BlobTooLarge, isBlobId, type Blobs } from '../blobs.js';

/** Contents as files of one folder, readable by this user only. A file has its name only when it is whole and synced. */
export function createFolderBlobs(folder: string, ids: Ids): Blobs {
  const pathOf = (id: string): string => join(folder, id);

  async function write(path: string, content: AsyncIterable<Uint8Array>, limit: number) {
    const file = await open(path, 'wx', 0o600);
    const digest = createHash('sha256');
    let size = 0;
    try {
      for await (const chunk of content) {
        size += chunk.length;
        if (size > limit) throw new BlobTooLarge(`more than ${limit} bytes`);
        digest.update(chunk);
        await file.writeFile(chunk);
      }
      await file.sync();
    } finally {
      await file.close();
    }
    return { size, sha256: digest.digest('hex') };
  }

  return {
    async put(content, { limit }) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const id = ids.secret(18);
      const unfinished = `${pathOf(id)}.part`;
      try {
        const facts = await write(unfinished, content, limit);
        await rename(unfinished, pathOf(id));
        await syncFolder(folder);
        return { id, ...facts };
      } catch (error) {
        await rm(unfinished, { force: true });
        throw error;
      }
    },
    async open(id) {
      if (!isBlobId(id)) return undefined;
      const facts = await stat(pathOf(id)).catch(() => undefined);
      return facts?.isFile() ? createReadStream(pathOf(id)) : undefined;
    },
    async delete(id) {
      if (isBlobId(id)) await rm(pathOf(id), { force: true });
    },
  };
}

/** The name of a new file is on the disk only when its folder is. Windows syncs no folders. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
