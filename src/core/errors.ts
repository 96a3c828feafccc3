/**
 * Failures, by who failed. A message tells the operator what to do; it never holds what a person wrote, a name, a
 * number or a token. Expected outcomes are not errors: they are values.
 */
export class AppError extends Error {
  /** Stable; the README lists every one. */
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}

/** The environment is not usable. `problems` names every mistake at once. */
export class ConfigError extends AppError {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super('config_invalid', `The configuration has ${problems.length} problem(s):\n${bullets(problems)}`);
    this.problems = problems;
  }
}

/** A file in `flows/` or `locales/` is not usable. Each problem has file, line, path and what to do. */
export class FlowError extends AppError {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super('flows_invalid', `The content has ${problems.length} problem(s):\n${bullets(problems)}`);
    this.problems = problems;
  }
}

/** The store refused, or cannot be used. */
export class StoreError extends AppError {}

/** Why a channel did not take a message. The channel only classifies; the mailbox alone decides what follows. */
export class SendError extends AppError {
  readonly kind: SendErrorKind;
  readonly retryable: boolean;
  /** Milliseconds that the provider asks us to wait. */
  readonly retryAfter: number | undefined;

  constructor(kind: SendErrorKind, message: string, options: { cause?: unknown; retryAfter?: number } = {}) {
    super('send_failed', message, options);
    this.kind = kind;
    this.retryable = retryableKinds[kind];
    this.retryAfter = options.retryAfter;
  }
}

const retryableKinds = {
  /** The person has blocked us or left. */
  blocked: false,
  /** The chat does not exist (any more). */
  not_found: false,
  /** The provider refuses the content of this message. */
  invalid: false,
  /** Too many messages: wait as told. */
  rate_limited: true,
  /** The provider could not be reached, or failed itself. */
  unavailable: true,
  /** The channel lets us write only within a time after the person's last message, and that time is over. */
  window_closed: false,
  /** The provider has restricted our account: the operator must act, and no repeat helps. */
  restricted: false,
  /** Our token is wrong or has expired: the operator must act, the messages wait. */
  unauthorised: true,
} as const satisfies Record<string, boolean>;

export type SendErrorKind = keyof typeof retryableKinds;
export const sendErrorKinds = Object.keys(retryableKinds) as SendErrorKind[];

/** What each code means and what the operator does about it; the README repeats this table and a test compares them. */
export const errorCatalogue = {
  config_invalid: 'Correct the variables that the message names, in the environment or in .env.',
  flows_invalid: 'Correct the files that the message names; "npm run check" looks again.',
  store_in_use: 'Another Wasl runs on this DATA_DIR. Stop it, or give this one a folder of its own.',
  store_corrupt: 'The data file is damaged. It was left as it is: restore a backup, or move the file away.',
  store_failed: 'The store could not write or read. Look at free disk space, or at the MongoDB server.',
  store_refused: 'A query that the store does not allow: a fault of Wasl. Report it with the message.',
  store_duplicate: 'A record with this key exists already: a fault of Wasl when it reaches the log.',
  send_failed: 'A channel did not take a message; the fields kind and channel say why.',
  turn_failed: 'A message could not be handled after three tries and was set aside; a task was opened.',
  channel_failed: 'A channel cannot receive. Look at its token and at the network; it tries again by itself.',
  file_refused: 'A file was too large, of a type that is not allowed, or broken off.',
  port_in_use: 'PORT is taken. Stop the other program or set another PORT.',
} as const satisfies Record<string, string>;

export type ErrorCode = keyof typeof errorCatalogue;

const bullets = (lines: readonly string[]): string => lines.map((line) => `  - ${line}`).join('\n');
