import type { IncomingMessage } from 'node:http';
import { Busboy, type BusboyInstance } from '@fastify/busboy';
import { refusal } from './answer.js';
import { brokenOff, collectParts, refused, tooLarge, type Upload, type UploadContext } from './upload-parts.js';

/**
 * Reads a message with files: a part `activity`, then the files in order, as botframework-directlinejs posts them. Files
 * are stored while they arrive; the first that is refused refuses the message. The body is always read to its end, so
 * that the client sees the answer.
 */
export async function readUpload(context: UploadContext, request: IncomingMessage): Promise<Upload> {
  const { maxFiles, maxUploadBytes, maxMessageBytes } = context;
  const largest = maxFiles * maxUploadBytes + maxMessageBytes + 65_536;
  if (Number(request.headers['content-length']) > largest) return refused(tooLarge);
  const parser = createParser(context, request);
  if (!parser) return refused(refusal(415, 'UnsupportedMediaType', 'Files come as multipart/form-data.'));
  const parts = collectParts(parser, context);
  const outcome = await parse(request, parser, largest);
  if (outcome !== 'whole') parts.abandon(outcome === 'too large' ? tooLarge : brokenOff);
  return parts.result();
}

function createParser(context: UploadContext, request: IncomingMessage): BusboyInstance | undefined {
  const { maxFiles, maxUploadBytes, maxMessageBytes } = context;
  const limits = {
    fileSize: Math.max(maxUploadBytes, maxMessageBytes),
    files: maxFiles + 2,
    fields: 4,
    fieldSize: maxMessageBytes + 1,
    parts: maxFiles + 8,
    headerPairs: 20,
    headerSize: 16_384,
  };
  try {
    return new Busboy({
      headers: { ...request.headers, 'content-type': request.headers['content-type'] ?? '' },
      limits,
    });
  } catch {
    return undefined;
  }
}

/** By hand, because `pipeline` would cut the connection on a malformed body and the client would never know why. */
function parse(
  request: IncomingMessage,
  parser: BusboyInstance,
  largest: number,
): Promise<'whole' | 'broken' | 'too large'> {
  return new Promise((resolve) => {
    let size = 0;
    const left = (): void => end('broken');
    const end = (outcome: 'whole' | 'broken' | 'too large'): void => {
      request.socket.off('close', left);
      request.unpipe(parser);
      request.resume();
      resolve(outcome);
    };
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > largest) end('too large');
    });
    parser.once('finish', () => end('whole'));
    parser.on('error', () => end('broken'));
    request.once('error', () => end('broken'));
    // The connection and not the request: from Node 26 on a whole request closes before the parser has finished.
    if (request.socket.destroyed) return left();
    request.socket.once('close', left);
    request.pipe(parser);
  });
}
