import { setTimeout as sleep } from 'node:timers/promises';
import type { Model } from 'mongoose';
import { AppError, StoreError } from '../../core/errors.js';
import { checkFilter, checkFindOptions, checkUpdate, refuse } from '../check.js';
import type { Collection, CollectionSchema, Document, Filter, FindOptions, Update } from '../collection.js';
import { checkDocument, checkIndexedUpdate } from '../indexed.js';
import { planQuery } from '../plan.js';

/** One collection on MongoDB, through a Mongoose model. What the contract refuses is refused before the server is asked. */
export function createMongoCollection<T extends Document>(
  name: string,
  schema: CollectionSchema,
  model: Model<Document>,
): Collection<T> {
  const plan = (filter: Filter, sort?: FindOptions['sort']): void => {
    checkFilter(filter);
    planQuery(name, schema, { filter, ...(sort ? { sort } : {}) });
  };

  function checkChange(update: Update): void {
    checkUpdate(update);
    checkIndexedUpdate(update, schema);
  }

  async function find(filter: Filter, findOptions: FindOptions = {}): Promise<T[]> {
    checkFindOptions(findOptions);
    const { sort, limit, skip } = findOptions;
    plan(filter, sort);
    if (limit === 0) return [];
    const query = model.collection.find(filter as object, { ...(limit ? { limit } : {}), ...(skip ? { skip } : {}) });
    return (await answered(name, (sort ? query.sort(sort) : query).toArray())) as unknown as T[];
  }

  return {
    async insert(document) {
      checkDocument(document, schema);
      // The driver is handed a copy of the outermost object: it may add to it.
      await answered(
        name,
        insist(() => model.collection.insertOne({ ...document } as never)),
      );
    },
    find,
    findOne: async (filter) => (await find(filter, { limit: 1 }))[0],
    async findOneAndUpdate(filter, update, { sort } = {}) {
      checkFindOptions(sort ? { sort } : {});
      plan(filter, sort);
      checkChange(update);
      const options = { returnDocument: 'after' as const, ...(sort ? { sort } : {}) };
      const updated = await answered(
        name,
        insist(() => model.collection.findOneAndUpdate(filter as object, asMongo(update), options)),
      );
      return (updated ?? undefined) as T | undefined;
    },
    async updateMany(filter, update) {
      plan(filter);
      checkChange(update);
      const { matchedCount } = await answered(name, model.collection.updateMany(filter as object, asMongo(update)));
      return matchedCount;
    },
    async deleteMany(filter) {
      plan(filter);
      return (await answered(name, model.collection.deleteMany(filter as object))).deletedCount;
    },
    async count(filter) {
      plan(filter);
      return answered(name, model.collection.countDocuments(filter as object));
    },
  };
}

/** `$unset` takes an empty text in MongoDB, where the contract says `true`. */
const asMongo = ({ $unset, ...update }: Update): object => ({
  ...update,
  ...($unset ? { $unset: Object.fromEntries(Object.keys($unset).map((path) => [path, ''])) } : {}),
});

/** Of two writers who wait for each other FerretDB turns one away, with nothing written: that one asks again. */
async function insist<R>(ask: () => Promise<R>, tries = 8): Promise<R> {
  try {
    return await ask();
  } catch (error) {
    if (tries === 0 || !isDeadlock(error)) throw error;
    await sleep(Math.random() * 50);
    return insist(ask, tries - 1);
  }
}

/** Waits for the server, and says its failures in our words: its own quote values, and may quote the address. */
async function answered<R>(name: string, asked: Promise<R>): Promise<R> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof AppError) throw error;
    if (isDuplicate(error)) {
      throw new StoreError('store_duplicate', `A document with this key is in the collection ${name} already`);
    }
    if (isMismatch(error)) throw refuse(`An operator does not fit the value that it meets in ${name}`);
    throw new StoreError('store_failed', 'MongoDB did not answer, or refused. Is the server up and reachable?', {
      cause: error,
    });
  }
}

/** MongoDB says 11000. FerretDB says 1, an internal error, where `findOneAndUpdate` meets a unique index. */
function isDuplicate(error: unknown): boolean {
  const code = codeOf(error);
  if (code === 11000 || code === 11001) return true;
  return code === 1 && error instanceof Error && /duplicate key|conflicting key/.test(error.message);
}

const isDeadlock = (error: unknown): boolean =>
  codeOf(error) === 1 && error instanceof Error && error.message.includes('deadlock detected');

/**
 * BadValue, FailedToParse, TypeMismatch, PathNotViable, CannotBackfillArray:
 * https://www.mongodb.com/docs/manual/reference/error-codes/
 */
const mismatchCodes = new Set<unknown>([2, 9, 14, 28, 34]);

const isMismatch = (error: unknown): boolean => mismatchCodes.has(codeOf(error));

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);
