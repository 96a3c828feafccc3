/** A sentence of `locales/`, by its key, with what is filled in. */
export type Sentence = string | { key: string; variables: Record<string, unknown> };

/** An expected refusal: a value, not an exception. */
export interface Problem {
  readonly [mark]: true;
  status: ProblemStatus;
  detail: Sentence;
  /** Further members of the problem, such as `possible` for a move that is not. */
  extra: Readonly<Record<string, unknown>>;
}

export type ProblemStatus = 400 | 401 | 403 | 404 | 409 | 410 | 413 | 415 | 422 | 429;

/** Keeps a record that happens to have the same fields from being taken for a refusal. */
const mark = Symbol('problem');

/**
 * Refuses a call. `detail` is the key of a sentence for people, which is said in their language.
 * Sample: `problem(409, 'staff.lastAdmin', { possible: [] })`.
 */
export const problem = (
  status: ProblemStatus,
  detail: Sentence,
  extra: Readonly<Record<string, unknown>> = {},
): Problem => ({
  [mark]: true,
  status,
  detail,
  extra,
});

export const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' && value !== null && mark in value;
