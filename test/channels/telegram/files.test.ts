import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { contentTypes } from '../../../src/core/activity.js';
import type { Attachment } from '../../../src/core/activity.js';
import { AppError } from '../../../src/core/errors.js';
import { startHarness } from './harness.js';
import type { Harness } from './harness.js';
import { eventually } from '../../fixtures/eventually.js';

let harness: Harness;

beforeEach(async () => {
  harness = await startHarness();
  await harness.channel.start();
});

afterEach(() => harness.close());

const bytes = Buffer.from('%PDF-1.7 صورة الهوية');

async function attachment(): Promise<Attachment | undefined> {
  await eventually(() => expect(harness.mailbox.messages()).toHaveLength(1));
  return harness.mailbox.messages()[0]?.attachments?.[0];
}

describe('a file that a person sends', () => {
  test.each([
    ['document', 'الهوية.pdf', 'الهوية.pdf'],
    ['voice', undefined, 'voice.ogg'],
    ['audio', 'صوت.mp3', 'صوت.mp3'],
    ['video', undefined, 'video.mp4'],
    ['video_note', undefined, 'video.mp4'],
  ])('is stored: %s', async (kind, name, storedAs) => {
    harness.person.sends({ [kind]: { bytes, ...(name ? { name } : {}) }, caption: 'هذي الهوية' });
    expect(await attachment()).toEqual({
      contentType: 'application/pdf',
      contentUrl: 'wasl-file:file-1',
      name: storedAs,
      size: bytes.length,
    });
    expect(harness.mailbox.files.get('file-1')?.bytes).toEqual(bytes);
    expect(harness.mailbox.texts()).toEqual(['هذي الهوية']);
  });

  test('is stored at its largest when it is a photo', async () => {
    harness.person.sends({ photo: { bytes } });
    expect(await attachment()).toMatchObject({ name: 'photo.jpg', size: bytes.length });
  });

  test('keeps its place among the messages', async () => {
    harness.server.fail('download', { delay: 30 });
    harness.person.says('قبل');
    harness.person.sends({ document: { bytes, name: 'a.pdf' }, caption: 'الملف' });
    harness.person.says('بعد');
    await eventually(() => expect(harness.mailbox.texts()).toEqual(['قبل', 'الملف', 'بعد']));
  });
});

const described = (kind: string) => ({ contentType: contentTypes.unsupported, content: { kind } });

describe('the message of a file that cannot be had is still answered:', () => {
  const document = { bytes, name: 'كبير.pdf' };

  test('too large by its own word: it is not even asked for', async () => {
    harness.person.sends({ document: { ...document, size: 30_000_000 } });
    expect(await attachment()).toEqual(described('file-too-large'));
    expect(harness.server.calls.some(({ method }) => method === 'getFile')).toBe(false);
  });

  test('Telegram says that it is too big', async () => {
    harness.server.fail('getFile', { status: 400, description: 'Bad Request: file is too big' });
    harness.person.sends({ document });
    expect(await attachment()).toEqual(described('file-too-large'));
  });

  test('larger than it said', async () => {
    harness.server.fail('download', { body: 'x'.repeat(20 * 1024 * 1024 + 1) });
    harness.person.sends({ document });
    expect(await attachment()).toEqual(described('file-too-large'));
  });

  test('of a type that we refuse', async () => {
    harness.mailbox.refuseFile(new AppError('file_refused', 'This type is not allowed.'));
    harness.person.sends({ document });
    expect(await attachment()).toEqual(described('file-refused'));
  });

  test('gone from Telegram', async () => {
    harness.server.fail('download', { status: 404 });
    harness.person.sends({ document });
    expect(await attachment()).toEqual(described('file-unavailable'));
  });

  test('broken off each time', async () => {
    harness.server.fail('download', { drop: true }, 3);
    harness.person.sends({ document });
    expect(await attachment()).toEqual(described('file-unavailable'));
  });
});

describe('a passing failure costs nothing:', () => {
  test('the download breaks once', async () => {
    harness.server.fail('download', { drop: true });
    harness.person.sends({ document: { bytes, name: 'a.pdf' } });
    expect(await attachment()).toMatchObject({ contentUrl: 'wasl-file:file-1' });
  });

  test('the channel stops during a download: the message comes with the next start', async () => {
    const { channel, server, person, mailbox } = harness;
    server.fail('download', { delay: 60_000 });
    person.sends({ document: { bytes, name: 'a.pdf' } });
    await eventually(() => expect(server.calls.at(-1)?.method).toBe('download'));
    await channel.stop();
    expect(mailbox.attempts()).toBe(0);
    await channel.start();
    expect(await attachment()).toMatchObject({ contentUrl: 'wasl-file:file-1' });
  });

  test('our own store fails for a while: Telegram sends the message again until it takes the file', async () => {
    for (let failure = 1; failure <= 4; failure += 1) harness.mailbox.refuseFile(new Error('disk full'));
    harness.person.sends({ document: { bytes, name: 'a.pdf' } });
    expect(await attachment()).toMatchObject({ contentUrl: 'wasl-file:file-1' });
    expect(harness.server.calls.filter(({ method }) => method === 'download')).toHaveLength(5);
  });
});
