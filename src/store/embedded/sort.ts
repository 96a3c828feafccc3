import { isScalar } from '../check.js';
import type { FindOptions, Scalar } from '../collection.js';
import { compareScalars } from '../order.js';
import { valuesAt } from './match.js';

type Sort = NonNullable<FindOptions['sort']>;

export function comparing(sort: Sort) {
  return (a: object, b: object): number => {
    for (const [field, way] of Object.entries(sort)) {
      const order = compareScalars(sortValue(a, field), sortValue(b, field)) * way;
      if (order !== 0) return order;
    }
    return 0;
  };
}

function sortValue(document: object, field: string): Scalar {
  const value = valuesAt(document, field).whole[0];
  return isScalar(value) ? value : null;
}

/** Several lines of documents as one, in order, when each of them is in order; without `sort` one after another. */
export function* merged<T extends object>(lines: readonly Iterator<T>[], sort?: Sort): Generator<T> {
  if (lines.length === 1 || !sort) {
    for (const line of lines) yield* { [Symbol.iterator]: () => line };
    return;
  }
  const compare = comparing(sort);
  try {
    const heads = lines.flatMap((line) => headOf(line) ?? []);
    while (heads.length > 0) {
      const first = heads.reduce((best, head) => (compare(head.document, best.document) < 0 ? head : best));
      yield first.document;
      const next = headOf(first.line);
      heads.splice(heads.indexOf(first), 1, ...(next ? [next] : []));
    }
  } finally {
    for (const line of lines) line.return?.();
  }
}

function headOf<T>(line: Iterator<T>): { line: Iterator<T>; document: T } | undefined {
  const { done, value } = line.next();
  return done ? undefined : { line, document: value };
}
