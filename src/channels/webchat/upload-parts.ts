import type { BusboyFileStream, BusboyInstance } from '@fastify/busboy';
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

export interface Parts {
  /** There will be no more: what is still being read ends with an error. */
  abandon(answer: Answer): void;
  result(): Promise<Upload>;
}

/** Takes the parts of one message while they arrive. */
export function collectParts(parser: BusboyInstance, context: UploadContext): Parts {
  const { maxFiles, maxUploadBytes, maxMessageBytes, log } = context;
  const streams = new Set<BusboyFileStream>();
  const saves: Promise<StoredFile>[] = [];
  let activity: Promise<Uint8Array> = Promise.resolve(bareMessage);
  let problem: Answer | undefined;
  const refuse = (answer: Answer): void => {
    problem ??= answer;
  };

  function save(stream: BusboyFileStream, name: string): Promise<StoredFile> {
    const saved = context.ports.files.save(wholeOf(stream, maxUploadBytes), { name });
    saves.push(saved);
    return saved;
  }

  function take(field: string, stream: BusboyFileStream, name: string | undefined): void {
    if (field !== 'activity' && saves.length >= maxFiles) refuse(tooMany(maxFiles));
    if (problem) return void stream.resume();
    const taken = field === 'activity' ? (activity = bytesOf(stream, maxMessageBytes)) : save(stream, fileName(name));
    taken.catch((error: unknown) => refuse(fileProblem(error, stream, log))).finally(() => stream.resume());
  }

  parser.on('file', (field: string, stream: BusboyFileStream, name: string | undefined) => {
    streams.add(stream);
    // Without a listener a broken upload would end the process.
    stream.on('error', () => streams.delete(stream));
    stream.once('end', () => streams.delete(stream));
    take(field, stream, name);
  });
  parser.on('field', (field: string, value: string) => {
    if (field === 'activity') activity = Promise.resolve(Buffer.from(value));
  });
  parser.on('filesLimit', () => refuse(tooMany(maxFiles)));
  parser.on('partsLimit', () => refuse(tooMany(maxFiles)));

  return {
    abandon(answer) {
      refuse(answer);
      streams.forEach((stream) => stream.destroy(new Error('The upload broke off')));
    },
    async result() {
      const [bytes, files] = await Promise.all([settled(activity), Promise.all(saves.map(settled))]);
      const whole = files.filter((file) => file !== undefined);
      if (problem || bytes === undefined || whole.length < files.length) return refused(problem ?? brokenOff);
      const body = parseJson(bytes);
      return body.type === 'refused' ? body : { type: 'read', activity: body.value, files: whole };
    },
  };
}

/** A failure has been noted where it was made. */
const settled = <T>(promise: Promise<T>): Promise<T | undefined> => promise.catch(() => undefined);

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
  for await (const chunk of wholeOf(stream, limit)) chunks.push(chunk);
  return chunks.length === 0 ? bareMessage : Buffer.concat(chunks);
}

function fileProblem(error: unknown, stream: BusboyFileStream, log: Log): Answer {
  if (error instanceof TooLarge || stream.truncated) return tooLarge;
  if (stream.errored) return brokenOff;
  if (error instanceof AppError && error.code === 'file_refused') return notTaken;
  log.warn('a file could not be kept; the client was told to send it again', { error });
  return tryLater('The file could not be kept. Please send it again in a moment.');
}

export const tooLarge = refusal(413, 'MessageSizeTooBig', 'A file is too large.');
const notTaken = refusal(415, 'UnsupportedMediaType', 'A file is too large or of a type that is not taken here.');
export const brokenOff = refusal(400, 'BadSyntax', 'The files broke off, or the body is not well-formed.');
const tooMany = (most: number): Answer => refusal(400, 'BadArgument', `At most ${most} files fit in one message.`);

/** Directions of writing could make `exe` look like `jpg`. */
function fileName(name = ''): string {
  const clean = name.toWellFormed().replace(unsafe, '').trim();
  return clean.length > 150 ? clean.slice(-150).replace(/^[\uDC00-\uDFFF]/, '') : clean || 'file';
}

// eslint-disable-next-line no-control-regex -- removing them is the point
const unsafe = /[\u0000-\u001F\u007F-\u009F\u200E\u200F\u202A-\u202E\u2066-\u2069/\\]/g;

export const refused = (answer: Answer): Upload => ({ type: 'refused', answer });

/** Files without a word are a message too. */
const bareMessage = new TextEncoder().encode('{"type":"message"}');
