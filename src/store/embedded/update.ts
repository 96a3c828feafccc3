import { isPlain, isScalar, refuse } from '../check.js';
import type { Filter, Update } from '../collection.js';
import { matches } from './match.js';

/**
 * MongoDB's update language as far as the contract goes. The document that is given stays as it is: the new one shares
 * with it what did not change. mingo's `update` understands the same; it costs 20 to 40 µs a call where this costs one
 * or two, and updates are most of what a turn does. The contract suite holds the two against each other.
 */
export function updated<T extends object>(document: T, update: Update): T {
  let result: unknown = document;
  for (const [operator, changes] of Object.entries(update)) {
    const change = operators[operator];
    if (!change) throw refuse(`The update operator ${operator} is not in the contract`);
    for (const [path, operand] of Object.entries(changes as Record<string, unknown>)) {
      result = changeAt(result, path.split('.'), { path, place: 0, change: (value) => change(value, operand, path) });
    }
  }
  return result as T;
}

/** From the value at a path (undefined when there is none) to the new one; undefined takes it away. */
type Change = (value: unknown, operand: unknown, path: string) => unknown;

const operators: Record<string, Change> = {
  $set: (_value, operand) => operand,
  $unset: () => undefined,
  $inc: (value, operand, path) => number(value ?? 0, '$inc', path) + Number(operand),
  $max: (value, operand) => (value === undefined || above(operand, value) ? operand : value),
  $min: (value, operand) => (value === undefined || above(value, operand) ? operand : value),
  $push: (value, operand, path) => {
    const list = value === undefined ? [] : array(value, '$push', path);
    if (!isPlain(operand) || !Array.isArray(operand['$each'])) return [...list, operand];
    const pushed = [...list, ...(operand['$each'] as unknown[])];
    return typeof operand['$slice'] === 'number' ? pushed.slice(operand['$slice']) : pushed;
  },
  $pull: (value, operand, path) => {
    if (value === undefined) return undefined;
    const stays = (item: unknown): boolean => !pulled(item, operand);
    return array(value, '$pull', path).filter(stays);
  },
};

function pulled(item: unknown, operand: unknown): boolean {
  if (isScalar(operand)) return item === operand;
  if (!isPlain(operand)) return false;
  const onItself = Object.keys(operand).some((key) => key.startsWith('$'));
  if (onItself) return matches({ item }, { item: operand } as Filter);
  return isPlain(item) && matches(item, operand as Filter);
}

interface Way {
  path: string;
  place: number;
  change: (value: unknown) => unknown;
}

function changeAt(container: unknown, parts: readonly string[], way: Way): unknown {
  const key = parts[way.place]!;
  const last = way.place === parts.length - 1;
  const next = (value: unknown): unknown =>
    last ? way.change(value) : changeAt(value ?? {}, parts, { ...way, place: way.place + 1 });
  if (Array.isArray(container)) return changeList(container as unknown[], key, { path: way.path, next });
  if (!isPlain(container)) throw refuse(`${way.path} leads through something that has no fields`);
  const before = Object.hasOwn(container, key) ? container[key] : undefined;
  if (before === undefined && !last && takesAway(way)) return container;
  const after = next(before);
  if (after === before) return container;
  const copy = { ...container };
  if (after === undefined) delete copy[key];
  else copy[key] = after;
  return copy;
}

/** Taking away what is not there makes nothing on the way to it. */
const takesAway = (way: Way): boolean => way.change(undefined) === undefined;

function changeList(
  list: unknown[],
  key: string,
  { path, next }: { path: string; next: (value: unknown) => unknown },
): unknown[] {
  if (!/^\d+$/.test(key)) throw refuse(`${path} leads through a list without naming a place in it`);
  const place = Number(key);
  const copy = [...list];
  while (copy.length < place) copy.push(null);
  copy[place] = next(list[place]) ?? null;
  return copy;
}

function array(value: unknown, operator: string, path: string): unknown[] {
  if (Array.isArray(value)) return value;
  throw refuse(`${operator} on ${path} needs a list there`);
}

function number(value: unknown, operator: string, path: string): number {
  if (typeof value === 'number') return value;
  throw refuse(`${operator} on ${path} needs a number there`);
}

/** MongoDB's order of types as far as the contract knows them: null, numbers, text, true and false. */
function above(a: unknown, b: unknown): boolean {
  const [first, second] = [rank(a), rank(b)];
  return first === second ? (a as string) > (b as string) : first > second;
}

const rank = (value: unknown): number =>
  value === null ? 0 : typeof value === 'number' ? 1 : typeof value === 'string' ? 2 : 3;
