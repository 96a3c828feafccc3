import * as fc from 'fast-check';
import type { Filter, Update } from '../../src/store/collection.js';
import type { Thing } from './contract.js';

/** What may be asked of a collection, in the small: few ids and values, so that they meet. */
export type Step =
  | { type: 'insert'; document: Thing }
  | { type: 'findOneAndUpdate'; filter: Filter; update: Update }
  | { type: 'updateMany'; filter: Filter; update: Update }
  | { type: 'deleteMany'; filter: Filter }
  | { type: 'count'; filter: Filter }
  | { type: 'find'; filter: Filter; sort: 1 | -1; skip: number };

const scalar = fc.constantFrom<string | number | boolean | null>(
  null,
  true,
  false,
  -1,
  0,
  1,
  2.5,
  7,
  '',
  'a',
  'b',
  'ب',
  '😀',
  '\uFFFD',
);
const comparable = fc.constantFrom<string | number | boolean>(true, false, 0, 1, 2.5, '', 'a', 'ب', '\uFFFD');
const id = fc.constantFrom('d0', 'd1', 'd2', 'd3', 'd4', 'd5');
const rank = fc.constantFrom<string | number | null>(null, -1, 0, 1, 2.5, 7, '', 'a', 'b', 'ب');
const item = fc.record(
  { id: fc.constantFrom('m1', 'm2', 'm3'), size: fc.constantFrom(1, 5, 9) },
  { requiredKeys: ['id'] },
);
const anything = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', '0'), tie('value'), { maxKeys: 2 }),
  ),
})).value;

const thing: fc.Arbitrary<Thing> = fc.record(
  {
    _id: id,
    kind: fc.constantFrom('k', 'l', null),
    rank,
    due: fc.constantFrom(null, 1, 2, 3),
    owner: fc.record({ name: fc.constantFrom('n', 'm', null) }, { requiredKeys: [] }),
    code: fc.constantFrom('c1', 'c2', 'c3', 'c4'),
    list: fc.array(scalar, { maxLength: 4 }),
    inbox: fc.array(item, { maxLength: 3 }),
    deep: anything,
    text: scalar,
    count: fc.integer({ min: -3, max: 3 }),
  },
  { requiredKeys: ['_id'] },
);

const condition = fc.oneof(
  scalar,
  fc.record({ $eq: scalar }),
  fc.record({ $ne: scalar }),
  fc.record({ $in: fc.array(scalar, { maxLength: 3 }) }),
  fc.record({ $nin: fc.array(scalar, { maxLength: 3 }) }),
  fc.record({ $exists: fc.boolean() }),
  fc.record({ $size: fc.integer({ min: 0, max: 3 }) }),
  fc.record({ $gt: comparable }),
  fc.record({ $gte: comparable, $lt: comparable }),
  fc.record({ $lte: comparable, $ne: scalar }),
);

const path = fc.constantFrom(
  'list',
  'inbox',
  'inbox.id',
  'inbox.size',
  'inbox.0',
  'inbox.1.size',
  'deep',
  'deep.a',
  'deep.a.b',
  'deep.0',
  'text',
  'count',
  'rank',
  'list.0',
  'list.0.a',
  'list.a',
);
const further = fc.dictionary(path, condition, { maxKeys: 2, noNullPrototype: true });
const served = fc.oneof(
  fc.record({ _id: id }),
  fc.record({ _id: fc.record({ $in: fc.array(id, { maxLength: 4 }) }) }),
  fc.record({ kind: fc.constantFrom('k', 'l', null) }),
  fc.record({ kind: fc.record({ $in: fc.array(fc.constantFrom('k', 'l', null), { maxLength: 3 }) }) }),
  fc.record({ kind: fc.constantFrom('k', 'l'), rank: fc.record({ $gte: comparable }) }),
  fc.record({ kind: fc.constantFrom('k', 'l'), rank: fc.record({ $gt: comparable, $lte: comparable }) }),
  fc.record({ due: fc.record({ $lt: fc.integer({ min: 0, max: 4 }) }) }),
  fc.record({ 'owner.name': fc.constantFrom('n', null) }),
  fc.record({ code: fc.constantFrom('c1', 'c2') }),
);
const ranges = fc.oneof(
  fc.record({ $gte: comparable, $lt: comparable }),
  fc.record({ $gt: comparable, $lte: comparable, $ne: scalar }, { requiredKeys: ['$gt'] }),
);
const counted = fc.oneof(
  served,
  fc.record({ kind: fc.constantFrom('k', 'l', null), rank: fc.oneof(scalar, ranges) }),
  fc.record({ due: fc.oneof(scalar, ranges) }),
);
const filter = fc.tuple(served, further).map(([first, second]): Filter => ({ ...second, ...first }));

