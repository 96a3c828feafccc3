import type { Readable } from 'node:stream';
import { z } from 'zod';
import type { Locale } from '../language/matcher.js';
import type { AccountRecord, Role } from './account.js';
import type { Problem, ProblemStatus } from './problem.js';

/** Members of staff with one of these roles, all members, or everybody. No role includes another. */
export type Who = readonly Role[] | 'signed-in' | 'anyone';

type Fields = z.ZodObject<z.core.$ZodLooseShape, z.core.$ZodObjectConfig>;
type NoFields = z.ZodObject<Readonly<Record<string, z.ZodNever>>>;

/** JSON by its schema, which should be strict, the text of a CSV file, or a file of whatever kind as it arrives. */
export type Body = z.ZodType | 'csv' | 'file';

/** JSON by its schema, of which no other field leaves the house, or a file. */
export type Answer = z.ZodType | { contentType: string };

/** The answer of a call that has nothing to say: 204. */
export const noContent = z.undefined();

/** What a call is handed once everything was checked. */
export interface CallInput<W extends Who, P extends Fields, Q extends Fields, B extends Body> {
  account: W extends 'anyone' ? AccountRecord | undefined : AccountRecord;
  params: z.output<P>;
  query: z.output<Q>;
  body: B extends z.ZodType ? z.output<B> : B extends 'file' ? AsyncIterable<Uint8Array> : string;
  request: RequestFacts;
}

export interface RequestFacts {
  /** Where it came from; undefined when the connection is gone. */
  address: string | undefined;
  /** In which people want to be answered. */
  locale: Locale;
  /** Id of the session, never the token. */
  session: string | undefined;
  /** A header of the request, by its name in small letters. */
  header(name: string): string | undefined;
  /** Adds a header to the answer, whatever it will be. */
  setHeader(name: string, value: string): void;
}

/** A file as an answer. */
export interface FileAnswer {
  content: string | Uint8Array | Readable;
  /** Where it differs from the call's own `contentType`. */
  contentType?: string;
  /** Offered for download by this name; shown in place when there is none. */
  name?: string;
  headers?: Readonly<Record<string, string>>;
}

type Answered<A extends Answer> = A extends z.ZodType ? z.input<A> : FileAnswer;

/** What the audit log keeps of a call. Ids and references only: never a name, a number or a person's words. */
export interface AuditRule<I, O> {
  /** In the past tense: `request_moved`. */
  action: string;
  /** Id or reference of what it was about. `answer` is there when the call was carried out. */
  about?(input: I, answer: O | undefined): string | null;
  /** Why, as the member of staff wrote it. */
  reason?(input: I): string | undefined;
}

interface Description<W extends Who, A extends Answer, P extends Fields, Q extends Fields, B extends Body> {
  /** Below `/api/staff`, as OpenAPI writes it: `/requests/{reference}/moves`. */
  path: string;
  /** One line, for those who read the description of the API. */
  summary: string;
  roles: W;
  params?: P;
  query?: Q;
  body?: B;
  /** When it succeeds; 200 unless given, and 204 with `noContent`. */
  status?: 200 | 201;
  answer: A;
  /** Refusals that the call itself gives, for its description; what the platform refuses is added. */
  problems?: readonly ProblemStatus[];
  handle(input: CallInput<W, P, Q, B>): Answered<A> | Problem | Promise<Answered<A> | Problem>;
}

/** Every change is audited: by the rule, or `own` when the handler writes the entry itself. */
type Audited<I, O> =
  { method: 'get'; audit?: AuditRule<I, O> } | { method: 'post' | 'patch' | 'delete'; audit: AuditRule<I, O> | 'own' };

type Definition<W extends Who, A extends Answer, P extends Fields, Q extends Fields, B extends Body> = Description<
  W,
  A,
  P,
  Q,
  B
> &
  Audited<CallInput<W, P, Q, B>, Answered<A>>;

/** One call of the staff API, whatever its types: address, who may, schemas, audit and handler. */
export type Call = Definition<Who, Answer, Fields, Fields, Body>;

/** Describes a call in one value, with the types of its handler taken from its schemas. */
export function defineCall<
  const W extends Who,
  A extends Answer,
  P extends Fields = NoFields,
  Q extends Fields = NoFields,
  B extends Body = NoFields,
>(definition: Definition<W, A, P, Q, B>): Call {
  return definition;
}
