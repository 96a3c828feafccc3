import { TelegramError } from 'telegraf';
import { SendError } from '../../core/errors.js';
import type { SendErrorKind } from '../../core/errors.js';

/** What went wrong between us and Telegram, without the request that it was about. */
export interface Failure {
  /** `conflict`: another program receives this bot's messages (409). */
  kind: SendErrorKind | 'conflict';
  /** A status or a system code, for the log: `401`, `ECONNREFUSED`. */
  code: string;
  /** Milliseconds. */
  retryAfter?: number;
}

/**
 * Sorts what telegraf and fetch throw. Their errors quote the payload or the address with the token, so nothing of
 * them is kept but a code. https://core.telegram.org/bots/api#making-requests
 */
export function classify(error: unknown): Failure {
  if (!(error instanceof TelegramError)) return { kind: 'unavailable', code: systemCode(error) };
  const code = `${error.code}`;
  const retryAfter = error.parameters?.retry_after;
  if (error.code === 429) return { kind: 'rate_limited', code, retryAfter: (retryAfter ?? 1) * 1000 };
  if (error.code === 400) return { kind: /chat not found/i.test(error.description) ? 'not_found' : 'invalid', code };
  return { kind: kinds[error.code] ?? 'unavailable', code };
}

// A token of the wrong form is answered with 404, one that was revoked with 401.
const kinds: Record<number, Failure['kind']> = {
  401: 'unauthorised',
  403: 'blocked',
  404: 'unauthorised',
  409: 'conflict',
  413: 'invalid',
};

const sentences: Record<Failure['kind'], string> = {
  blocked: 'The person has blocked the bot or left Telegram.',
  not_found: 'Telegram knows no such chat.',
  invalid: 'Telegram refuses the content.',
  rate_limited: 'Telegram asks us to wait.',
  window_closed: 'Telegram does not let us write to this person now.',
  restricted: 'Telegram has restricted the bot.',
  unavailable: 'Telegram cannot be reached or does not answer; it is tried again.',
  unauthorised: 'Telegram refuses the token: set TELEGRAM_BOT_TOKEN to the one that @BotFather gave.',
  conflict: "Another program receives this bot's messages: stop it, or give Wasl a bot of its own.",
};

/** A sentence for the operator. */
export const explain = ({ kind, code }: Failure): string => `${sentences[kind]} (${code})`;

export function toSendError(error: unknown): SendError {
  if (error instanceof SendError) return error;
  const failure = classify(error);
  const kind = failure.kind === 'conflict' ? 'unavailable' : failure.kind;
  return new SendError(kind, explain(failure), failure.retryAfter ? { retryAfter: failure.retryAfter } : {});
}

function systemCode(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const cause: unknown = error.cause ?? error;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' && /^\w+$/.test(code) ? code : error.name;
}
