import { update as applyUpdate } from 'mingo/updater';
import { refuse } from '../check.js';
import type { Document, Update } from '../collection.js';

/**
 * Changes a document in place, in MongoDB's language, by mingo. What MongoDB refuses and mingo ignores (adding to a
 * text, pushing onto a number) is refused here first, so that nothing has changed.
 */
export function apply(document: Document, update: Update): void {
  for (const path of Object.keys(update.$inc ?? {})) expect(document, path, { operator: '$inc', type: 'number' });
  for (const path of Object.keys(update.$push ?? {})) expect(document, path, { operator: '$push', type: 'list' });
  for (const path of Object.keys(update.$pull ?? {})) expect(document, path, { operator: '$pull', type: 'list' });
  applyUpdate(document as object as Record<string, unknown>, update as object as Parameters<typeof applyUpdate>[1]);
}

function expect(
  document: object,
  path: string,
  { operator, type }: { operator: string; type: 'number' | 'list' },
): void {
  let value: unknown = document;
  for (const part of path.split('.')) {
    if (value === undefined) return;
    if (typeof value !== 'object' || value === null)
      throw refuse(`${operator} on ${path} meets something that has no fields`);
    value = Object.hasOwn(value, part) ? (value as Record<string, unknown>)[part] : undefined;
  }
  if (value === undefined) return;
  const fits = type === 'list' ? Array.isArray(value) : typeof value === 'number';
  if (!fits) throw refuse(`${operator} on ${path} needs a ${type} there`);
}
