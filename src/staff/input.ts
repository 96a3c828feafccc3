import type { Request } from 'express';
import { z } from 'zod';
import type { Locale } from '../language/matcher.js';
import { problem, type Problem } from './problem.js';
import type { Call } from './route.js';

export type Say = (key: string, variables?: Record<string, unknown>) => string;

export type Input =
  | { type: 'read'; params: Record<string, unknown>; query: Record<string, unknown>; body: unknown }
  | { type: 'refused'; problem: Problem };

const nothing = z.strictObject({});

/** Holds address, query and body against the schemas of the call, and names everything that does not fit. */
export function readInput(call: Call, request: Request, { locale, say }: { locale: Locale; say: Say }): Input {
  if (isOfWrongType(call, request)) return { type: 'refused', problem: problem(415, 'staff.wrongType') };
  const error = explain[locale];
  const params = (call.params ?? nothing).safeParse(request.params, { error });
  const query = (call.query ?? nothing).safeParse(request.query, { error });
  const body = bodySchema(call).safeParse(bodyOf(call, request), { error });
  if (params.success && query.success && body.success) {
    const data = { params: params.data, query: query.data, body: body.data };
    return { type: 'read', ...wellFormed(data) };
  }
  const issues = [params, query, body].flatMap((part) => part.error?.issues ?? []);
  const errors = issues.map(({ path, message }) => ({
    path: path.map(String).join('.'),
    detail: message.startsWith('staff.') ? say(message) : message,
  }));
  return { type: 'refused', problem: problem(400, 'staff.invalid', { errors }) };
}

/** What the schemas do not say themselves, zod says in the person's language. */
const explain = { ar: z.locales.ar().localeError, en: z.locales.en().localeError };

function isOfWrongType({ body }: Call, request: Request): boolean {
  const isSent = request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length']) > 0;
  if (body === undefined || body === 'file' || !isSent) return false;
  return request.is(body === 'csv' ? ['text/*', 'application/vnd.ms-excel'] : 'json') === false;
}

/** A call without a body leaves unread whatever is sent. */
const bodySchema = ({ body }: Call): z.ZodType =>
  body === undefined || body === 'file' ? z.unknown() : body === 'csv' ? z.string() : body;

/** No body at all is taken for one without fields. */
function bodyOf({ body }: Call, request: Request): unknown {
  if (body === 'file') return request;
  const sent: unknown = request.body;
  if (body === undefined) return {};
  if (body !== 'csv') return sent ?? {};
  return Buffer.isBuffer(sent) ? decodeText(sent) : '';
}

/** Arabic Excel saves its CSV files as Windows-1256; no text in it of any length is also UTF-8. */
function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1256').decode(bytes);
  }
}

/** Halves of characters, which JSON lets through, would come back from the store as something else. */
function wellFormed<T>(value: T): T;
function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed();
  if (Array.isArray(value)) return value.map(wellFormed);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, wellFormed(inner)]));
}
