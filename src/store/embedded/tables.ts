import type { Database } from 'lmdb';
import { StoreError } from '../../core/errors.js';
import type { Document } from '../collection.js';
import { asKey, idOf, type EntryKey, type Stretch } from './keys.js';

/**
 * One collection's documents, and the index entries of all collections. lmdb has no checksums, so a damaged page shows
 * only when it is read: then the operator hears of the damage, and not of lmdb's numbers.
 */
export interface Tables {
  get(id: string): Document | undefined;
  has(id: string): boolean;
  /** The ids at the end of the entries in a stretch, in their order or against it. */
  ids(stretch: Stretch, options?: { reverse?: boolean; limit?: number }): Generator<string>;
  /** How many entries are in a stretch. */
  count(stretch: Stretch): number;
  /** Only inside a write. */
  put(document: Document): void;
  remove(id: string): void;
  addEntry(key: EntryKey): void;
  removeEntry(key: EntryKey): void;
}

export function createTables(name: string, documents: Database<Document, string>, entries: Database<true>): Tables {
  function tried<R>(step: () => R): R {
    try {
      return step();
    } catch (error) {
      throw damaged(name, error);
    }
  }

  return {
    get: (id) => tried(() => documents.get(id)),
    has: (id) => tried(() => documents.doesExist(id)),
    *ids({ start, end }, { reverse = false, limit } = {}) {
      const [from, to] = reverse ? [end, start] : [start, end];
      const range = { start: asKey(from), end: asKey(to), reverse, ...(limit === undefined ? {} : { limit }) };
      try {
        for (const key of entries.getKeys(range)) yield idOf(key);
      } catch (error) {
        throw damaged(name, error);
      }
    },
    count: ({ start, end }) => tried(() => entries.getKeysCount({ start: asKey(start), end: asKey(end) })),
    put: (document) => tried(() => void documents.put(document._id, document)),
    remove: (id) => tried(() => void documents.remove(id)),
    addEntry: (key) => tried(() => void entries.put(asKey(key), true)),
    removeEntry: (key) => tried(() => void entries.remove(asKey(key))),
  };
}

const damaged = (name: string, cause: unknown): StoreError =>
  new StoreError('store_corrupt', `Some of ${name} cannot be read: the data file is damaged. Restore a backup.`, {
    cause,
  });
