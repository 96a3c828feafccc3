import { join, resolve } from 'node:path';
import { StoreError } from '../../core/errors.js';
import { refuse } from '../check.js';
import type { Collection, CollectionSchema, Document, Store } from '../collection.js';
import { schema as declared } from '../schema.js';
import { createEmbeddedCollection } from './collection.js';
import { makeFolder, openDataFile } from './file.js';
import { lockFolder } from './lock.js';
import { createWriter } from './writer.js';

export interface EmbeddedStoreOptions {
  folder: string;
  /** For tools beside the running server: nothing is locked, and nothing can be written. */
  readOnly?: boolean;
  /** Called once, when a write did not reach the disk. What was acknowledged is safe; the process must end. */
  onFatal?: (error: unknown) => void;
  schema?: Record<string, CollectionSchema>;
}

/** Opens the store in one file of a folder, which is made when it is not there. */
export async function openEmbeddedStore(options: EmbeddedStoreOptions): Promise<Store> {
  const { folder, readOnly = false } = options;
  const schema: Record<string, CollectionSchema> = options.schema ?? declared;
  const file = join(resolve(folder), 'wasl.mdb');
  if (!readOnly) makeFolder(folder);
  const lock = readOnly ? undefined : await lockFolder(folder);
  const data = await openDataFile({ file, readOnly, collections: Object.keys(schema) }).catch(
    async (error: unknown) => {
      await lock?.release();
      throw error;
    },
  );
  let closed = false;
  let broken: StoreError | undefined;

  /** What was acknowledged is safe. What comes after would not be, so nothing more is written, and the process must end. */
  function breakDown(error: unknown): StoreError {
    ignoreReason(error);
    if (broken) return broken;
    broken = new StoreError('store_failed', 'The data could not be written. Is the disk full?', { cause: error });
    options.onFatal?.(broken);
    return broken;
  }

  function checkOpen(): void {
    if (closed) throw new StoreError('store_failed', 'The store is closed');
  }

  const write = createWriter(data.root, {
    checkWritable() {
      checkOpen();
      if (readOnly) throw refuse('The store was opened to read only');
      if (broken) throw broken;
    },
    failed: breakDown,
  });

  const collections = new Map(
    [...data.documents].map(([name, documents]): [string, Collection<Document>] => {
      const { entries } = data;
      return [name, createEmbeddedCollection({ name, schema: schema[name]!, documents, entries, write, checkOpen })];
    }),
  );

  return {
    place: file,
    ordered: true,
    shared: false,
    collection<T extends Document>(name: string) {
      const collection = collections.get(name);
      if (!collection) throw refuse(`There is no collection ${name} in the schema`);
      // The caller names the document type of its own collection: one name, one type, as `app.ts` composes them.
      return collection as unknown as Collection<T>;
    },
    async ping() {
      checkOpen();
      if (!readOnly) await write(() => undefined);
    },
    async close() {
      if (closed) return;
      closed = true;
      // After a failed write lmdb would wait for ever; what was acknowledged needs no closing.
      if (!broken) await data.root.close();
      await lock?.release();
    },
  };
}

/** lmdb says why a write failed in a second promise, which nobody else waits for. */
function ignoreReason(error: unknown): void {
  if (error instanceof Error && 'commitError' in error) void Promise.allSettled([error.commitError]);
}
