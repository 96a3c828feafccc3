import type { Clock } from '../../core/clock.js';
import { SendError, type SendErrorKind } from '../../core/errors.js';

/** The part of the SDK's request and response that travels through here (`@azure/core-http-compat`). */
interface HttpRequest {
  url: string;
  method: string;
  headers: { rawHeaders(): Record<string, string> };
  body?: unknown;
}

/**
 * The transport below the SDK's connector. The SDK's own sends a failed POST three more times, waits out `Retry-After`
 * by itself and knows no deadline; this one tries once, and a refusal leaves as `SendError`, which the SDK passes on.
 */
export const createHttpClient = (clock: Clock) => ({
  async sendRequest(request: HttpRequest) {
    const { status, headers, bodyAsText } = await attempt(request);
    if (status < 200 || status > 299) throw refusal(status, waitOf(headers.get('retry-after'), clock));
    return { request, status, headers: { toJson: () => Object.fromEntries(headers) }, bodyAsText };
  },
});

async function attempt({ url, method, headers, body }: HttpRequest) {
  try {
    const response = await fetch(url, {
      method,
      headers: headers.rawHeaders(),
      redirect: 'error',
      signal: AbortSignal.timeout(patience),
      ...(typeof body === 'string' ? { body } : {}),
    });
    return { status: response.status, headers: response.headers, bodyAsText: await response.text() };
  } catch (cause) {
    throw new SendError('unavailable', 'Bot Framework could not be reached.', { cause });
  }
}

const refusal = (status: number, retryAfter: number | undefined): SendError =>
  new SendError(kindOf(status), `Bot Framework answered ${status}.`, retryAfter === undefined ? {} : { retryAfter });

/** 412 is Teams' word for "try again": https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit */
export function kindOf(status: number): SendErrorKind {
  if (status === 401) return 'unauthorised';
  if (status === 403) return 'blocked';
  if (status === 404) return 'not_found';
  if (status === 429) return 'rate_limited';
  if (status === 408 || status === 412 || status >= 500) return 'unavailable';
  return 'invalid';
}

/** Seconds, or a date. */
function waitOf(header: string | null, clock: Clock): number | undefined {
  if (header === null) return undefined;
  const wait = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - clock.now();
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}

const patience = 15_000;
