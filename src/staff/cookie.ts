import type { IncomingHttpHeaders } from 'node:http';
import { parseCookie, stringifySetCookie } from 'cookie';
import { longestSession } from './sessions.js';

/** The cookie that holds the session's token. No script can read it and no other site can make a browser send it. */
export interface SessionCookie {
  name: string;
  read(headers: IncomingHttpHeaders): string | undefined;
  /** `Set-Cookie` headers. */
  write(token: string): string;
  remove(): string;
}

/** A browser takes the `__Host-` prefix, which keeps out cookies that a sibling domain has set, only over https. */
export function createSessionCookie(publicUrl: string | undefined): SessionCookie {
  const secure = publicUrl?.startsWith('https:') ?? false;
  const name = secure ? '__Host-wasl' : 'wasl';
  const set = (value: string, maxAge: number): string =>
    stringifySetCookie({ name, value, maxAge, path: '/', httpOnly: true, sameSite: 'strict', secure });
  return {
    name,
    read: ({ cookie }) => (cookie === undefined ? undefined : parseCookie(cookie)[name]),
    write: (token) => set(token, longestSession / 1000),
    remove: () => set('', 0),
  };
}
