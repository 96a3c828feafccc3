import type { Request } from 'express';

/** The address under which the caller reaches us, for links in our answers. Undefined when it names no sane host. */
export type BaseUrl = (request: Request) => string | undefined;

export function createBaseUrl(publicUrl?: string): BaseUrl {
  const fixed = publicUrl?.replace(/\/+$/, '');
  return (request) => {
    if (fixed !== undefined) return fixed;
    const { host } = request.headers;
    // The Host header is whatever the caller wrote: only a host name or an address with a port goes into a link.
    if (host === undefined || !/^([a-z0-9_.-]{1,253}|\[[0-9a-f:.]{2,45}\])(:\d{1,5})?$/i.test(host)) return undefined;
    return `${request.protocol}://${host}`;
  };
}
