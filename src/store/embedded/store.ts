import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { open, type RootDatabase, type RootDatabaseOptions } from 'lmdb';
import { StoreError } from '../../core/errors.js';
import { refuse } from '../check.js';
import type { Collection, CollectionSchema, Document, Store } from '../collection.js';
import { schema as declared } from '../schema.js';
import { createEmbeddedCollection } from './collection.js';
import { guardDataFile } from './guard.js';
import { lockFolder } from './lock.js';
import { createWriter } from './writer.js';

/** The file is for this user only, also in a folder that is open to others. */
const settings: RootDatabaseOptions & { permissionsMode: number } = { maxDbs: 64, permissionsMode: 0o600 };

export interface EmbeddedStoreOptions {
  folder: string;
  /** For tools beside the running server: nothing is locked, and nothing can be written. */
  readOnly?: boolean;
  /** Called when a write did not reach the disk. What was acknowledged is safe; the process must end. */
  onFatal?: (error: unknown) => void;
  schema?: Record<string, CollectionSchema>;
}

/** Opens the store in one file of a folder, which is made when it is not there. */
export async function openEmbeddedStore(options: EmbeddedStoreOptions): Promise<Store> {
  const { folder, readOnly = false } = options;
  const schema: Record<string, CollectionSchema> = options.schema ?? declared;
  const file = join(folder, 'wasl.mdb');
  if (!readOnly) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = readOnly ? undefined : await lockFolder(folder);
  const root = await openFile(file, readOnly).catch(async (error: unknown) => {
    await lock?.release();
    throw error;
  });
  const entries = root.openDB<true>({ name: 'indexes' });
  const collections = new Map<string, Collection<Document>>();
  const documentsOf = new Map(Object.keys(schema).map((name) => [name, root.openDB<Document, string>({ name })]));
  let closed = false;

  function checkOpen(): void {
    if (closed) throw new StoreError('store_failed', 'The store is closed');
  }

  const write = createWriter(root, {
    checkWritable() {
      checkOpen();
      if (readOnly) throw refuse('The store was opened to read only');
    },
    failed: (error) => fatal(error, options.onFatal),
  });

  function make(name: string): Collection<Document> {
    if (!documentsOf.has(name)) throw refuse(`There is no collection ${name} in the schema`);
    const documents = documentsOf.get(name);
    // Only a file that is opened to read can lack it: lmdb makes it otherwise.
    if (!documents || !entries) throw new StoreError('store_failed', `${file} was not written by this version of Wasl`);
    const collection = createEmbeddedCollection<Document>({
      name,
      schema: schema[name]!,
      documents,
      entries,
      write,
      checkOpen,
    });
    collections.set(name, collection);
    return collection;
  }

  return {
    place: file,
    shared: false,
    // The caller names the document type of its own collection: one name, one type, as `app.ts` composes them.
    collection: <T extends Document>(name: string) => (collections.get(name) ?? make(name)) as unknown as Collection<T>,
    async ping() {
      checkOpen();
      if (!readOnly) await write(() => undefined);
    },
    async close() {
      if (closed) return;
      closed = true;
      await root.close();
      await lock?.release();
    },
  };
}

/** What was acknowledged is safe. What comes after might not be, so the process must end. */
function fatal(error: unknown, onFatal: EmbeddedStoreOptions['onFatal']): StoreError {
  const failure = new StoreError('store_failed', 'The data could not be written. Is the disk full?', { cause: error });
  // lmdb says why in a second promise, which nobody else waits for.
  if (error instanceof Error && 'commitError' in error) void ignored(error.commitError);
  onFatal?.(failure);
  return failure;
}

async function ignored(promise: unknown): Promise<void> {
  try {
    await promise;
  } catch {
    // The failure is told already.
  }
}

async function openFile(file: string, readOnly: boolean): Promise<RootDatabase> {
  guardDataFile(file);
  try {
    if (!readOnly && !existsSync(file)) await makeFile(file);
    return open({ ...settings, path: file, readOnly });
  } catch (error) {
    throw new StoreError(
      'store_failed',
      `The data file ${file} could not be opened. May this user read and write it?`,
      { cause: error },
    );
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
  rmSync(`${unfinished}-lock`, { force: true });
}
