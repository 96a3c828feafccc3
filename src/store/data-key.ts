import { hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, StoreError } from '../core/errors.js';
import type { Store } from './collection.js';
import { insertOnce } from './insert-once.js';
import type { SettingRecord } from './setting.js';
import { syncFolderNow } from './sync-folder.js';

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
  try {
    const made = !existsSync(file) && makeOnce(dataFolder, file);
    return keyOf(readKey(file), made);
  } catch (cause) {
    if (cause instanceof StoreError) throw cause;
    throw new StoreError('store_failed', `${file} could not be read or written. May this user do so?`, { cause });
  }
}

/**
 * Refuses a key that is not the one that this data was first opened with: what is sealed could not be read, and people
 * would not be found again.
 */
export async function checkDataKey(store: Store, key: DataKey): Promise<void> {
  const records = store.collection<SettingRecord<string>>('settings');
  const own = { _id: 'data-key', value: key.derive('mark of the key').toString('base64url') };
  if (await insertOnce(records, own)) return;
  if ((await records.findOne({ _id: own._id }))?.value === own.value) return;
  throw new ConfigError([
    `DATA_KEY, or data.key in DATA_DIR, is not the key of the data in ${store.place}. Restore that key from a backup; several servers on one MongoDB need the same DATA_KEY.`,
  ]);
}

function readKey(file: string): Buffer {
  const text = readFileSync(file, 'utf8').trim();
  const key = Buffer.from(text, 'base64');
  // Node passes over in silence what is not base64.
  if (key.length === 32 && /^[A-Za-z0-9+/_-]{43}=?$/.test(text)) return key;
  throw new StoreError(
    'store_corrupt',
    `${file} does not hold a key of 32 bytes. Restore it from a backup; it was left as it is.`,
  );
}

/**
 * Two processes may start at once: only one of them makes the file, and it has its name only when it is whole and on
 * the disk. Without the key nothing that it sealed can be read again.
 */
function makeOnce(dataFolder: string, file: string): boolean {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const unfinished = `${file}.${process.pid}`;
  rmSync(unfinished, { force: true });
  try {
    writeFileSync(unfinished, `${randomBytes(32).toString('base64')}\n`, { flag: 'wx', mode: 0o600, flush: true });
    return nameOnce(unfinished, file);
  } finally {
    rmSync(unfinished, { force: true });
    syncFolderNow(dataFolder);
  }
}

function nameOnce(unfinished: string, file: string): boolean {
  try {
    linkSync(unfinished, file);
    return true;
  } catch {
    if (existsSync(file)) return false;
    // Some file systems know no second names.
    renameSync(unfinished, file);
    return true;
  }
}

const keyOf = (key: Buffer, made: boolean): DataKey => ({
  derive: (purpose) => Buffer.from(hkdfSync('sha256', key, '', `wasl ${purpose}`, 32)),
  made,
});
