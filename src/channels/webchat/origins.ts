import type { IncomingMessage } from 'node:http';
import type { Response } from 'express';

/** Which pages may talk to the chat. */
export interface Origins {
  /** No Origin header means that no browser page asks: allowed, as it still needs a token. */
  allows(request: IncomingMessage): boolean;
}

/** `allowed` holds origins such as `https://example.org`, or `*`. The server's own pages are always allowed. */
export function createOrigins(allowed: readonly string[], publicUrl?: string): Origins {
  const known = new Set(allowed.map((origin) => (origin === '*' ? origin : originOf(origin))));
  if (publicUrl !== undefined) known.add(originOf(publicUrl));

  return {
    allows({ headers: { origin, host } }) {
      if (origin === undefined || known.has('*')) return true;
      const asked = originOf(origin);
      if (asked === undefined) return false;
      return known.has(asked) || new URL(asked).host === host?.toLowerCase();
    },
  };
}

/** Canonical; undefined for `null`, which is what a page without an origin of its own sends. */
function originOf(text: string): string | undefined {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return undefined;
  return new URL(text).origin;
}

/** Lets the asking page read the answer. `Retry-After` is hidden from pages unless it is exposed by name. */
export function allowReading(request: IncomingMessage, response: Response): void {
  const { origin } = request.headers;
  response.vary('Origin');
  if (origin === undefined) return;
  response.set({ 'Access-Control-Allow-Origin': origin, 'Access-Control-Expose-Headers': 'Retry-After' });
}

/** Answers a preflight. The header names are those that botframework-directlinejs 0.15 sends. */
export function allowAsking(response: Response, method: string): void {
  response.set({
    'Access-Control-Allow-Methods': method,
    'Access-Control-Allow-Headers': 'authorization, content-type, x-ms-bot-agent, x-requested-with',
    // Chromium keeps no preflight longer than two hours.
    'Access-Control-Max-Age': '7200',
  });
}
