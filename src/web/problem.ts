import { STATUS_CODES } from 'node:http';
import type { Response } from 'express';

/**
 * Answers a request with a problem in the form of RFC 9457. `detail` is for the caller and never quotes the request; given
 * as an object, it may bring members of its own.
 * Sample: `{"type": "about:blank", "title": "Payload Too Large", "status": 413, "detail": "The body is too large."}`.
 */
export function sendProblem(response: Response, status: number, detail: string | ProblemMembers): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const members = typeof detail === 'string' ? { detail } : detail;
  const title = STATUS_CODES[status] ?? 'Error';
  response
    .status(status)
    .set({ 'Content-Type': 'application/problem+json; charset=utf-8', 'Cache-Control': 'no-store' })
    .send(JSON.stringify({ ...members, type: 'about:blank', title, status }));
}

/** `type`, `title` and `status` are not to be had. */
export type ProblemMembers = { detail: string } & Readonly<Record<string, unknown>>;
