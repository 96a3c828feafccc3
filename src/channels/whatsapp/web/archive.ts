import { createReadStream } from 'node:fs';
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join, posix, sep } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';

const block = 512;

/**
 * Files below `folder` as a tar.gz (ustar) that `tar xz` opens too. A file that goes or changes its size meanwhile is
 * left out or cut: a browser may be at work on it.
 */
export function pack(folder: string, parts: readonly string[]): AsyncIterable<Uint8Array> {
  return Readable.from(entries(folder, parts)).pipe(createGzip());
}

async function* entries(folder: string, parts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) {
    const names = await readdir(join(folder, part), { recursive: true, withFileTypes: true }).catch(() => []);
    for (const entry of names.filter((each) => each.isFile())) {
      const path = join(entry.parentPath, entry.name);
      yield* entryOf(
        path,
        path
          .slice(folder.length + 1)
          .split(sep)
          .join(posix.sep),
      );
    }
  }
  yield Buffer.alloc(2 * block);
}

async function* entryOf(path: string, name: string): AsyncGenerator<Uint8Array> {
  const content = await contentOf(path);
  if (!content) return;
  const header = headerOf(name, content.length);
  if (!header) return;
  yield header;
  yield content;
  yield Buffer.alloc((block - (content.length % block)) % block);
}

async function contentOf(path: string): Promise<Buffer | undefined> {
  try {
    const { size } = await stat(path);
    const chunks: Buffer[] = [];
    if (size > 0) for await (const chunk of createReadStream(path, { end: size - 1 })) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  } catch {
    return undefined;
  }
}

/** Undefined for a name that ustar cannot hold; a profile's are far shorter. */
function headerOf(name: string, size: number): Buffer | undefined {
  const cut = name.length <= 100 ? -1 : name.indexOf('/', name.length - 101);
  const [prefix, rest] = cut === -1 ? ['', name] : [name.slice(0, cut), name.slice(cut + 1)];
  if (Buffer.byteLength(rest) > 100 || Buffer.byteLength(prefix) > 155) return undefined;
  const header = Buffer.alloc(block);
  header.write(rest, 0);
  header.write('0000600\0', 100);
  header.write('0000000\0'.repeat(2), 108);
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  header.write('00000000000\0', 136);
  header.write(' '.repeat(8), 148);
  header.write('0', 156);
  header.write('ustar\x0000', 257);
  header.write(prefix, 345);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

/** Writes what `pack` made below `folder`. Throws when it is damaged, or names a place outside. */
export async function unpack(content: AsyncIterable<Uint8Array>, folder: string): Promise<void> {
  const archive = await pipeline(content, createGunzip(), (opened: AsyncIterable<Buffer>) => buffer(opened));
  for (let at = 0; at + block <= archive.length && archive[at] !== 0;) {
    const header = archive.subarray(at, at + block);
    const size = Number.parseInt(textAt(header, 124, 12), 8);
    const name = [textAt(header, 345, 155), textAt(header, 0, 100)].filter((part) => part !== '').join('/');
    if (!Number.isInteger(size) || at + block + size > archive.length) throw new Error('The archive is broken off');
    if (name.split('/').includes('..') || name.startsWith('/') || name.includes('\\')) throw new Error('A bad name');
    const path = join(folder, ...name.split('/'));
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(path, archive.subarray(at + block, at + block + size), { mode: 0o600 });
    at += block + Math.ceil(size / block) * block;
  }
}

function textAt(header: Buffer, start: number, length: number): string {
  const field = header.subarray(start, start + length);
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end === -1 ? length : end);
}
