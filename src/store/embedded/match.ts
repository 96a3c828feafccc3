import { isScalar } from '../check.js';
import type { Condition, Filter } from '../collection.js';
import { compareScalars } from '../order.js';

/**
 * MongoDB's filter language as far as the contract goes. mingo's `Query` costs 18 µs to build, where most filters here
 * are used once, and takes some lists for empty that are not; the tests hold this against a real server instead.
 */
export function matches(document: object, filter: Filter): boolean {
  for (const path in filter) if (!meets(valuesAt(document, path), filter[path]!)) return false;
  return true;
}

/** What a path leads to: through lists to each element; a list in a field at its end counts as itself and as its elements. */
interface Reached {
  values: unknown[];
  /** The lists at the end of the path. */
  whole: unknown[];
  /** Somewhere the path ends too early, at an object or value without the next field; null matches that. */
  missing: boolean;
}

export function valuesAt(document: object, path: string): Reached {
  const reached: Reached = { values: [], whole: [], missing: false };
  walk(document, path.includes('.') ? path.split('.') : [path], 0, reached);
  return reached;
}

function walk(value: unknown, parts: readonly string[], place: number, reached: Reached): void {
  const part = parts[place];
  if (part === undefined) {
    reached.whole.push(value);
    if (Array.isArray(value)) for (const item of value) reached.values.push(item);
    else reached.values.push(value);
    return;
  }
  if (Array.isArray(value)) {
    const item: unknown = /^\d+$/.test(part) ? value[Number(part)] : undefined;
    // A list does not lack the fields that its scalars cannot have.
    if (item !== undefined && place + 1 === parts.length) reach(item, reached);
    else if (isContainer(item)) walk(item, parts, place + 1, reached);
    for (const one of value) if (isContainer(one) && !Array.isArray(one)) walk(one, parts, place, reached);
    return;
  }
  if (typeof value === 'object' && value !== null && Object.hasOwn(value, part)) {
    walk((value as Record<string, unknown>)[part], parts, place + 1, reached);
  } else reached.missing = true;
}

/** What stands at a place of a list counts as it is: a list there is not taken for its elements. */
function reach(value: unknown, { whole, values }: Reached): void {
  whole.push(value);
  values.push(value);
}

const isContainer = (value: unknown): boolean => typeof value === 'object' && value !== null;

function meets(reached: Reached, condition: Condition): boolean {
  if (isScalar(condition)) return equals(reached, condition);
  for (const operator in condition) {
    if (!holds(reached, operator, condition[operator as keyof typeof condition])) return false;
  }
  return true;
}

function holds(reached: Reached, operator: string, operand: unknown): boolean {
  switch (operator) {
    case '$eq':
      return equals(reached, operand);
    case '$ne':
      return !equals(reached, operand);
    case '$in':
      return (operand as unknown[]).some((one) => equals(reached, one));
    case '$nin':
      return !(operand as unknown[]).some((one) => equals(reached, one));
    case '$exists':
      return reached.whole.length > 0 === operand;
    case '$size':
      return reached.whole.some((value) => Array.isArray(value) && value.length === operand);
    default:
      return reached.values.some((value) => compares(value, operator, operand));
  }
}

const equals = ({ values, missing }: Reached, wanted: unknown): boolean =>
  values.includes(wanted) || (wanted === null && missing);

/** Values of different types are in no order to each other. */
function compares(value: unknown, operator: string, operand: unknown): boolean {
  if (typeof value !== typeof operand || !isScalar(value) || !isScalar(operand) || value === null) return false;
  const order = compareScalars(value, operand);
  if (operator === '$gt') return order > 0;
  if (operator === '$gte') return order >= 0;
  return operator === '$lt' ? order < 0 : order <= 0;
}
