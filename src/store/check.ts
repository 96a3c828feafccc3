import { StoreError } from '../core/errors.js';
import { filterOperators, updateOperators, type Condition, type Filter, type Update } from './collection.js';

/** What the contract refuses, by name, before anything is read or written. Both engines ask here. */

const knownFilter = new Set<string>(filterOperators);
const knownUpdate = new Set<string>(updateOperators);
const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype']);
const scalars = new Set(['string', 'number', 'boolean']);

export const refuse = (message: string): StoreError => new StoreError('store_refused', message);

export function checkFilter(filter: Filter): void {
  for (const [path, condition] of Object.entries(filter)) {
    checkPath(path);
    checkCondition(path, condition);
  }
}

function checkCondition(path: string, condition: unknown): void {
  if (isScalar(condition)) return;
  if (!isPlain(condition)) throw refuse(`The condition on ${path} must be a value or operators`);
  const operators = Object.keys(condition);
  if (operators.length === 0) throw refuse(`The condition on ${path} is empty`);
  for (const operator of operators) {
    if (!knownFilter.has(operator)) throw refuse(`The filter operator ${operator} on ${path} is not in the contract`);
    checkOperand(path, operator, condition[operator]);
  }
}

function checkOperand(path: string, operator: string, operand: unknown): void {
  const fits =
    operator === '$in' || operator === '$nin'
      ? Array.isArray(operand) && operand.every(isScalar)
      : operator === '$exists'
        ? typeof operand === 'boolean'
        : operator === '$size'
          ? Number.isInteger(operand)
          : isScalar(operand);
  if (!fits) throw refuse(`The operand of ${operator} on ${path} does not fit`);
}

export function checkUpdate(update: Update): void {
  const operators = Object.entries(update);
  if (operators.length === 0) throw refuse('The update is empty');
  for (const [operator, changes] of operators) {
    if (!knownUpdate.has(operator)) throw refuse(`The update operator ${operator} is not in the contract`);
    if (!isPlain(changes)) throw refuse(`${operator} needs fields`);
    for (const [path, value] of Object.entries(changes)) checkChange(operator, path, value);
  }
  checkOverlap(Object.values(update).flatMap((changes: object) => Object.keys(changes)));
}

/** MongoDB refuses two changes of one field, and a change of a field together with one inside it. */
function checkOverlap(paths: readonly string[]): void {
  for (const [place, path] of paths.entries()) {
    const other = paths.find((one, index) => index !== place && (one === path || one.startsWith(`${path}.`)));
    if (other !== undefined) throw refuse(`The update changes ${path} and ${other}, which overlap`);
  }
}

function checkChange(operator: string, path: string, value: unknown): void {
  checkPath(path);
  if (path === '_id') throw refuse('_id cannot change');
  if (operator === '$push') return checkPush(path, value);
  if (operator === '$pull') return checkPull(path, value);
  if (operator === '$inc' && !Number.isFinite(value)) throw refuse(`$inc on ${path} needs a number`);
  if (operator !== '$unset') checkJson(value, path);
}

function checkPush(path: string, value: unknown): void {
  if (!isPlain(value) || !('$each' in value)) return checkJson(value, path);
  for (const modifier of Object.keys(value)) {
    if (modifier !== '$each' && modifier !== '$slice')
      throw refuse(`The modifier ${modifier} of $push is not in the contract`);
  }
  if (!Array.isArray(value['$each'])) throw refuse(`$each on ${path} needs a list`);
  if ('$slice' in value && !(Number.isInteger(value['$slice']) && Number(value['$slice']) < 0)) {
    throw refuse(`$slice on ${path} needs a negative whole number: how many of the last are kept`);
  }
  checkJson(value['$each'], path);
}

function checkPull(path: string, value: unknown): void {
  if (isScalar(value)) return;
  if (!isPlain(value)) throw refuse(`$pull on ${path} needs a value or conditions`);
  const operators = Object.keys(value).some((key) => key.startsWith('$'));
  if (operators) return checkCondition(path, value);
  checkFilter(value as Filter);
}

/** Documents are plain JSON: what the disk cannot give back as it was is refused. */
export function checkJson(value: unknown, path: string): void {
  if (value === null || scalars.has(typeof value)) {
    if (typeof value === 'number' && !Number.isFinite(value))
      throw refuse(`${path} holds a number that JSON does not know`);
    return;
  }
  if (Array.isArray(value)) return value.forEach((item, index) => checkJson(item, `${path}.${index}`));
  if (!isPlain(value)) throw refuse(`${path} holds something that is not plain JSON`);
  for (const [key, item] of Object.entries(value)) {
    if (forbiddenKeys.has(key) || key.startsWith('$') || key.includes('.'))
      throw refuse(`${path} holds a key that is not allowed`);
    checkJson(item, `${path}.${key}`);
  }
}

function checkPath(path: string): void {
  const parts = path.split('.');
  if (parts.some((part) => part === '' || part.startsWith('$') || forbiddenKeys.has(part))) {
    throw refuse(`The path ${path} is not allowed`);
  }
}

export const isScalar = (value: unknown): value is string | number | boolean | null =>
  value === null || scalars.has(typeof value);

export function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** The value that a condition demands, when it demands just one. */
export function equalTo(condition: Condition | undefined): { value: string | number | boolean | null } | undefined {
  if (condition === undefined) return undefined;
  if (isScalar(condition)) return { value: condition };
  const operand = condition.$eq;
  return Object.keys(condition).length === 1 && isScalar(operand) ? { value: operand } : undefined;
}
