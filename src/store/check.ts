import { StoreError } from '../core/errors.js';
import {
  filterOperators,
  updateOperators,
  type Condition,
  type Filter,
  type FindOptions,
  type Update,
} from './collection.js';

/** What the contract refuses, by name, before anything is read or written. Both engines ask here. */

const knownFilter = new Set<string>(filterOperators);
const knownUpdate = new Set<string>(updateOperators);
const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype']);
const scalars = new Set(['string', 'number', 'boolean']);

export const refuse = (message: string): StoreError => new StoreError('store_refused', message);

export function checkFilter(filter: Filter): void {
  for (const path in filter) {
    checkPath(path);
    checkCondition(path, filter[path]);
  }
}

function checkCondition(path: string, condition: unknown): void {
  if (isValue(condition)) return;
  if (!isPlain(condition)) throw refuse(`The condition on ${path} must be a value or operators`);
  const operators = Object.keys(condition);
  if (operators.length === 0) throw refuse(`The condition on ${path} is empty`);
  for (const operator of operators) {
    if (!knownFilter.has(operator)) throw refuse(`The filter operator ${operator} on ${path} is not in the contract`);
    checkOperand(path, operator, condition[operator]);
  }
}

function checkOperand(path: string, operator: string, operand: unknown): void {
  if (!fits(operator, operand)) throw refuse(`The operand of ${operator} on ${path} does not fit`);
}

function fits(operator: string, operand: unknown): boolean {
  switch (operator) {
    case '$in':
    case '$nin':
      return Array.isArray(operand) && operand.every(isValue);
    case '$exists':
      return typeof operand === 'boolean';
    case '$size':
      return Number.isInteger(operand) && Number(operand) >= 0;
    case '$eq':
    case '$ne':
      return isValue(operand);
    default:
      return isValue(operand) && operand !== null;
  }
}

/** Limit, skip and sort as numbers that mean something. */
export function checkFindOptions({ sort = {}, limit = 0, skip = 0 }: FindOptions): void {
  for (const [name, number] of Object.entries({ limit, skip })) {
    if (!Number.isSafeInteger(number) || number < 0) throw refuse(`${name} must be a whole number, and not below 0`);
  }
  for (const [field, way] of Object.entries(sort)) {
    checkPath(field);
    if (way !== 1 && way !== -1) throw refuse(`The sort by ${field} must be 1 or -1`);
  }
}

export function checkUpdate(update: Update): void {
  if (!isPlain(update)) throw refuse('The update must be an object of operators');
  const operators = Object.entries(update);
  if (operators.length === 0) throw refuse('The update is empty');
  for (const [operator, changes] of operators) {
    if (!knownUpdate.has(operator)) throw refuse(`The update operator ${operator} is not in the contract`);
    if (!isPlain(changes)) throw refuse(`${operator} needs fields`);
    for (const [path, value] of Object.entries(changes)) checkChange(operator, path, value);
  }
  checkOverlap(operators.flatMap(([, changes]) => (isPlain(changes) ? Object.keys(changes) : [])));
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
  if (path === '_id' || path.startsWith('_id.')) throw refuse('_id cannot change');
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
  if (isValue(value)) return;
  if (!isPlain(value)) throw refuse(`$pull on ${path} needs a value or conditions`);
  const operators = Object.keys(value).some((key) => key.startsWith('$'));
  if (operators) return checkCondition(path, value);
  checkFilter(value as Filter);
}

/** Deeper than any form or message; MongoDB takes 100. */
const deepest = 90;

/** Documents are plain JSON: what the disk cannot give back as it was is refused. */
export function checkJson(value: unknown, path: string, depth = 0): void {
  if (isValue(value)) return;
  if (typeof value === 'number') throw refuse(`${path} holds a number that JSON does not know`);
  if (depth > deepest) throw refuse(`${path} holds lists or objects within more than ${deepest} others`);
  if (Array.isArray(value)) return value.forEach((item) => checkJson(item, path, depth + 1));
  if (!isPlain(value)) throw refuse(`${path} holds something that is not plain JSON`);
  for (const key in value) {
    checkKey(key, path);
    checkJson(value[key], path, depth + 1);
  }
}

export function checkKey(key: string, path: string): void {
  if (forbiddenKeys.has(key) || key.startsWith('$') || key.includes('.') || key.includes('\0')) {
    throw refuse(`${path} holds a key that is not allowed`);
  }
}

function checkPath(path: string): void {
  const parts = path.split('.');
  if (parts.some((part) => part === '' || part.startsWith('$') || part.includes('\0') || forbiddenKeys.has(part))) {
    throw refuse(`The path ${path} is not allowed`);
  }
}

/** A value of JSON that is no list and no object. */
const isValue = (value: unknown): boolean => isScalar(value) && (typeof value !== 'number' || Number.isFinite(value));

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
