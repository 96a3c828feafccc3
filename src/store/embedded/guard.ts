import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { StoreError } from '../../core/errors.js';

/** LMDB's own marks: http://www.lmdb.tech/doc/group__internal.html, MDB_MAGIC and the meta page's layout. */
const magic = 0xbeefc0de;
const magicAt = 24;
const pageSizeAt = 48;
const lastPageAt = 144;
const transactionAt = 152;

/**
 * Looks at a data file before lmdb does, because lmdb may end the process, or begin anew, over a damaged one. Throws
 * `store_corrupt`; the file is left as it is. A file that is not there is well.
 */
export function guardDataFile(file: string): void {
  const size = sizeOf(file);
  if (size === undefined) return;
  const head = Buffer.alloc(64 * 1024 + 256);
  const handle = openSync(file, 'r');
  try {
    readSync(handle, head, 0, head.length, 0);
  } finally {
    closeSync(handle);
  }
  if (head.readUInt32LE(magicAt) !== magic) throw corrupt(file, 'it does not begin as a data file does');
  const pageSize = head.readUInt32LE(pageSizeAt);
  if (pageSize < 512 || pageSize > 65_536 || head.readUInt32LE(pageSize + magicAt) !== magic) {
    throw corrupt(file, 'its second page is damaged');
  }
  const newest = head.readBigUInt64LE(transactionAt) >= head.readBigUInt64LE(pageSize + transactionAt) ? 0 : pageSize;
  const pages = Number(head.readBigUInt64LE(newest + lastPageAt)) + 1;
  if (size < pages * pageSize) throw corrupt(file, 'its end is missing');
}

function sizeOf(file: string): number | undefined {
  const facts = statSync(file, { throwIfNoEntry: false });
  if (!facts) return undefined;
  if (!facts.isFile()) throw corrupt(file, 'it is not a file');
  if (facts.size === 0) throw corrupt(file, 'it is empty');
  return facts.size;
}

const corrupt = (file: string, why: string): StoreError =>
  new StoreError(
    'store_corrupt',
    `The data file ${file} is damaged: ${why}. It was left as it is. Restore a backup, or move the file away to begin anew.`,
  );
