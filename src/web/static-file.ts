import { createHash } from 'node:crypto';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Request, Response } from 'express';

/** A file that never changes while the process runs: compressed once, checked again by its tag. */
export type StaticFile = (request: Request, response: Response) => void;

const encodings = ['br', 'gzip'] as const;

export interface StaticFileOptions {
  content: string;
  type: string;
  headers?: Readonly<Record<string, string>>;
  /** Seconds for which a browser does not ask again. */
  maxAge: number;
}

export function createStaticFile({ content, type, headers = {}, maxAge }: StaticFileOptions): StaticFile {
  const bodies = {
    identity: Buffer.from(content),
    gzip: gzipSync(content, { level: 9 }),
    br: brotliCompressSync(content),
  };
  const tag = `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`;

  return (request, response) => {
    // Asked one by one: browsers name gzip first and like Brotli as much.
    const chosen = encodings.find((encoding) => request.acceptsEncodings(encoding)) ?? 'identity';
    response.set({ ...headers, 'Content-Type': type, 'Cache-Control': `public, max-age=${maxAge}`, ETag: tag });
    response.vary('Accept-Encoding');
    if (request.fresh) {
      response.status(304).end();
      return;
    }
    if (chosen !== 'identity') response.set('Content-Encoding', chosen);
    response.end(request.method === 'HEAD' ? undefined : bodies[chosen]);
  };
}
