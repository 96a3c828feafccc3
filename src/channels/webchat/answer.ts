import type { Response } from 'express';

/** What an endpoint answers: a value, so that an endpoint is a plain function. */
export interface Answer {
  status: number;
  body: unknown;
  /** Seconds. */
  retryAfter?: number;
}

export const ok = (body: unknown, status = 200): Answer => ({ status, body });

/** A refusal in Direct Line's own form. `message` is a sentence for a person and never quotes the request. */
export const refusal = (status: number, code: string, message: string): Answer => ({
  status,
  body: { error: { code, message } },
});

/** 503 makes the official client report "retry"; what was sent is safe to send again under the same id. */
export const tryLater = (message: string): Answer => ({
  ...refusal(503, 'ServiceUnavailable', message),
  retryAfter: 2,
});

export function sendAnswer(response: Response, { status, body, retryAfter }: Answer): void {
  if (response.headersSent || response.destroyed) return;
  if (retryAfter !== undefined) response.set('Retry-After', String(retryAfter));
  response.status(status).set('Cache-Control', 'no-store').json(body);
}
