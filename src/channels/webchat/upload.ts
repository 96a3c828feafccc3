import type { IncomingMessage } from 'node:http';
import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy';
import { AppError } from '../../core/errors.js';
import type { Log } from '../../core/log.js';
import type { FilePort, StoredFile } from '../channel.js';
import { refusal, tryLater, type Answer } from './answer.js';
import { parseJson } from './body.js';

export interface UploadContext {
  ports: { files: FilePort };
  log: Log;
  maxMessageBytes: number;
  maxUploadBytes: number;
  maxFiles: number;
}

export type Upload = { type: 'read'; activity: unknown; files: StoredFile[] } | { type: 'refused'; answer: Answer };

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
  if (!(await parsedWhole(request, parser, largest))) parts.abandon();
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
function parsedWhole(request: IncomingMessage, parser: BusboyInstance, largest: number): Promise<boolean> {
  return new Promise((resolve) => {
    let size = 0;
    const end = (whole: boolean) => (): void => {
      request.unpipe(parser);
      request.resume();
      resolve(whole);
    };
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > largest) end(false)();
    });
    parser.once('finish', end(true));
    parser.on('error', end(false));
    request.once('error', end(false));
    request.once('close', end(false));
    request.pipe(parser);
  });
}

interface Parts {
  /** The body broke off: what is still being read ends with an error. */
  abandon(): void;
  result(): Promise<Upload>;
}

function collectParts(parser: BusboyInstance, context: UploadContext): Parts {
  const streams = new Set<BusboyFileStream>();
  const saves: Promise<StoredFile>[] = [];
  const activity = { bytes: Promise.resolve<Uint8Array>(new Uint8Array()) };
  let problem: Answer | undefined;
  const refuse = (answer: Answer): void => {
    problem ??= answer;
  };

  function save(stream: BusboyFileStream, name: string): void {
    if (saves.length >= context.maxFiles) refuse(tooMany(context.maxFiles));
    if (problem) return void stream.resume();
    const saved = context.ports.files.save(wholeOf(stream, context.maxUploadBytes), { name });
    saved.catch((error: unknown) => refuse(fileProblem(error, stream, context.log))).finally(() => stream.resume());
    saves.push(saved);
  }

  parser.on('file', (field: string, stream: BusboyFileStream, name: string | undefined) => {
    streams.add(stream);
    // Without a listener a broken upload would end the process.
    stream.on('error', () => streams.delete(stream));
    stream.once('end', () => streams.delete(stream));
    if (field !== 'activity') return save(stream, fileName(name));
    activity.bytes = bytesOf(stream, context.maxMessageBytes);
    activity.bytes.catch((error: unknown) => refuse(fileProblem(error, stream, context.log)));
  });
  parser.on('field', (field: string, value: string) => {
    if (field === 'activity') activity.bytes = Promise.resolve(Buffer.from(value));
  });
  parser.on('filesLimit', () => refuse(tooMany(context.maxFiles)));
  parser.on('partsLimit', () => refuse(tooMany(context.maxFiles)));

  return {
    abandon() {
      refuse(brokenOff);
      streams.forEach((stream) => stream.destroy(new Error('The upload broke off')));
    },
    async result() {
      const [[bytes], files] = await Promise.all([Promise.allSettled([activity.bytes]), Promise.allSettled(saves)]);
      if (problem || bytes.status === 'rejected') return refused(problem ?? brokenOff);
      const body = parseJson(bytes.value.length === 0 ? bareMessage : bytes.value);
      if (body.type === 'refused') return body;
      return { type: 'read', activity: body.value, files: files.flatMap(stored) };
    },
  };
}

/** The chunks of one file. It stays open when the reader stops early, or the parser would wait for ever. */
async function* wholeOf(stream: BusboyFileStream, limit: number): AsyncIterable<Uint8Array> {
  let size = 0;
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > limit) throw new TooLarge();
    yield chunk;
  }
  if (stream.truncated) throw new TooLarge();
}

class TooLarge extends AppError {
  constructor() {
    super('file_refused', 'A file was too large.');
  }
}

async function bytesOf(stream: BusboyFileStream, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of wholeOf(stream, limit)) chunks.push(chunk);
  } finally {
    stream.resume();
  }
  return Buffer.concat(chunks);
}

function fileProblem(error: unknown, stream: BusboyFileStream, log: Log): Answer {
  if (error instanceof TooLarge || stream.truncated) return tooLarge;
  if (stream.errored) return brokenOff;
  if (error instanceof AppError && error.code === 'file_refused') return notTaken;
  log.warn('a file could not be kept; the client was told to send it again', { error });
  return tryLater('The file could not be kept. Please send it again in a moment.');
}

const tooLarge = refusal(413, 'MessageSizeTooBig', 'A file is too large.');
const notTaken = refusal(415, 'UnsupportedMediaType', 'A file is too large or of a type that is not taken here.');
const brokenOff = refusal(400, 'BadSyntax', 'The files broke off, or the body is not well-formed.');
const tooMany = (most: number): Answer => refusal(400, 'BadArgument', `At most ${most} files fit in one message.`);

/** Directions of writing could make `exe` look like `jpg`. */
function fileName(name = ''): string {
  const clean = name.toWellFormed().replace(unsafe, '').trim();
  return clean.length > 150 ? clean.slice(-150).replace(/^[\uDC00-\uDFFF]/, '') : clean || 'file';
}

// eslint-disable-next-line no-control-regex -- removing them is the point
const unsafe = /[\u0000-\u001F\u007F-\u009F\u200E\u200F\u202A-\u202E\u2066-\u2069/\\]/g;

const refused = (answer: Answer): Upload => ({ type: 'refused', answer });

const stored = (result: PromiseSettledResult<StoredFile>): StoredFile[] =>
  result.status === 'fulfilled' ? [result.value] : [];

/** Files without a word are a message too. */
const bareMessage = new TextEncoder().encode('{"type":"message"}');
