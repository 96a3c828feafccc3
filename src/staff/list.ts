import { z } from 'zod';
import { derivedId } from '../core/ids.js';
import type { Collection, Document, Filter } from '../store/collection.js';

/** The shape of every list: `{items, total, next}`. `next` is the cursor of the page that follows, or null. */
export const listOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), total: z.int(), next: z.string().nullable() });

/** Where a page begins: at this value of the field that orders the list, without those that were shown, by their signs. */
const position = z.tuple([z.union([z.number(), z.string().max(500)]), z.array(z.string().max(100)).max(5000)]);
type Position = z.infer<typeof position>;

/** `next` of the page before. */
const cursor = z
  .string()
  .max(8000)
  .transform((text, context): Position => {
    const read = position.safeParse(parseJson(Buffer.from(text, 'base64url').toString()));
    if (read.success) return read.data;
    context.addIssue({ code: 'custom', message: 'staff.badCursor' });
    return z.NEVER;
  });

/** Query parameters that every list takes; spread into its `z.strictObject`. */
export const pageQuery = {
  cursor: cursor.optional(),
  limit: z
    .string()
    .regex(/^\d{1,3}$/, 'staff.badLimit')
    .transform(Number)
    .refine((limit) => limit >= 1 && limit <= 200, 'staff.badLimit')
    .optional(),
};

export interface PageOptions<T extends Document> {
  /** An index must serve it together with the order. */
  filter: Filter<T>;
  /** A field of numbers or text that every record has, by its dotted path. */
  order: string;
  newestFirst?: boolean;
  cursor?: Position | undefined;
  limit?: number | undefined;
}

/** One page of records. No record is shown twice or left out because others were added meanwhile. */
export async function readPage<T extends Document>(
  collection: Collection<T>,
  { filter, order, newestFirst = false, cursor: from, limit = 50 }: PageOptions<T>,
): Promise<{ items: T[]; total: number; next: string | null }> {
  const after = from ? { ...filter, ...beyond(filter, { order, newestFirst, from }) } : filter;
  const [value, shown] = from ?? [undefined, []];
  const [read, total] = await Promise.all([
    collection.find(after, { sort: { [order]: newestFirst ? -1 : 1 }, limit: limit + 1 + shown.length }),
    collection.count(filter),
  ]);
  const signs = new Set(shown);
  const found = read.filter((record) => valueAt(record, order) !== value || !signs.has(signOf(record)));
  const items = found.slice(0, limit);
  const next = found.length > limit ? cursorAt(items, order, from) : null;
  return { items, total, next };
}

function beyond(filter: Filter, { order, newestFirst, from }: { order: string; newestFirst: boolean; from: Position }) {
  const own = filter[order];
  const range = typeof own === 'object' && own !== null ? own : {};
  return { [order]: { ...range, [newestFirst ? '$lte' : '$gte']: from[0] } };
}

function cursorAt(items: readonly Document[], order: string, from: Position | undefined): string {
  const value = valueAt(items.at(-1), order);
  const here = items.filter((item) => valueAt(item, order) === value).map(signOf);
  const before = from && from[0] === value ? from[1] : [];
  return Buffer.from(JSON.stringify([value, [...before, ...here]])).toString('base64url');
}

/** Short, because many records may have one value, and an address holds a few thousand letters. */
const signOf = ({ _id }: Document): string => derivedId('shown', _id).slice(0, 6);

/** By a dotted path. */
const valueAt = (document: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((value, key) => new Map(Object.entries(value ?? {})).get(key), document);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