const target = fc.constantFrom(
  'deep',
  'deep.a',
  'deep.a.b',
  'deep.0',
  'deep.1.a',
  'text',
  'text.a',
  'list',
  'list.1',
  'list.5',
  'inbox.0.size',
  'inbox.id',
);
/** Changes that fit every document: of those that do not, nobody promises which documents they had reached. */
const fitting: fc.Arbitrary<Update>[] = [
  // Only by numbers into lists: DocumentDB refuses to take away by name, where MongoDB does nothing.
  fc
    .tuple(
      fc.constantFrom('deep', 'text', 'text.a', 'list', 'list.1', 'list.5', 'inbox.0.size'),
      fc.constant(true as const),
    )
    .map(([field, value]): Update => ({ $unset: { [field]: value } })),
  fc.tuple(fc.constantFrom('k', 'l', null), rank).map(([kind, value]): Update => ({ $set: { kind, rank: value } })),
  fc.constant<Update>({ $unset: { code: true, rank: true }, $set: { owner: { name: 'm' } } }),
  fc.constantFrom(1, -2).map((by): Update => ({ $inc: { count: by }, $push: { list: by } })),
];

const changed = fc.oneof(
  ...fitting,
  fc.tuple(target, anything).map(([field, value]): Update => ({ $set: { [field]: value } })),
  // Not on true and false: DocumentDB counts with them, where MongoDB refuses.
  fc
    .tuple(fc.constantFrom('count', 'deep.n'), fc.constantFrom(1, -2, 0.5))
    .map(([field, by]): Update => ({ $inc: { [field]: by } })),
  fc
    .tuple(fc.constantFrom('count', 'text', 'deep.a'), fc.constantFrom<string | number>(1, -2, 'a', 'ب'))
    .map(([field, value]): Update => ({ $max: { [field]: value } })),
  fc
    .tuple(fc.constantFrom('count', 'text', 'deep.a'), fc.constantFrom<string | number>(1, -2, 'a', 'ب'))
    .map(([field, value]): Update => ({ $min: { [field]: value } })),
  fc
    .tuple(fc.constantFrom('list', 'deep', 'deep.a', 'text'), anything)
    .map(([field, value]): Update => ({ $push: { [field]: { $each: [value, 1] } } })),
  fc
    .tuple(fc.constantFrom('list', 'deep.a'), scalar, fc.integer({ min: -4, max: -1 }))
    .map(([field, value, slice]): Update => ({ $push: { [field]: { $each: [value, 2], $slice: slice } } })),
  fc
    .tuple(
      fc.constantFrom('list', 'deep'),
      fc.oneof(scalar, fc.record({ $gte: comparable }), fc.record({ $in: fc.array(scalar, { maxLength: 2 }) })),
    )
    .map(([field, value]): Update => ({ $pull: { [field]: value } })),
  fc
    .record(
      {
        id: fc.constantFrom('m1', 'm2'),
        size: fc.oneof(fc.constant(5), fc.record({ $lt: fc.constant(6) }), fc.record({ $exists: fc.boolean() })),
      },
      { requiredKeys: [] },
    )
    .map((value): Update => ({ $pull: { inbox: value } })),
  fc.constantFrom('c1', 'c2').map((code): Update => ({ $set: { code }, $inc: { 'deep.n': 1 } })),
);

export const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ type: fc.constant('insert' as const), document: thing }) },
    {
      weight: 4,
      arbitrary: fc.record({
        type: fc.constant('findOneAndUpdate' as const),
        filter: fc.tuple(id, further).map(([_id, more]): Filter => ({ ...more, _id })),
        update: changed,
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        type: fc.constant('updateMany' as const),
        filter,
        update: fc.oneof(...fitting),
      }),
    },
    { weight: 1, arbitrary: fc.record({ type: fc.constant('deleteMany' as const), filter }) },
    {
      weight: 4,
      arbitrary: fc.record({ type: fc.constant('count' as const), filter: fc.oneof(counted, filter) }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        type: fc.constant('find' as const),
        filter,
        sort: fc.constantFrom<1 | -1>(1, -1),
        skip: fc.integer({ min: 0, max: 2 }),
      }),
    },
  ),
  { minLength: 4, maxLength: 25 },
);

export const things = thing;
export const fittingUpdates = fc.oneof(...fitting);
/** Conditions on any path, whether an index serves them or not. */
export const filters: fc.Arbitrary<Filter> = further;
