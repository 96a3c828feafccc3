import type { Clock } from '../core/clock.js';
import { AppError } from '../core/errors.js';
import { BlobTooLarge, type Blobs } from './blobs.js';
import type { Collection, Document } from './collection.js';
import { sniffLength, typeOf } from './file-types.js';

/** What is known of a file that somebody sent; its content is a blob. */
export interface FileRecord extends Document {
  name: string;
  contentType: string;
  size: number;
  sha256: string;
  at: number;
}

export interface StoredFile {
  id: string;
  name: string;
  contentType: string;
  size: number;
}

export type FileRefusal = 'empty' | 'too_large' | 'type' | 'broken';

/** A file that we do not take; `reason` decides the sentence that the person hears. */
export class FileRefused extends AppError {
  readonly reason: FileRefusal;

  constructor(reason: FileRefusal, options?: { cause?: unknown }) {
    super('file_refused', `A file was refused: ${reason}`, options);
    this.reason = reason;
  }
}

export interface FilesOptions {
  records: Collection<FileRecord>;
  blobs: Blobs;
  clock: Clock;
  maxBytes: number;
}

/** Keeps files that people send. Type is decided by content, size is limited, names are made harmless. */
export function createFiles({ records, blobs, clock, maxBytes }: FilesOptions) {
  async function save(content: AsyncIterable<Uint8Array>, about: { name: string }): Promise<StoredFile> {
    const source = content[Symbol.asyncIterator]();
    try {
      return await keep(source, harmlessName(about.name));
    } finally {
      // Whatever sends must not wait for a reader that has gone; how it ends is its own affair.
      await source.return?.().catch(() => undefined);
    }
  }

  async function keep(source: AsyncIterator<Uint8Array>, name: string): Promise<StoredFile> {
    const head = await readHead(source);
    if (head.length === 0) throw new FileRefused('empty');
    const contentType = await typeOf(head);
    if (!contentType) throw new FileRefused('type');
    const { id, size, sha256 } = await blobs.put(rest(head, source), { limit: maxBytes }).catch((error: unknown) => {
      throw asRefusal(error);
    });
    try {
      await records.insert({ _id: id, name, contentType, size, sha256, at: clock.now() });
    } catch (error) {
      // Nobody would know of the content.
      await blobs.delete(id).catch(() => undefined);
      throw error;
    }
    return { id, name, contentType, size };
  }

  async function open(id: string) {
    const record = await records.findOne({ _id: id });
    const content = record && (await blobs.open(id));
    if (!record || !content) return undefined;
    const { name, contentType, size } = record;
    return { file: { id, name, contentType, size }, content };
  }

  return { save, open };
}

/** A content that broke off is the sender's failure; a disk that is full is ours. */
function asRefusal(error: unknown): unknown {
  if (error instanceof BlobTooLarge) return new FileRefused('too_large', { cause: error });
  return error;
}

async function next(source: AsyncIterator<Uint8Array>): Promise<IteratorResult<Uint8Array>> {
  try {
    return await source.next();
  } catch (error) {
    throw error instanceof FileRefused ? error : new FileRefused('broken', { cause: error });
  }
}

async function readHead(source: AsyncIterator<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  while (length < sniffLength) {
    const { done, value } = await next(source);
    if (done) break;
    chunks.push(value);
    length += value.length;
  }
  return Buffer.concat(chunks);
}

async function* rest(head: Buffer, source: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield head;
  for (;;) {
    const { done, value } = await next(source);
    if (done) return;
    yield value;
  }
}

const longestName = 120;

/** The last part of a path, without what no eye sees; Arabic stays. The ending stays too when the name is cut. */
export function harmlessName(name: string): string {
  const last = name.toWellFormed().replace(unseen, '').split(/[/\\]/).at(-1) ?? '';
  const plain = last.replace(/^[.\s]+/, '').trimEnd() || 'file';
  if (plain.length <= longestName) return plain;
  const ending = /\.[A-Za-z0-9]{1,8}$/.exec(plain)?.[0] ?? '';
  return `${plain.slice(0, longestName - ending.length).replace(halfCharacter, '')}${ending}`;
}

const halfCharacter = /[\ud800-\udbff]$/;

/** Control, direction, line and tag characters: those of direction make "gpj.exe" read as "exe.jpg". */
const unseen =
  /[\p{Cc}\p{Zl}\p{Zp}\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
