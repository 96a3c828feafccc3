import { expect, it } from 'vitest';
import type { Blobs } from '../../src/store/blobs.js';
import { createFiles, FileRefused, harmlessName, type FileRecord } from '../../src/store/files.js';
import { describeOnEachStore, type OpenTestStore } from '../fixtures/stores.js';

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');

async function* chunks(...parts: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* parts;
}

async function openFiles(open: OpenTestStore, over: { maxBytes?: number; blobs?: Blobs } = {}) {
  const { store, blobs } = await open();
  const records = store.collection<FileRecord>('files');
  return { records, files: createFiles({ records, blobs, clock: { now: () => 1234 }, maxBytes: 1000, ...over }) };
}

const refusal = (reason: string) => ({ name: 'FileRefused', code: 'file_refused', reason });

describeOnEachStore('files that people send', (open) => {
  it('are kept with their name, and with the type that their content has', async () => {
    const { files, records } = await openFiles(open);
    const saved = await files.save(chunks(png.subarray(0, 3), png.subarray(3)), { name: 'صورة الهوية.exe' });
    expect(saved).toEqual({ id: saved.id, name: 'صورة الهوية.exe', contentType: 'image/png', size: png.length });
    expect(await records.findOne({ _id: saved.id })).toMatchObject({
      at: 1234,
      size: png.length,
      contentType: 'image/png',
    });
    const opened = await files.open(saved.id);
    const parts: Uint8Array[] = [];
    for await (const part of opened!.content) parts.push(part);
    expect(opened?.file).toEqual(saved);
    expect(Buffer.concat(parts).equals(png)).toBe(true);
  });

  it.each<[string, Buffer, string]>([
    ['nothing', Buffer.alloc(0), 'empty'],
    ['a web page', Buffer.from('<!doctype html><script>alert(1)</script>'), 'type'],
    [
      'a drawing that can hold a script',
      Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'),
      'type',
    ],
    ['plain text', Buffer.from('hello'), 'type'],
    ['a program', Buffer.concat([Buffer.from('\x7fELF\x02\x01\x01'), Buffer.alloc(100)]), 'type'],
    ['too much', Buffer.concat([pdf, Buffer.alloc(1000)]), 'too_large'],
  ])('are refused when they are %s, and nothing is kept', async (_name, content, reason) => {
    const { files, records } = await openFiles(open);
    const before = await records.count({ at: 1234 });
    await expect(files.save(chunks(content), { name: 'a.png' })).rejects.toMatchObject(refusal(reason));
    expect(await records.count({ at: 1234 })).toBe(before);
  });

  it('are refused when they break off, at the start or later', async () => {
    const { files } = await openFiles(open, { maxBytes: 1_000_000 });
    async function* broken(...parts: Uint8Array[]): AsyncGenerator<Uint8Array> {
      yield* parts;
      throw new Error('reset by peer');
    }
    await expect(files.save(broken(png), { name: 'a' })).rejects.toMatchObject(refusal('broken'));
    await expect(files.save(broken(png, Buffer.alloc(200_000)), { name: 'a' })).rejects.toMatchObject(
      refusal('broken'),
    );
    await expect(files.save(broken(), { name: 'a' })).rejects.toBeInstanceOf(FileRefused);
  });

  it('let their sender go, whatever becomes of them', async () => {
    const { files } = await openFiles(open);
    let gone = 0;
    async function* sent(...parts: Uint8Array[]): AsyncGenerator<Uint8Array> {
      try {
        yield* parts;
      } finally {
        gone += 1;
      }
    }
    await files.save(sent(png), { name: 'a' });
    const unfit = [sent(Buffer.alloc(70_000, 'text')), sent(pdf, Buffer.alloc(70_000)), sent()];
    for (const content of unfit) await expect(files.save(content, { name: 'a' })).rejects.toBeInstanceOf(FileRefused);
    expect(gone).toBe(4);
  });

  it('leave no content behind when they cannot be entered', async () => {
    const { blobs } = await open();
    let stored = '';
    const watched: Blobs = {
      ...blobs,
      async put(content, options) {
        const blob = await blobs.put(content, options);
        stored = blob.id;
        // The record is there already, so that entering it is refused.
        await records.insert({ _id: blob.id, name: '', contentType: '', size: 0, sha256: '', at: 0 });
        return blob;
      },
    };
    const { files, records } = await openFiles(open, { blobs: watched });
    await expect(files.save(chunks(png), { name: 'a' })).rejects.toMatchObject({ code: 'store_duplicate' });
    expect(stored).not.toBe('');
    expect(await blobs.open(stored)).toBeUndefined();
  });

  it('are not found under an id that nobody was given', async () => {
    const { files } = await openFiles(open);
    expect(await files.open('../../etc/passwd')).toBeUndefined();
    expect(await files.open('')).toBeUndefined();
  });
});

it.each<[string, string]>([
  ['كشف حساب.pdf', 'كشف حساب.pdf'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\Users\\me\\photo.jpg', 'photo.jpg'],
  ['exe.\u202Egpj', 'exe.gpj'],
  ['a\u0000b\nc\u200F.pdf', 'abc.pdf'],
  ['.htaccess', 'htaccess'],
  ['', 'file'],
  ['..', 'file'],
  ['folder/', 'file'],
  ['. . hidden .pdf ', 'hidden .pdf'],
  ['a\u061Cb\u2028c\u00AD\u{E0041}.pdf', 'abc.pdf'],
  ['صورة\u200F الأسرة.png', 'صورة الأسرة.png'],
  ['half \uD83D.png', 'half \uFFFD.png'],
])('makes the name %j harmless', (given, expected) => {
  expect(harmlessName(given)).toBe(expected);
});

it('cuts a long name between characters, and keeps its ending', () => {
  const name = harmlessName(`${'😀'.repeat(100)}.jpeg`);
  expect(name.length).toBeLessThanOrEqual(120);
  expect(name).toMatch(/^(?:😀)+\.jpeg$/u);
});
