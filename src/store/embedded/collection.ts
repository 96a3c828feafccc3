import type { Database } from 'lmdb';
import { StoreError } from '../../core/errors.js';
import { checkFilter, checkFindOptions, checkUpdate } from '../check.js';
import type { Collection, CollectionSchema, Document, Filter, FindOptions, Update } from '../collection.js';
import { checkDocument, checkIndexedUpdate, isTooLong, longestId } from '../indexed.js';
import { planQuery, type Plan } from '../plan.js';
import { copyOf, wellFormed } from './copy.js';
import { beginningWith, entryKey, sameKey, stretches, type EntryKey } from './keys.js';
import { matches } from './match.js';
import { createRecent } from '../../core/recent.js';
import { comparing, merged } from './sort.js';
import { createTables } from './tables.js';
import { updated } from './update.js';
import type { Write } from './writer.js';

export interface EmbeddedOptions {
  name: string;
  schema: CollectionSchema;
  documents: Database<Document, string>;
  /** Index entries of all collections: `[collection.number, ...values, _id]`. */
  entries: Database<true>;
  write: Write;
  /** Throws when nothing can be read any more. */
  checkOpen(): void;
}

/** How many documents of a collection are kept decoded. */
const recentDocuments = 2000;

interface Query {
  filter: Filter;
  sort?: FindOptions['sort'];
  way: Plan;
}

type Read = (id: string) => Document | undefined;

/** A document's entry in each index, in the schema's order; none where a unique index leaves it out. */
type Keys = readonly (EntryKey | undefined)[];

/** One collection on lmdb. An atomic step is a read, an update and a put inside one write transaction. */
export function createEmbeddedCollection<T extends Document>(options: EmbeddedOptions): Collection<T> {
  const { name, schema, write } = options;
  const tables = createTables(name, options.documents, options.entries);
  const prefixes = schema.indexes.map((_, number) => `${name}.${number}`);

  /** The document as the last write left it, decoded once; reads outside a write see only what is committed. */
  const latest = createRecent<Document>(recentDocuments);
  const current: Read = (id) => latest.get(id) ?? tables.get(id);
  const committed: Read = tables.get;

  /** Refuses before the first put: lmdb keeps what a step has put before it threw. */
  function put(document: Document, removed: Keys = []): void {
    const added = keysOf(document);
    for (const [number, key] of added.entries()) {
      if (key && schema.indexes[number]?.unique && !sameKey(key, removed[number])) refuseTaken(key);
    }
    for (const [number, key] of added.entries()) {
      const old = removed[number];
      if (sameKey(key, old)) continue;
      if (old) tables.removeEntry(old);
      if (key) tables.addEntry(key);
    }
    tables.put(document);
  }

  function refuseTaken(key: EntryKey): void {
    for (const _ of tables.ids(beginningWith(key.slice(0, -1)), { limit: 1 })) throw duplicate(name);
  }

  const keysOf = (document: Document): Keys =>
    schema.indexes.map((index, number) => entryKey(prefixes[number]!, index, document));

  /** A query that the contract allows, with the way to its documents. The caller may change what it gave us. */
  function query(given: Filter, sort?: FindOptions['sort']): Query {
    options.checkOpen();
    checkFilter(given);
    const filter = wellFormed(given);
    const wanted = sort ? { filter, sort: { ...sort } } : { filter };
    return { ...wanted, way: planQuery(name, schema, wanted) };
  }

  function* matching(ids: Iterable<string>, filter: Filter, read: Read): Generator<T> {
    for (const id of ids) {
      const document = isTooLong(id, longestId) ? undefined : read(id);
      if (document && matches(document, filter)) yield document as T;
    }
  }

  /** What a query leads to, in the order asked for. */
  function found({ way, filter, sort }: Query, read: Read): Iterable<T> {
    if (way.type === 'ids') {
      const documentsFound = matching(way.ids, filter, read);
      return sort && way.ids.length > 1 ? [...documentsFound].toSorted(comparing(sort)) : documentsFound;
    }
    const lines = stretches(prefixes[way.number]!, way).map((stretch) =>
      matching(tables.ids(stretch, { reverse: way.reverse }), filter, read),
    );
    return merged(lines, sort);
  }

  function ask(filter: Filter, findOptions: FindOptions = {}): T[] {
    checkFindOptions(findOptions);
    return collect(query(filter, findOptions.sort), findOptions);
  }

  function collect(wanted: Query, { limit = Infinity, skip = 0 }: FindOptions = {}): T[] {
    const documentsFound: T[] = [];
    if (limit === 0) return documentsFound;
    let place = 0;
    for (const document of found(wanted, committed)) {
      if (place >= skip) documentsFound.push(document);
      place += 1;
      if (place >= skip + limit) break;
    }
    return documentsFound;
  }

  function change(document: T, update: Update): T {
    const after = updated(document, update);
    if (after === document) return document;
    put(after, keysOf(document));
    latest.set(after._id, after);
    return after;
  }

  function remove(document: T): void {
    for (const key of keysOf(document)) if (key) tables.removeEntry(key);
    tables.remove(document._id);
    latest.delete(document._id);
  }

  function checkedChange(update: Update): Update {
    checkUpdate(update);
    checkIndexedUpdate(update, schema);
    return wellFormed(update);
  }

  /** In one step, so that it finds what was handed in before it; it ends at the first document that is refused. */
  function each(wanted: Query, step: (document: T) => void): Promise<number> {
    return write(() => {
      const documentsFound = [...found(wanted, current)];
      for (const document of documentsFound) step(document);
      return documentsFound.length;
    });
  }

  return {
    async insert(given) {
      checkDocument(given, schema);
      const document = wellFormed(given);
      await write(() => {
        if (tables.has(document._id)) throw duplicate(name);
        put(document);
      });
    },
    findOne: async (filter) => ask(filter, { limit: 1 })[0],
    find: async (filter, findOptions) => ask(filter, findOptions),
    async findOneAndUpdate(filter, update, findOptions = {}) {
      checkFindOptions(findOptions);
      const wanted = query(filter, findOptions.sort);
      const wantedChange = checkedChange(update);
      return write(() => {
        const document = first(found(wanted, current));
        return document && copyOf(change(document, wantedChange));
      });
    },
    async updateMany(filter, update) {
      const wanted = query(filter);
      const wantedChange = checkedChange(update);
      return each(wanted, (document) => void change(document, wantedChange));
    },
    deleteMany: async (filter) => each(query(filter), remove),
    count: async (filter) => ask(filter).length,
  };
}

/** Lets go of lmdb's cursor before anything is changed. */
function first<T>(documents: Iterable<T>): T | undefined {
  for (const document of documents) return document;
  return undefined;
}

const duplicate = (name: string): StoreError =>
  new StoreError('store_duplicate', `A document with this key is in the collection ${name} already`);
