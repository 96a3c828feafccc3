import type { Database, Key } from 'lmdb';
import { StoreError } from '../../core/errors.js';
import { checkFilter, checkJson, checkUpdate, isScalar, refuse } from '../check.js';
import type {
  Collection,
  CollectionSchema,
  Document,
  Filter,
  FindOptions,
  Index,
  Scalar,
  Update,
} from '../collection.js';
import { planQuery, type Plan } from '../plan.js';
import { matches, valuesAt } from './match.js';
import { createRecent } from './recent.js';
import { updated } from './update.js';
import type { Write } from './writer.js';

export interface EmbeddedOptions {
  name: string;
  schema: CollectionSchema;
  documents: Database<Document, string>;
  /** Index entries of all collections: `[collection.number, ...values, _id]`. */
  entries: Database<true>;
  write: Write;
}

type EntryKey = Scalar[];

/** How many documents of a collection are kept decoded. */
const recentDocuments = 2000;

interface Reading {
  read: (id: string) => Document | undefined;
}

/** A document's entry in each index, in the schema's order; none where a unique index leaves it out. */
type Keys = (EntryKey | undefined)[];

/** lmdb takes keys of 1,978 bytes. */
const longestValue = 400;

/** One collection on lmdb. An atomic step is a read, an update and a put inside one write transaction. */
export function createEmbeddedCollection<T extends Document>(options: EmbeddedOptions): Collection<T> {
  const { name, schema, write, documents, entries } = options;
  const prefixes = schema.indexes.map((_, number) => `${name}.${number}`);

  /** The document as the last write left it, decoded once; reads outside a write see only what is committed. */
  const latest = createRecent<Document>(recentDocuments);
  const current = (id: string): Document | undefined => latest.get(id) ?? documents.get(id);

  function put(document: Document, removed: Keys = []): void {
    const added = keysOf(document);
    for (const [number, key] of added.entries()) {
      if (key && schema.indexes[number]?.unique && !sameKey(key, removed[number])) refuseTaken(key, document._id);
    }
    for (const [number, key] of added.entries()) {
      const old = removed[number];
      if (sameKey(key, old)) continue;
      if (old) void entries.remove(asKey(old));
      if (key) void entries.put(asKey(key), true);
    }
    void documents.put(document._id, document);
  }

  function refuseTaken(key: EntryKey, id: string): void {
    const prefix = key.slice(0, -1);
    for (const taken of entries.getKeys({ start: asKey(prefix), end: asKey([...prefix, highest]), limit: 1 })) {
      if (idOf(taken) !== id) throw duplicate(name);
    }
  }

  function keysOf(document: Document): Keys {
    return schema.indexes.map((index, number) => entryKey(prefixes[number]!, index, document));
  }

  function* found(plan: Plan, filter: Filter, read: (id: string) => Document | undefined): Generator<T> {
    for (const id of idsOf(plan)) {
      const document = read(id);
      if (document && matches(document, filter)) yield document as T;
    }
  }

  function idsOf(plan: Plan): Iterable<string> {
    if (plan.type === 'ids') return plan.ids;
    const { start, end } = bounds(prefixes[plan.number]!, plan);
    const [from, to] = plan.reverse ? [end, start] : [start, end];
    return entries.getKeys({ start: asKey(from), end: asKey(to), reverse: plan.reverse }).map(idOf);
  }

  const plan = (filter: Filter, sort?: FindOptions['sort']): Plan => {
    checkFilter(filter);
    return planQuery(name, schema, { filter, ...(sort ? { sort } : {}) });
  };

  function collect(filter: Filter, options: FindOptions = {}): T[] {
    return take(plan(filter, options.sort), filter, { ...options, read: (id) => documents.get(id) });
  }

  function take(way: Plan, filter: Filter, { sort, limit = Infinity, skip = 0, read }: FindOptions & Reading): T[] {
    const documentsFound: T[] = [];
    const sorted = way.type === 'ids' && sort !== undefined && way.ids.length > 1;
    let place = 0;
    for (const document of found(way, filter, read)) {
      if (!sorted && place >= skip + limit) break;
      if (sorted || place >= skip) documentsFound.push(document);
      place += 1;
    }
    return sorted ? documentsFound.toSorted(comparing(sort)).slice(skip, skip + limit) : documentsFound;
  }

  function change(document: T, update: Update): T {
    const after = updated(document, update);
    put(after, keysOf(document));
    latest.set(after._id, after);
    return after;
  }

  return {
    async insert(document) {
      checkJson(document, name);
      await write(() => {
        if (current(document._id)) throw duplicate(name);
        put(document);
      });
    },
    findOne: async (filter) => collect(filter, { limit: 1 })[0],
    find: async (filter, findOptions) => collect(filter, findOptions),
    async findOneAndUpdate(filter, update, { sort } = {}) {
      const way = plan(filter, sort);
      checkUpdate(update);
      return write(() => {
        const [document] = take(way, filter, { limit: 1, read: current, ...(sort ? { sort } : {}) });
        return document ? change(document, update) : undefined;
      });
    },
    async updateMany(filter, update) {
      checkUpdate(update);
      const ids = collect(filter).map(({ _id }) => _id);
      const changed = await Promise.all(
        ids.map((id) =>
          write(() => {
            const document = current(id);
            if (!document || !matches(document, filter)) return 0;
            change(document as T, update);
            return 1;
          }),
        ),
      );
      return changed.reduce<number>((sum, one) => sum + one, 0);
    },
    async deleteMany(filter) {
      const ids = collect(filter).map(({ _id }) => _id);
      const deleted = await Promise.all(ids.map((id) => write(() => remove(id, filter))));
      return deleted.reduce<number>((sum, one) => sum + one, 0);
    },
    count: async (filter) => collect(filter).length,
  };

  function remove(id: string, filter: Filter): number {
    const document = current(id);
    if (!document || !matches(document, filter)) return 0;
    for (const key of keysOf(document)) if (key) void entries.remove(asKey(key));
    void documents.remove(id);
    latest.delete(id);
    return 1;
  }
}

