import { StoreError } from '../../src/core/errors.js';
import type { Collection } from '../../src/store/collection.js';
import type { Step } from './arbitraries.js';
import type { Thing } from './contract.js';

/** Takes steps one after another; gives what each answered, and what is there at the end. */
export async function play(collection: Collection<Thing>, steps: readonly Step[]): Promise<unknown[]> {
  const answers: unknown[] = [];
  for (const step of steps) answers.push(await take(collection, step));
  answers.push(await everything(collection));
  return answers;
}

export async function clear(collection: Collection<Thing>): Promise<void> {
  await collection.deleteMany({ _id: { $in: (await everything(collection)).map(({ _id }) => _id) } });
}

const everything = async (collection: Collection<Thing>): Promise<Thing[]> =>
  byId(await collection.find({}, { sort: { due: 1 } }));

const byId = (things: readonly Thing[]): Thing[] => things.toSorted((a, b) => (a._id < b._id ? -1 : 1));

async function take(collection: Collection<Thing>, step: Step): Promise<unknown> {
  try {
    return (await answer(collection, step)) ?? 'nothing';
  } catch (error) {
    if (error instanceof StoreError) return error.code;
    throw error;
  }
}

async function answer(collection: Collection<Thing>, step: Step): Promise<unknown> {
  switch (step.type) {
    case 'insert':
      await collection.insert(step.document);
      return 'inserted';
    case 'findOneAndUpdate':
      return collection.findOneAndUpdate(step.filter, step.update);
    case 'updateMany':
      return collection.updateMany(step.filter, step.update);
    case 'deleteMany':
      return collection.deleteMany(step.filter);
    case 'count':
      return collection.count(step.filter);
    case 'find': {
      if (!('kind' in step.filter)) return byId(await collection.find(step.filter));
      // Which of two with the same rank comes first is nobody's promise.
      const sorted = await collection.find(step.filter, { sort: { rank: step.sort }, skip: step.skip });
      return sorted.map(({ rank }) => rank ?? null);
    }
    default:
      return step satisfies never;
  }
}
