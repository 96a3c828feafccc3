import express, { type RequestHandler } from 'express';
import type { Route } from '../core/http.js';
import { sendProblem } from './problem.js';

/**
 * Reads the body as the route declares it. A body that cannot be read is answered here, so that what the person sent
 * never reaches an error handler or the log.
 */
export function bodyReader(body: Route['body'], limit: number): RequestHandler {
  if (body === 'json') return refusing(express.json({ limit }));
  if (body === 'raw') return refusing(express.raw({ limit, type: () => true }));
  return (_request, _response, next) => next();
}

function refusing(read: RequestHandler): RequestHandler {
  return (request, response, next) => {
    const done = (error?: unknown): void => {
      if (error === undefined) return next();
      const status = statusOf(error);
      sendProblem(response, status, details[status] ?? 'The body of the request could not be read.');
    };
    void read(request, response, done);
  };
}

/** body-parser's own errors carry the status: 400, 413 or 415. */
function statusOf(error: unknown): number {
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 400;
}

const details: Record<number, string> = {
  400: 'The body is not well-formed JSON, or it broke off.',
  413: 'The body is too large.',
  415: 'The body has a character set or an encoding that is not supported.',
};
