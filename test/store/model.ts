import { StoreError } from '../../src/core/errors.js';
import type { Collection } from '../../src/store/collection.js';
import { matches } from '../../src/store/embedded/match.js';
import { updated } from '../../src/store/embedded/update.js';
import { compareScalars } from '../../src/store/order.js';
import type { Thing } from './contract.js';

/** A collection as a list that is read from end to end: no indexes, no plans, no transactions, no disk. */
export function createModel(): Collection<Thing> {
  let things: Thing[] = [];

  function put(thing: Thing, others: readonly Thing[]): void {
    const taken = others.some(({ _id, code }) => _id === thing._id || (code !== undefined && code === thing.code));
    if (taken) throw new StoreError('store_duplicate', 'taken');
    things = [...others, thing];
  }

  const found: Collection<Thing>['find'] = async (filter, { sort, skip = 0 } = {}) => {
    const all = things.filter((thing) => matches(thing, filter)).map((thing) => structuredClone(thing));
    const way = sort?.['rank'] ?? 1;
    return all.toSorted((a, b) => compareScalars(a.rank ?? null, b.rank ?? null) * way).slice(skip);
  };

  const change = (thing: Thing, update: Parameters<Collection<Thing>['updateMany']>[1]): Thing => {
    const after = updated(thing, update);
    put(after, things.filter((other) => other !== thing)); // prettier-ignore
    return structuredClone(after);
  };

  return {
    insert: async (thing) => put(structuredClone(thing), things),
    find: found,
    findOne: async (filter) => (await found(filter))[0],
    async findOneAndUpdate(filter, update) {
      const thing = things.find((one) => matches(one, filter));
      return thing && change(thing, update);
    },
    async updateMany(filter, update) {
      const matching = things.filter((thing) => matches(thing, filter));
      for (const thing of matching) change(thing, update);
      return matching.length;
    },
    async deleteMany(filter) {
      const before = things.length;
      things = things.filter((thing) => !matches(thing, filter));
      return before - things.length;
    },
    count: async (filter) => (await found(filter)).length,
  };
}
