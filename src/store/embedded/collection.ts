import type { Database } from 'lmdb';
import { StoreError } from '../../core/errors.js';
import { createRecent } from '../../core/recent.js';
import { checkFilter, checkFindOptions, checkUpdate } from '../check.js';
import type { Collection, CollectionSchema, Document, Filter, FindOptions, Update } from '../collection.js';
import { checkDocument, checkIndexedUpdate, isTooLong, longestId } from '../indexed.js';
import { isExact, planQuery, type Plan } from '../plan.js';
import { copyOf, wellFormed } from './copy.js';
import { beginningWith, entryKey, sameKey, stretches, type EntryKey } from './keys.js';
import { matches } from './match.js';
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

/** A document's entry in an index, as it was and as it is to be; none where a unique index leaves it out. */
interface Move {
  added: EntryKey | undefined;
  removed: EntryKey | undefined;
  unique: boolean;
}

/** One collection on lmdb. An atomic step is a read, an update and a put inside one write transaction. */
export function createEmbeddedCollection<T extends Document>(options: EmbeddedOptions): Collection<T> {
  const { name, schema, write } = options;
  const tables = createTables(name, options.documents, options.entries);
  const indexes = schema.indexes.map((index, number) => ({
    index,
    prefix: `${name}.${number}`,
    /** The fields of the document that hold what is indexed. */
    roots: index.fields.map((field) => field.split('.', 1)[0]!),
  }));

  /** The document as the last write left it, decoded once; reads outside a write see only what is committed. */
  const latest = createRecent<Document>(recentDocuments);
  const current: Read = (id) => latest.get(id) ?? tables.get(id);
  const committed: Read = tables.get;

  /** Refuses before the first put: lmdb keeps what a step has put before it threw. */
  function put(document: Document, before?: Document): void {
    const moves = movesOf(document, before);
    for (const { added, unique } of moves) if (added && unique) refuseTaken(added);
    for (const { added, removed } of moves) {
      if (removed) tables.removeEntry(removed);
      if (added) tables.addEntry(added);
    }
    tables.put(document);
  }

  /** The entries that a change moves. What a change has not touched is the same object as before, and has the same entry. */
  function movesOf(document: Document, before?: Document): Move[] {
    const moves: Move[] = [];
    for (const { prefix, index, roots } of indexes) {
      if (before && roots.every((root) => fieldOf(before, root) === fieldOf(document, root))) continue;
      const added = entryKey(prefix, index, document);
      const removed = before && entryKey(prefix, index, before);
      if (!sameKey(added, removed)) moves.push({ added, removed, unique: index.unique === true });
    }
    return moves;
  }

  function refuseTaken(key: EntryKey): void {
    for (const _ of tables.ids(beginningWith(key.slice(0, -1)), { limit: 1 })) throw duplicate(name);
  }

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
    const lines = stretches(indexes[way.number]!.prefix, way).map((stretch) =>
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

  /** By the index alone where it can tell: a list of many thousands counts all of them for each of its pages. */
  function count(wanted: Query): number {
    const { way, filter } = wanted;
    if (way.type === 'ids') return collect(wanted).length;
    const { index, prefix } = indexes[way.number]!;
    if (!isExact(index, way, filter)) return collect(wanted).length;
    return stretches(prefix, way).reduce((sum, stretch) => sum + tables.count(stretch), 0);
  }

  function change(document: T, update: Update): T {
    const after = updated(document, update);
    if (after === document) return document;
    put(after, document);
    latest.set(after._id, after);
    return after;
  }

  function remove(document: T): void {
    for (const { prefix, index } of indexes) {
      const key = entryKey(prefix, index, document);
      if (key) tables.removeEntry(key);
    }
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
    count: async (filter) => count(query(filter)),
  };
}

const fieldOf = (document: Document, name: string): unknown => (document as unknown as Record<string, unknown>)[name];

/** Lets go of lmdb's cursor before anything is changed. */
function first<T>(documents: Iterable<T>): T | undefined {
  for (const document of documents) return document;
  return undefined;
}

const duplicate = (name: string): StoreError =>
  new StoreError('store_duplicate', `A document with this key is in the collection ${name} already`);
