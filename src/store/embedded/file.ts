import { existsSync, mkdirSync, renameSync, rmSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { open, type Database, type RootDatabase, type RootDatabaseOptions } from 'lmdb';
import { StoreError } from '../../core/errors.js';
import type { Document } from '../collection.js';
import { syncFolderNow } from '../sync-folder.js';
import { damagedFile, guardDataFile } from './guard.js';

/** An open data file: a table for each collection, and one for all index entries. */
export interface DataFile {
  root: RootDatabase;
  documents: ReadonlyMap<string, Database<Document, string>>;
  entries: Database<true>;
}

export interface DataFileOptions {
  file: string;
  readOnly: boolean;
  collections: readonly string[];
}

/** The file is for this user only, also in a folder that is open to others. */
const settings: RootDatabaseOptions & { permissionsMode: number } = { maxDbs: 64, permissionsMode: 0o600 };

/** Makes the file when it is not there, and refuses it when it is damaged. */
export async function openDataFile(options: DataFileOptions): Promise<DataFile> {
  const { file, readOnly } = options;
  guardDataFile(file);
  if (readOnly && !existsSync(file))
    throw failed(`There is no data in ${dirname(file)}. Start the server there first.`);
  if (!readOnly) checkRoom(dirname(file));
  try {
    if (!existsSync(file)) await makeFile(file);
    return await openTables(options);
  } catch (cause) {
    if (cause instanceof StoreError) throw cause;
    if (isDamage(cause)) throw damagedFile(file, 'lmdb cannot read it', cause);
    throw failed(`The data file ${file} could not be opened. May this user read and write it?`, cause);
  }
}

async function openTables({ file, readOnly, collections }: DataFileOptions): Promise<DataFile> {
  const root = open({ ...settings, path: file, readOnly });
  // A file that is opened to read only may lack a table, which its types do not say; otherwise lmdb makes it.
  const openTable = (name: string): Database | undefined => root.openDB({ name });
  const entries = openTable('indexes');
  const tables = collections.map((name) => [name, openTable(name)] as const);
  const documents = tables.filter((table): table is [string, Database<Document, string>] => table[1] !== undefined);
  if (entries && documents.length === tables.length) return { root, entries, documents: new Map(documents) };
  await root.close();
  throw failed(`The data in ${dirname(file)} is older than this version of Wasl. Start the server there once.`);
}

/** lmdb may end the process, without a word, on a disk that is full when it begins. */
const leastRoom = 1024 * 1024;

function checkRoom(folder: string): void {
  if (roomIn(folder) >= leastRoom) return;
  throw failed(`The disk that holds ${folder} is full. Make room there, then start again.`);
}

function roomIn(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    // Not every file system can say.
    return Infinity;
  }
}

export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw failed(`The folder ${folder} could not be made. Set DATA_DIR to another one.`, cause);
  }
}

/** A new file has its name only when it is whole: a process killed in its first moments leaves nothing damaged. */
async function makeFile(file: string): Promise<void> {
  const unfinished = `${file}.new`;
  for (const left of [unfinished, `${unfinished}-lock`]) rmSync(left, { force: true });
  const root = open({ ...settings, path: unfinished });
  await root.put('wasl', true);
  await root.close();
  renameSync(unfinished, file);
  syncFolderNow(dirname(file));
  rmSync(`${unfinished}-lock`, { force: true });
}

/** MDB_PAGE_NOTFOUND, MDB_CORRUPTED, MDB_VERSION_MISMATCH, MDB_INVALID in lmdb.h. */
const damageCodes = new Set<unknown>([-30797, -30796, -30794, -30793]);

const isDamage = (error: unknown): boolean => error instanceof Error && 'code' in error && damageCodes.has(error.code);

const failed = (message: string, cause?: unknown): StoreError =>
  new StoreError('store_failed', message, cause === undefined ? {} : { cause });
