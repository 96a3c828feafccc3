import type { IncomingMessage } from 'node:http';
import { refusal, type Answer } from './answer.js';

export type Body = { type: 'json'; value: unknown } | { type: 'refused'; answer: Answer };

/**
 * Reads a JSON body of at most `limit` bytes; none at all is `{}`. The server could do it, but its refusals lack the
 * headers of other origins, and a page that cannot read "too large" would send the same again and again.
 */
export async function readJson(request: IncomingMessage, limit: number): Promise<Body> {
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') return refused(415, 'UnsupportedMediaType', 'A compressed body is not taken here.');
  const bytes = await readBytes(request, limit);
  if (bytes === 'too large') return refused(413, 'MessageSizeTooBig', 'The message is too large.');
  if (bytes === 'broken') return refused(400, 'BadSyntax', 'The body broke off.');
  return parseJson(bytes);
}

export function parseJson(bytes: Uint8Array): Body {
  const text = new TextDecoder().decode(bytes);
  if (text.trim() === '') return { type: 'json', value: {} };
  try {
    return { type: 'json', value: JSON.parse(text) };
  } catch {
    return refused(400, 'BadSyntax', 'The body is not well-formed JSON.');
  }
}

const refused = (status: number, code: string, message: string): Body => ({
  type: 'refused',
  answer: refusal(status, code, message),
});

/** What is too large is not kept; Node reads the rest away after the answer, so that the caller sees it. */
function readBytes(request: IncomingMessage, limit: number): Promise<Buffer | 'too large' | 'broken'> {
  if (Number(request.headers['content-length']) > limit) return Promise.resolve('too large');
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const take = (chunk: Buffer): void => {
      size += chunk.length;
      if (size <= limit) return void chunks.push(chunk);
      request.off('data', take);
      resolve('too large');
    };
    request.on('data', take);
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', () => resolve('broken'));
    request.once('close', () => resolve('broken'));
  });
}
