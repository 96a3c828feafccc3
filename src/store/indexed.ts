import { checkJson, checkKey, isPlain, isScalar, refuse } from './check.js';
import type { CollectionSchema, Document, Scalar, Update } from './collection.js';

/** Bytes in UTF-8. lmdb takes keys of 1,978 bytes, which hold an id and the values of an index. */
export const longestId = 512;
const longestText = 400;

/** The value of an indexed field; undefined when it is not there. Refuses what an index cannot hold. */
export function indexedValue(document: object, field: string): Scalar | undefined {
  let value: unknown = document;
  for (const part of field.split('.')) {
    if (Array.isArray(value)) throw unfit(field);
    if (!isPlain(value)) return undefined;
    value = Object.hasOwn(value, part) ? value[part] : undefined;
  }
  if (value === undefined) return undefined;
  if (!isScalar(value)) throw unfit(field);
  if (typeof value === 'string' && !isKeyText(value, longestText)) {
    throw refuse(`The text in the indexed field ${field} is too long, or holds a null character`);
  }
  return value;
}

export const isKeyText = (text: string, longest: number): boolean => !isTooLong(text, longest) && !text.includes('\0');

export const isTooLong = (text: string, longest = longestText): boolean =>
  text.length * 3 > longest && Buffer.byteLength(text) > longest;

const unfit = (field: string) => refuse(`The indexed field ${field} must hold text, a number, true, false or null`);

/** Refuses a document that the store could not give back as it is, or not find again. */
export function checkDocument(document: Document, { indexes }: CollectionSchema): void {
  if (!isPlain(document)) throw refuse('A document must be a plain object');
  const id: unknown = document['_id'];
  if (typeof id !== 'string' || id === '' || !id.isWellFormed() || !isKeyText(id, longestId)) {
    throw refuse(`_id must be a text of 1 to ${longestId} bytes without a null character`);
  }
  for (const [field, value] of Object.entries(document)) {
    checkKey(field, 'The document');
    checkJson(value, field);
  }
  for (const { fields } of indexes) for (const field of fields) indexedValue(document, field);
}

/** Refuses an update that would put into an indexed field what an index cannot hold, whatever document it meets. */
export function checkIndexedUpdate(update: Update, { indexes }: CollectionSchema): void {
  for (const { fields } of indexes) for (const field of fields) checkFieldUpdate(update, field);
}

function checkFieldUpdate(update: Update, field: string): void {
  for (const [operator, changes] of Object.entries(update)) {
    for (const path in changes) {
      if (touches(path, field)) checkTouch(field, { operator, path, value: changes[path] });
    }
  }
}

/** The path is the field, or lies above or below it. */
const touches = (path: string, field: string): boolean => isWithin(path, field) || isWithin(field, path);

const isWithin = (inner: string, outer: string): boolean =>
  inner.startsWith(outer) && (inner.length === outer.length || inner[outer.length] === '.');

function checkTouch(
  field: string,
  { operator, path, value }: { operator: string; path: string; value: unknown },
): void {
  if (operator === '$unset') return;
  if (operator === '$push' || operator === '$pull' || path.length > field.length) throw unfit(field);
  // Built as the document would hold it, so that a refusal names the field.
  indexedValue(path.split('.').reduceRight<unknown>((inner, part) => ({ [part]: inner }), value) as object, field);
}
