import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a page of ours asks, or no page at all. Another site's page can make a browser send a change, with its cookies
 * in some cases, but cannot choose these headers. Browsers leave out `Sec-Fetch-Site` over plain http.
 */
export function createSameOrigin(publicUrl: string | undefined): (headers: IncomingHttpHeaders) => boolean {
  const own = publicUrl === undefined ? undefined : new URL(publicUrl).origin;
  return (headers) => {
    const site = headers['sec-fetch-site'];
    if (site !== undefined) return site === 'same-origin' || site === 'none';
    const { origin, host } = headers;
    if (origin === undefined) return true;
    if (!URL.canParse(origin)) return false;
    return origin === own || new URL(origin).host === host?.toLowerCase();
  };
}
