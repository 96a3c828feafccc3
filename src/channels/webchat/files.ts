import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import type { Route } from '../../core/http.js';
import type { Log } from '../../core/log.js';
import type { FilePort, StoredFile } from '../channel.js';
import { refusal, sendAnswer } from './answer.js';
import { allowReading, type Origins } from './origins.js';
import type { Signer } from './signer.js';

/** Addresses of private files: whoever has one may read the file for an hour, so they go to the conversation only. */
export interface FileLinks {
  link(base: string, fileId: string): string;
}

const linkLifeMs = 60 * 60 * 1000;

export const createFileLinks = (signer: Signer): FileLinks => ({
  link: (base, fileId) => `${base}/chat/files/${signer.sign('file', [fileId], linkLifeMs)}`,
});

export interface FileRouteContext {
  signer: Signer;
  files: FilePort;
  origins: Origins;
  log: Log;
}

export function fileRoute(context: FileRouteContext): Route {
  const { signer, files, origins, log } = context;
  return {
    method: 'get',
    path: '/chat/files/:link',
    async handle(request, response) {
      if (origins.allows(request)) allowReading(request, response);
      const signed = signer.read('file', String(request.params['link']));
      const [id] = signed?.fields ?? [];
      if (!signed || id === undefined) return sendAnswer(response, notFound);
      if (signed.age >= 0) return sendAnswer(response, expired);
      const opened = await files.open(id).catch((error: unknown) => {
        log.warn('a file could not be opened', { error });
      });
      if (!opened) return sendAnswer(response, notFound);
      await sendFile(request, response, opened);
    },
  };
}

const notFound = refusal(404, 'NotFound', 'There is no such file.');
const expired = refusal(403, 'LinkExpired', 'This link has expired. Open the chat again for a new one.');

type Opened = NonNullable<Awaited<ReturnType<FilePort['open']>>>;

async function sendFile(request: Request, response: Response, { file, content }: Opened): Promise<void> {
  response.set({
    'Content-Type': file.contentType,
    'Content-Length': String(file.size),
    'Content-Disposition': disposition(file),
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "default-src 'none'; sandbox",
    // The chat is embedded in other sites, whose pages show the pictures.
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'Cache-Control': 'private, max-age=600',
  });
  const stream = Readable.from(content, { objectMode: false });
  if (request.method === 'HEAD') {
    stream.destroy();
    return void response.end();
  }
  // A reader who leaves, or a store that fails half way: the broken connection tells, there is nobody else to tell.
  await pipeline(stream, response).catch(() => response.destroy());
}

/** Only pictures that cannot hold a script open in the page. The name in UTF-8: https://www.rfc-editor.org/rfc/rfc6266 */
function disposition({ name, contentType }: StoredFile): string {
  const kind = inlineTypes.has(contentType) ? 'inline' : 'attachment';
  const encoded = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="file"; filename*=UTF-8''${encoded}`;
}

const inlineTypes = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);
