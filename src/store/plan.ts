import { equalTo, isScalar, refuse } from './check.js';
import type { CollectionSchema, Condition, Filter, FindOptions, Index, Scalar } from './collection.js';
import { isTooLong } from './indexed.js';

/** How a query reaches its documents without reading all of them. */
export type Plan = { type: 'ids'; ids: string[] } | IndexPlan;

export interface IndexPlan {
  type: 'index';
  /** Its place in the schema. */
  number: number;
  /** Values of the first fields. */
  equal: Scalar[];
  /** What the field after them may be: one of these, or between these. */
  next?: { type: 'any'; of: Scalar[] } | { type: 'range'; lower?: Bound; upper?: Bound };
  reverse: boolean;
}

export interface Bound {
  value: Scalar;
  inclusive: boolean;
}

interface Query {
  filter: Filter;
  sort?: FindOptions['sort'];
}

/** Finds the index that serves filter and sort, or refuses by name. */
export function planQuery(name: string, schema: CollectionSchema, query: Query): Plan {
  const ids = idsOf(query.filter['_id']);
  if (ids) return { type: 'ids', ids };
  let best: IndexPlan | undefined;
  for (const [number, index] of schema.indexes.entries()) {
    const plan = planBy(index, number, query);
    if (plan && (!best || weight(plan) > weight(best))) best = plan;
  }
  if (best) return best;
  const fields = [...Object.keys(query.filter), ...Object.keys(query.sort ?? {}).map((field) => `sort by ${field}`)];
  const indexes = schema.indexes.map((index) => `(${index.fields.join(', ')})`).join(', ') || 'none';
  throw refuse(
    `No index of ${name} serves ${fields.join(', ') || 'a query without conditions'}; there are: _id, ${indexes}`,
  );
}

const weight = ({ equal, next }: IndexPlan): number => equal.length * 2 + (next ? 1 : 0);

function planBy(index: Index, number: number, { filter, sort }: Query): IndexPlan | undefined {
  if (index.unique && !index.fields.every((field) => demandsPresence(filter[field]))) return undefined;
  const equal: Scalar[] = [];
  for (const field of index.fields) {
    const value = equalTo(filter[field]);
    if (!value) break;
    equal.push(value.value);
  }
  const field = index.fields[equal.length];
  const next = field === undefined ? undefined : (anyOf(filter[field]) ?? rangeOf(filter[field]));
  // Each of several values is a stretch of the index by itself, in the order of the fields behind.
  const several = next?.type === 'any';
  const fixed = Object.keys(filter).filter((name) => equalTo(filter[name]) || (several && name === field));
  const way = orderOf(index.fields.slice(equal.length + (several ? 1 : 0)), fixed, sort);
  if (way === undefined) return undefined;
  const narrows = equal.length > 0 || next !== undefined;
  if (!narrows && (!sort || Object.keys(filter).length > 0)) return undefined;
  return { type: 'index', number, equal, ...(next ? { next } : {}), reverse: way === -1 };
}

/** The plan's stretches hold what the filter matches and nothing else: they can be counted without a look at a document. */
export function isExact({ fields }: Index, { equal, next }: IndexPlan, filter: Filter): boolean {
  const read = fields.slice(0, equal.length + (next ? 1 : 0));
  return Object.keys(filter).every((name) => read.includes(name)) && (!next || saysAll(next, filter[read.at(-1)!]));
}

/**
 * Nothing of the condition is left to look at. A range between two types is empty, while its stretch is not; a text that
 * no index holds is no end of a stretch.
 */
function saysAll(next: NonNullable<IndexPlan['next']>, condition: Condition | undefined): boolean {
  const operators = Object.keys(condition ?? {}).length;
  if (next.type === 'any') return operators === 1;
  const ends = [next.lower, next.upper].flatMap((bound) => (bound ? [bound.value] : []));
  if (ends.some((end) => typeof end === 'string' && isTooLong(end))) return false;
  return operators === ends.length && new Set(ends.map((end) => typeof end)).size === 1;
}

/** A unique index leaves out documents that lack one of its fields, so the filter must leave them out too. */
function demandsPresence(condition: Condition | undefined): boolean {
  if (condition === undefined || condition === null) return false;
  if (isScalar(condition)) return true;
  if (condition.$exists === true) return true;
  if (anyOf(condition)?.of.every((value) => value !== null)) return true;
  return ['$eq', '$gt', '$gte', '$lt', '$lte'].some((operator) => {
    const operand = condition[operator as '$eq'];
    return operand !== undefined && operand !== null;
  });
}

/** The direction in which these fields give the wanted order, beside those that are `fixed`; undefined when they do not. */
function orderOf(
  fields: readonly string[],
  fixed: readonly string[],
  sort: FindOptions['sort'] = {},
): 1 | -1 | undefined {
  const wanted = Object.entries(sort).filter(([field]) => !fixed.includes(field));
  const direction = wanted[0]?.[1] ?? 1;
  const fits = wanted.every(([field, way], place) => fields[place] === field && way === direction);
  return fits ? direction : undefined;
}

function anyOf(condition: Condition | undefined): { type: 'any'; of: Scalar[] } | undefined {
  if (condition === undefined || isScalar(condition) || !Array.isArray(condition.$in)) return undefined;
  return { type: 'any', of: [...new Set(condition.$in.filter(isScalar))] };
}

function rangeOf(condition: Condition | undefined): Extract<IndexPlan['next'], { type: 'range' }> | undefined {
  if (condition === undefined || isScalar(condition)) return undefined;
  const lower = boundOf(condition, '$gte', '$gt');
  const upper = boundOf(condition, '$lte', '$lt');
  if (!lower && !upper) return undefined;
  return { type: 'range', ...(lower ? { lower } : {}), ...(upper ? { upper } : {}) };
}

function boundOf(
  condition: Exclude<Condition, Scalar>,
  inclusive: '$gte' | '$lte',
  exclusive: '$gt' | '$lt',
): Bound | undefined {
  const or = condition[inclusive];
  if (isScalar(or)) return { value: or, inclusive: true };
  const strictly = condition[exclusive];
  return isScalar(strictly) ? { value: strictly, inclusive: false } : undefined;
}

function idsOf(condition: Condition | undefined): string[] | undefined {
  const one = equalTo(condition);
  if (one) return typeof one.value === 'string' ? [one.value] : [];
  return anyOf(condition)?.of.filter((id) => typeof id === 'string');
}
