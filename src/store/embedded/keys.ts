import type { Key } from 'lmdb';
import type { Document, Index, Scalar } from '../collection.js';
import { indexedValue, isTooLong } from '../indexed.js';
import type { Bound, IndexPlan } from '../plan.js';

/** An entry of an index: `[collection.number, ...values, _id]`. lmdb keeps them in order: null, numbers, text. */
export type EntryKey = readonly (Scalar | Uint8Array)[];

/** A document's entry; none where a unique index leaves the document out. */
export function entryKey(prefix: string, index: Index, document: Document): EntryKey | undefined {
  const key: Scalar[] = [prefix];
  for (const field of index.fields) {
    const value = indexedValue(document, field);
    if (value === undefined && index.unique) return undefined;
    key.push(keyValue(value ?? null));
  }
  key.push(document._id);
  return key;
}

/** Zero has one place, however it is signed. */
const keyValue = (value: Scalar): Scalar => (value === 0 ? 0 : value);

export function sameKey(a: EntryKey | undefined, b: EntryKey | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.length === b.length && a.every((value, place) => value === b[place]);
}

/** Behind everything that begins alike: no text has this byte. */
const behind = Uint8Array.of(0xff);

export interface Stretch {
  start: EntryKey;
  end: EntryKey;
}

/** All entries that begin with these values. */
export const beginningWith = (key: EntryKey): Stretch => ({ start: key, end: [...key, behind] });

/** The stretches of an index that a plan reads, one for each of several values. */
export function stretches(prefix: string, { equal, next }: IndexPlan): Stretch[] {
  if (equal.some(isNeverStored)) return [];
  const base = [prefix, ...equal.map(keyValue)];
  if (next === undefined) return [beginningWith(base)];
  if (next.type === 'range') return [between(base, next)];
  const values = next.of.filter((value) => !isNeverStored(value));
  return [...new Set(values.map(keyValue))].map((value) => beginningWith([...base, value]));
}

/** A range holds values of its own type only: `due <= now` must not walk through all that have no `due`. */
function between(base: EntryKey, { lower, upper }: { lower?: Bound; upper?: Bound }): Stretch {
  const least = leastOf(upper?.value);
  const greatest = greatestOf(lower?.value);
  return {
    start: lower && !isNeverStored(lower.value) ? edge(base, lower, !lower.inclusive) : [...base, ...least],
    end: upper && !isNeverStored(upper.value) ? edge(base, upper, upper.inclusive) : [...base, ...greatest, behind],
  };
}

const edge = (base: EntryKey, { value }: Bound, after: boolean): EntryKey =>
  after ? [...base, keyValue(value), behind] : [...base, keyValue(value)];

function leastOf(value: Scalar | undefined): EntryKey {
  if (typeof value === 'number') return [-Number.MAX_VALUE];
  if (typeof value === 'boolean') return [false];
  return typeof value === 'string' ? [''] : [];
}

function greatestOf(value: Scalar | undefined): EntryKey {
  if (typeof value === 'number') return [Number.MAX_VALUE];
  return typeof value === 'boolean' ? [true] : [];
}

/** Such a text is refused in an indexed field, so no entry has it, and lmdb would not take it in a key. */
const isNeverStored = (value: Scalar): boolean => typeof value === 'string' && isTooLong(value);

/** lmdb's types leave null and bytes out of keys made of several values. */
export const asKey = (key: EntryKey): Key => key as Key;

export const idOf = (key: Key): string => (Array.isArray(key) ? String(key.at(-1)) : String(key));
