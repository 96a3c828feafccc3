import { hkdfSync, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StoreError } from '../core/errors.js';

/** The deployment's one secret, and keys derived from it, one for each purpose. */
export interface DataKey {
  /** 32 bytes for `purpose`; the same purpose always gives the same key. */
  derive(purpose: string): Buffer;
  /** True when the key was made just now: the operator should know that it must be kept. */
  made: boolean;
}

/** Takes the key that is given, or the one kept in `data.key`, or makes one there. */
export function openDataKey(dataFolder: string, given?: string): DataKey {
  if (given !== undefined) return keyOf(Buffer.from(given, 'base64'), false);
  const file = join(dataFolder, 'data.key');
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const made = makeOnce(file);
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
  if (key.length === 32) return keyOf(key, made);
  throw new StoreError(
    'store_corrupt',
    `${file} does not hold a key of 32 bytes. Restore it from a backup; it was left as it is.`,
  );
}

/** Two processes may start at once: only one of them makes the file. */
function makeOnce(file: string): boolean {
  try {
    writeFileSync(file, `${randomBytes(32).toString('base64')}\n`, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw new StoreError('store_failed', `${file} could not be written. May this user write to DATA_DIR?`, {
      cause: error,
    });
  }
}

const keyOf = (key: Buffer, made: boolean): DataKey => ({
  derive: (purpose) => Buffer.from(hkdfSync('sha256', key, '', `wasl ${purpose}`, 32)),
  made,
});