/** Sorts after every value: lmdb orders null, numbers, booleans, then text. */
const highest = '\u{10FFFF}';

function bounds(
  prefix: string,
  { equal, range }: Extract<Plan, { type: 'index' }>,
): { start: EntryKey; end: EntryKey } {
  const base: EntryKey = [prefix, ...equal];
  const { lower, upper } = range ?? {};
  // A range holds values of its own type only: `due <= now` must not walk through all that have no `due`.
  const least = upper ? [typeof upper.value === 'number' ? -Number.MAX_VALUE : ''] : [];
  const most = lower && typeof lower.value === 'number' ? [Number.MAX_VALUE, highest] : [highest];
  return {
    start: lower ? [...base, lower.value, ...(lower.inclusive ? [] : [highest])] : [...base, ...least],
    end: upper ? [...base, upper.value, ...(upper.inclusive ? [highest] : [])] : [...base, ...most],
  };
}

function entryKey(prefix: string, index: Index, document: Document): EntryKey | undefined {
  const key: EntryKey = [prefix];
  for (const field of index.fields) {
    const { whole } = valuesAt(document, field);
    const [value] = whole;
    if (value === undefined && index.unique) return undefined;
    key.push(indexable(field, value));
  }
  return [...key, document._id];
}

function indexable(field: string, value: unknown): Scalar {
  if (value === undefined) return null;
  if (!isScalar(value)) throw refuse(`The indexed field ${field} must hold text, a number, true, false or null`);
  if (typeof value === 'string' && value.length > longestValue) throw refuse(`The indexed field ${field} is too long`);
  return value;
}

function sameKey(a: EntryKey | undefined, b: EntryKey | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.length === b.length && a.every((value, place) => value === b[place]);
}

function comparing(sort: NonNullable<FindOptions['sort']>) {
  return (a: object, b: object): number => {
    for (const [field, way] of Object.entries(sort)) {
      const [left, right] = [valuesAt(a, field).whole[0] ?? null, valuesAt(b, field).whole[0] ?? null];
      if (left === right) continue;
      return (left === null || (right !== null && (left as string) < (right as string)) ? -1 : 1) * way;
    }
    return 0;
  };
}

/** lmdb's own order of null, numbers, booleans and text is used; its types leave null out. */
const asKey = (key: EntryKey): Key => key as Key;

const idOf = (key: Key): string => (Array.isArray(key) ? String(key.at(-1)) : String(key));

const duplicate = (name: string): StoreError =>
  new StoreError('store_duplicate', `A document with this key is in the collection ${name} already`);
