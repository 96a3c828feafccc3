/**
 * The storage contract: a small subset of MongoDB's own language, the same on the embedded store and on MongoDB.
 * What is not in it is refused by name (`StoreError` `store_refused`), before anything is read or written: an operator
 * that is not listed here, and a filter or sort that no declared index serves.
 *
 * Every write resolves when the disk has it (embedded: synced; MongoDB: majority, journaled). Documents are plain JSON:
 * no `undefined`, no dates, no class instances; an indexed field holds a string, a number, a boolean, null or nothing.
 */
export interface Collection<T extends Document> {
  /** Rejects with `StoreError` `store_duplicate` when `_id` or a unique index is taken. */
  insert(document: T): Promise<void>;
  findOne(filter: Filter<T>): Promise<T | undefined>;
  find(filter: Filter<T>, options?: FindOptions<T>): Promise<T[]>;
  /**
   * One atomic step: of the documents that match, the first (in `sort` order) is changed. Resolves to the document as
   * it is afterwards, or to undefined when none matched. Rejects with `store_duplicate` when a unique index is taken
   * and with `store_refused` when an operator does not fit the value it meets (`$inc` on text, `$push` on a number);
   * then nothing has changed.
   */
  findOneAndUpdate(
    filter: Filter<T>,
    update: Update<T>,
    options?: Pick<FindOptions<T>, 'sort'>,
  ): Promise<T | undefined>;
  /** Resolves to the number of documents changed. Each changes atomically, all of them together do not. */
  updateMany(filter: Filter<T>, update: Update<T>): Promise<number>;
  /** Resolves to the number of documents deleted. */
  deleteMany(filter: Filter<T>): Promise<number>;
  count(filter: Filter<T>): Promise<number>;
}

export interface Document {
  _id: string;
}

/** Fields, also dotted paths into objects and arrays of objects (`inbox.id`), joined by "and". */
export type Filter<_T = unknown> = { readonly [field: string]: Condition };

export type Scalar = string | number | boolean | null;

/** A value stands for equality; null also matches a field that is not there, as in MongoDB. */
export type Condition = Scalar | { [operator in FilterOperator]?: unknown };

export const filterOperators = ['$eq', '$ne', '$gt', '$gte', '$lt', '$lte', '$in', '$nin', '$exists', '$size'] as const;
export type FilterOperator = (typeof filterOperators)[number];

/** `$push` takes a value, or `{$each: [...], $slice: -n}` which keeps the last n. `$pull` takes a value or conditions. */
export interface Update<_T = unknown> {
  $set?: Record<string, unknown>;
  $unset?: Record<string, true>;
  $inc?: Record<string, number>;
  $max?: Record<string, number | string>;
  $min?: Record<string, number | string>;
  $push?: Record<string, unknown>;
  $pull?: Record<string, unknown>;
}

export const updateOperators = ['$set', '$unset', '$inc', '$max', '$min', '$push', '$pull'] as const;

export interface FindOptions<_T = unknown> {
  /** Served by the same index as the filter: equal fields first, then these in the index's order, or all reversed. */
  sort?: Record<string, 1 | -1>;
  limit?: number;
  skip?: number;
}

export interface Index {
  /** Fields in order, ascending; dotted paths into objects (not into arrays). */
  fields: readonly string[];
  /** No two documents hold the same values; a document that lacks one of the fields is left out (partial index). */
  unique?: true;
}

/** What `schema.ts` declares for each collection. `_id` is always unique and indexed. */
export interface CollectionSchema {
  indexes: readonly Index[];
}

export interface Store {
  /** Collections are declared once, in `schema.ts`; a name that is not there is refused. */
  collection<T extends Document>(name: string): Collection<T>;
  /** Answers when the store can write; rejects with `StoreError` when it cannot. For `/readyz` and the doctor. */
  ping(): Promise<void>;
  /** Where the data is, for the operator: a folder, or a MongoDB address without its password. */
  readonly place: string;
  /** True when writes take effect in the order in which they were handed in, also those of different collections. */
  readonly ordered: boolean;
  /** True when another process may change the data too, so that waiting readers must look again by themselves. */
  readonly shared: boolean;
  /** Waits for what was written; further calls reject. Idempotent. */
  close(): Promise<void>;
}
