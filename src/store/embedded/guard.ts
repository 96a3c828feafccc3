import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { StoreError } from '../../core/errors.js';
import { isWhole, metaAt, type Meta, type ReadAt } from './pages.js';

/**
 * Looks at a data file before lmdb does, because lmdb may end the process, or begin anew, over a damaged one. Throws
 * `store_corrupt`; the file is left as it is. A file that is not there is well.
 */
export function guardDataFile(file: string): void {
  const facts = statSync(file, { throwIfNoEntry: false });
  if (!facts) return;
  if (!facts.isFile()) throw damagedFile(file, 'it is not a file');
  if (facts.size === 0) throw damagedFile(file, 'it is empty');
  const handle = openFile(file);
  try {
    inspect(file, (position, length) => {
      const bytes = Buffer.alloc(length);
      readSync(handle, bytes, 0, length, position);
      return bytes;
    });
  } finally {
    closeSync(handle);
  }
}

/** A server that runs beside us may write while we look: then we look again. */
const looks = 20;

function inspect(file: string, read: ReadAt): void {
  for (let look = 1; ; look += 1) {
    const [newest, ...older] = metasOf(file, read);
    if (!newest) throw damagedFile(file, 'it does not begin as a data file does');
    // Free pages at the end need not be in the file, so only a short file is looked through page by page.
    const { size } = statSync(file);
    if (size >= newest.pages * newest.pageSize || isWhole(read, newest, size)) return;
    if (newest.unsynced && older.some((meta) => !meta.unsynced && isWhole(read, meta, size))) return;
    if (look === looks || metasOf(file, read)[0]?.transaction === newest.transaction) {
      throw damagedFile(file, 'its end is missing');
    }
  }
}

/** The snapshots that a file describes, the newest first: two in turn, and the last one known to be on the disk. */
function metasOf(file: string, read: ReadAt): Meta[] {
  const first = metaAt(read, 0);
  if (!first) return [];
  const second = metaAt(read, first.pageSize);
  if (!second) throw damagedFile(file, 'its second page is damaged');
  const synced = metaAt(read, first.pageSize / 2);
  return [first, second, ...(synced ? [synced] : [])].toSorted((a, b) => Number(b.transaction - a.transaction));
}

function openFile(file: string): number {
  try {
    return openSync(file, 'r');
  } catch (error) {
    throw new StoreError('store_failed', `The data file ${file} cannot be read. May this user read it?`, {
      cause: error,
    });
  }
}

export const damagedFile = (file: string, why: string, cause?: unknown): StoreError =>
  new StoreError(
    'store_corrupt',
    `The data file ${file} is damaged: ${why}. It was left as it is. Restore a backup, or move the file away to begin anew.`,
    cause === undefined ? {} : { cause },
  );
