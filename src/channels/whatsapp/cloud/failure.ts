import { SendError } from '../../../core/errors.js';
import type { SendErrorKind } from '../../../core/errors.js';
import { GraphFailure } from './graph.js';

/**
 * Meta's codes, by what they mean for us. They come in answers and in status reports alike. Vendors' tables disagree; this
 * is Meta's own: https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes
 */
const kindOfCode: Readonly<Record<number, SendErrorKind>> = {
  // Wait and try again.
  1: 'unavailable',
  2: 'unavailable',
  131000: 'unavailable',
  131016: 'unavailable',
  4: 'rate_limited',
  80007: 'rate_limited',
  130429: 'rate_limited',
  131056: 'rate_limited',
  // The person.
  131026: 'blocked',
  131049: 'blocked',
  131050: 'blocked',
  131030: 'not_found',
  131047: 'window_closed',
  // Our token or its permissions: somebody must act, and then it works.
  0: 'unauthorised',
  3: 'unauthorised',
  10: 'unauthorised',
  190: 'unauthorised',
  131005: 'unauthorised',
  // Our account: somebody must act, and repeats make it worse.
  368: 'restricted',
  131031: 'restricted',
  131042: 'restricted',
  131048: 'restricted',
  133010: 'restricted',
};

/** What a code means; by the HTTP status where the code says nothing. */
export function kindOf(code: number, status = 400): SendErrorKind {
  // 0 stands for "no code" when the answer had none, and for a failed sign-in when Meta says so, with status 401.
  const known = code === 0 && status !== 401 ? undefined : kindOfCode[code];
  if (known) return known;
  if (code >= 200 && code <= 299) return 'unauthorised';
  if (status === 401) return 'unauthorised';
  if (status === 429) return 'rate_limited';
  return status >= 400 && status < 500 ? 'invalid' : 'unavailable';
}

const sentences: Record<SendErrorKind, string> = {
  blocked: 'WhatsApp cannot or will not deliver to this person.',
  not_found: 'WhatsApp knows no such person, or a test number may not write to them.',
  invalid: 'WhatsApp refuses the content.',
  window_closed: 'The person wrote more than 24 hours ago, and no approved template stands for this message.',
  restricted: 'Meta has restricted this WhatsApp account: look into Business Manager.',
  rate_limited: 'WhatsApp asks us to wait.',
  unavailable: 'WhatsApp cannot be reached or does not answer; it is tried again.',
  unauthorised: 'Meta refuses the token: make a new one in Business Manager and set WHATSAPP_CLOUD_TOKEN.',
};

/** A sentence for the operator. */
export const explain = (kind: SendErrorKind, code: string): string => `${sentences[kind]} (${code})`;

/** How long to wait when Meta does not say; milliseconds. */
const waits: Readonly<Record<number, number>> = { 131056: 60_000, 130429: 5_000, 80007: 60_000, 4: 60_000 };

/** Why Meta does not answer about the number itself. Nothing was sent, so what it refuses is the number. */
export function toNumberError(error: unknown): SendError {
  const failure = toSendError(error, { settleMs: 0 });
  return failure.kind === 'invalid' ? new SendError('unauthorised', unknownNumber) : failure;
}

const unknownNumber =
  "Meta knows no such number, or not for this token: compare WHATSAPP_CLOUD_PHONE_NUMBER_ID with Meta's dashboard.";

export function toSendError(error: unknown, { settleMs }: { settleMs: number }): SendError {
  if (error instanceof SendError) return error;
  if (!(error instanceof GraphFailure))
    return new SendError('unavailable', explain('unavailable', 'unexpected answer'));
  const kind = error.status === 0 ? 'unavailable' : kindOf(error.graphCode, error.status);
  const code = error.system ?? `${error.status}/${error.graphCode}`;
  const asked = error.retryAfter ?? waits[error.graphCode];
  // What may have been sent is not sent again at once: a report from WhatsApp may tell first.
  const wait = error.maybeDone ? Math.max(settleMs, asked ?? 0) : asked;
  return new SendError(kind, explain(kind, code), wait === undefined ? {} : { retryAfter: wait });
}
