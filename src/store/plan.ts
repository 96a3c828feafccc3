import { equalTo, isScalar, refuse } from './check.js';
import type { CollectionSchema, Condition, Filter, FindOptions, Index, Scalar } from './collection.js';

/** How a query reaches its documents without reading all of them. */
export type Plan =
  | { type: 'ids'; ids: string[] }
  | {
      type: 'index';
      /** Its place in the schema. */
      number: number;
      index: Index;
      /** Values of the first fields. */
      equal: Scalar[];
      /** Bounds of the field after them. */
      range?: { lower?: Bound; upper?: Bound };
      reverse: boolean;
    };

export interface Bound {
  value: Scalar;
  inclusive: boolean;
}

/** Finds the index that serves filter and sort, or refuses by name. */
export function planQuery(
  name: string,
  schema: CollectionSchema,
  query: { filter: Filter; sort?: FindOptions['sort'] },
): Plan {
  const ids = idsOf(query.filter['_id']);
  if (ids) return { type: 'ids', ids };
  const plans = schema.indexes.flatMap((index, number) => planBy(index, number, query) ?? []);
  const best = plans.toSorted((a, b) => weight(b) - weight(a))[0];
  if (best) return best;
  const fields = [...Object.keys(query.filter), ...Object.keys(query.sort ?? {}).map((field) => `sort by ${field}`)];
  const indexes = schema.indexes.map((index) => `(${index.fields.join(', ')})`).join(', ') || 'none';
  throw refuse(
    `No index of ${name} serves ${fields.join(', ') || 'a query without conditions'}; there are: _id, ${indexes}`,
  );
}

type IndexPlan = Extract<Plan, { type: 'index' }>;

const weight = (plan: IndexPlan): number => plan.equal.length * 2 + (plan.range ? 1 : 0);

function planBy(
  index: Index,
  number: number,
  { filter, sort }: { filter: Filter; sort?: FindOptions['sort'] },
): IndexPlan | undefined {
  if (index.unique && !index.fields.every((field) => demandsPresence(filter[field]))) return undefined;
  const equal: Scalar[] = [];
  for (const field of index.fields) {
    const value = equalTo(filter[field]);
    if (!value) break;
    equal.push(value.value);
  }
  const next = index.fields[equal.length];
  const range = next === undefined ? undefined : rangeOf(filter[next]);
  const order = orderOf(index, equal.length, sort);
  if (order === undefined) return undefined;
  if (equal.length === 0 && !range && !sort) return undefined;
  return { type: 'index', number, index, equal, ...(range ? { range } : {}), reverse: order === -1 };
}

/** A unique index leaves out documents that lack one of its fields, so the filter must leave them out too. */
function demandsPresence(condition: Condition | undefined): boolean {
  if (condition === undefined || condition === null) return false;
  if (isScalar(condition)) return true;
  if (condition.$exists === true) return true;
  return ['$eq', '$gt', '$gte', '$lt', '$lte'].some((operator) => {
    const operand = condition[operator as '$eq'];
    return operand !== undefined && operand !== null;
  });
}

/** The direction in which the index gives the wanted order; undefined when it does not give it. */
function orderOf(index: Index, start: number, sort: FindOptions['sort']): 1 | -1 | undefined {
  const wanted = Object.entries(sort ?? {}).filter(([field]) => !index.fields.slice(0, start).includes(field));
  const direction = wanted[0]?.[1] ?? 1;
  const fits = wanted.every(([field, way], place) => index.fields[start + place] === field && way === direction);
  return fits ? direction : undefined;
}

function rangeOf(condition: Condition | undefined): { lower?: Bound; upper?: Bound } | undefined {
  if (condition === undefined || isScalar(condition)) return undefined;
  const lower = boundOf(condition, '$gte', '$gt');
  const upper = boundOf(condition, '$lte', '$lt');
  return lower || upper ? { ...(lower ? { lower } : {}), ...(upper ? { upper } : {}) } : undefined;
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
  if (condition === undefined || isScalar(condition)) return undefined;
  const list = condition.$in;
  return Array.isArray(list) ? [...new Set(list.filter((id) => typeof id === 'string'))] : undefined;
}
