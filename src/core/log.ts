import { Writable } from 'node:stream';
import { pino, type Logger } from 'pino';
import pretty from 'pino-pretty';
import { AppError, SendError } from './errors.js';

/**
 * Structured log. The message is a fixed phrase; data goes into fields, and only the fields below are ever written, so
 * that no text, name, number or token of a person can reach it by mistake.
 */
export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  /** A human must act. */
  error(message: string, fields?: LogFields): void;
  child(fields: LogFields): Log;
}

export interface LogFields {
  part?: string;
  channel?: string;
  /** A digest of the conversation's key, by `logKey`: follows one chat through the log without naming the person. */
  conversation?: string;
  code?: string;
  kind?: string;
  state?: string;
  method?: string;
  route?: string;
  status?: number;
  count?: number;
  attempt?: number;
  ms?: number;
  port?: number;
  error?: unknown;
}

export interface LogOptions {
  level: string;
  format: 'json' | 'pretty';
  /** Where lines go; standard output unless given. */
  write?: (line: string) => void;
}

const allowed = new Set<string>([
  'part', 'channel', 'conversation', 'code', 'kind', 'state', 'method', 'route', 'status', 'count', 'attempt', 'ms', 'port',
]); // prettier-ignore

export function createLog({ level, format, write }: LogOptions): Log {
  const sink = write ? streamTo(write) : process.stdout;
  const stream = format === 'pretty' ? pretty({ sync: true, destination: sink }) : sink;
  return wrap(pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, stream));
}

const streamTo = (write: (line: string) => void): Writable =>
  new Writable({
    decodeStrings: false,
    write(line: unknown, _encoding, done) {
      write(String(line));
      done();
    },
  });

/** For tests and tools that want no log at all. */
export const silentLog: Log = wrap(pino({ level: 'silent' }));

function wrap(logger: Logger): Log {
  return {
    debug: (message, fields) => logger.debug(clean(fields), message),
    info: (message, fields) => logger.info(clean(fields), message),
    warn: (message, fields) => logger.warn(clean(fields), message),
    error: (message, fields) => logger.error(clean(fields), message),
    child: (fields) => wrap(logger.child(clean(fields))),
  };
}

function clean(fields: LogFields = {}): Record<string, unknown> {
  const kept: Record<string, unknown> = Object.fromEntries(Object.entries(fields).filter(([key]) => allowed.has(key)));
  if (fields.error !== undefined) kept['error'] = describeError(fields.error);
  return kept;
}

/**
 * An error as the log may show it. Only our own errors keep their message, which we wrote; a library's message and
 * fields may quote the request (telegraf's payload, Express's body), so of those the name, code and stack frames stay.
 */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: typeof error };
  const code = (error as { code?: unknown }).code;
  return {
    name: error.name,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(error instanceof AppError ? { message: error.message } : {}),
    ...(error instanceof SendError ? { kind: error.kind } : {}),
    frames: framesOf(error),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}

/** The stack without its head, which repeats the message; a message of several lines may look like frames. */
function framesOf({ stack = '', name, message }: Error): string[] {
  const head = stack.indexOf(message);
  const rest = message === '' || head === -1 ? stack.replace(name, '') : stack.slice(head + message.length);
  return rest
    .split('\n')
    .filter((line) => /^\s+at .*:\d+:\d+\)?$/.test(line))
    .slice(0, 6)
    .map((line) => line.trim());
}
