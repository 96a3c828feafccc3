import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { contentTypes } from '../../../src/core/activity.js';
import type { MessageActivity, SuggestedAction } from '../../../src/core/activity.js';
import { SendError } from '../../../src/core/errors.js';
import { startHarness, token } from './harness.js';
import type { Harness } from './harness.js';

let harness: Harness;

beforeEach(async () => {
  harness = await startHarness();
  harness.person.says('/start');
});

afterEach(() => harness.close());

const reply = (fields: Partial<MessageActivity>): MessageActivity => ({
  channelId: 'telegram',
  conversation: { id: '501234567' },
  from: { id: '501234567' },
  type: 'message',
  id: 'r1',
  timestamp: '2026-01-01T00:00:00.000Z',
  role: 'bot',
  ...fields,
});
const action = (title: string, value = title): SuggestedAction => ({ type: 'postBack', title, value });
const actions = (...list: SuggestedAction[]) => ({ suggestedActions: { actions: list } });
const send = (fields: Partial<MessageActivity>) => harness.channel.send(reply(fields));
const texts = () => harness.person.messages.map(({ text }) => text);
const keyboard = () =>
  harness.person.messages.at(-1)?.reply_markup?.inline_keyboard.map((row) => row.map((b) => b.text));

describe('text', () => {
  test('stands as it was written, with nothing read as markup', async () => {
    await send({ text: '<b>*مهم*</b> _x_ [a](b)' });
    expect(harness.person.messages).toMatchObject([{ text: '<b>*مهم*</b> _x_ [a](b)', entities: [] }]);
  });

  test('longer than Telegram takes arrives as several messages, whole and in order', async () => {
    const paragraphs = Array.from({ length: 40 }, (_, index) => `${index} ${'كلمة طويلة '.repeat(30)}نهاية.`);
    await send({ text: paragraphs.join('\n\n'), ...actions(action('نعم')) });
    expect(texts().length).toBeGreaterThan(2);
    expect(texts().join('\n\n')).toBe(paragraphs.join('\n\n'));
    expect(harness.person.messages.map((each) => each.reply_markup !== undefined).indexOf(true)).toBe(
      texts().length - 1,
    );
  });

  test('of a card is its heading in bold and its lines', async () => {
    const card = { title: 'طلبك 📄', text: 'قيد الدراسة' };
    await send({ text: 'أهلاً', attachments: [{ contentType: contentTypes.card, content: card }] });
    expect(harness.person.messages).toMatchObject([
      { text: 'أهلاً\n\nطلبك 📄\nقيد الدراسة', entities: [{ type: 'bold', offset: 7, length: 7 }] },
    ]);
  });
});

describe('a reply of several messages', () => {
  test.each(['sendMessage', 'sendDocument'])('goes on behind what Telegram took when %s fails', async (method) => {
    harness.mailbox.files.set('f', {
      file: { id: 'f', name: 'f.pdf', contentType: 'application/pdf', size: 1 },
      bytes: Buffer.from('f'),
    });
    const attachments = [{ contentType: 'application/pdf', contentUrl: 'wasl-file:f' }];
    harness.server.fail(method, { status: 429, retryAfter: 1 });
    await expect(send({ text: 'ملخصك', attachments })).rejects.toMatchObject({ kind: 'rate_limited' });
    await send({ text: 'ملخصك', attachments });
    expect(harness.person.messages).toHaveLength(2);
    expect(texts().filter((text) => text !== undefined)).toEqual(['ملخصك']);
    // The next one begins at its beginning.
    await send({ text: 'ملخصك', attachments });
    expect(harness.person.messages).toHaveLength(4);
  });
});

describe('buttons', () => {
  test('stand in pairs when all titles are short, one a row otherwise', async () => {
    await send({ text: '؟', ...actions(action('نعم'), action('لا'), action('رجوع')) });
    expect(keyboard()).toEqual([['نعم', 'لا'], ['رجوع']]);
    await send({ text: '؟', ...actions(action('نعم'), action('أريد التحدث مع موظف العلاقات')) });
    expect(keyboard()).toEqual([['نعم'], ['أريد التحدث مع موظف العلاقات']]);
  });

  test('become numbered lines when a value does not fit into 64 bytes', async () => {
    await send({ text: 'اختر', ...actions(action('قصير', 'a'), action('طويل', 'ق'.repeat(33))) });
    expect(texts()).toEqual(['اختر\n\n1. قصير\n2. طويل']);
    expect(keyboard()).toBeUndefined();
    await send({ text: 'اختر', ...actions(action('يكفي', 'ق'.repeat(32))) });
    expect(keyboard()).toEqual([['يكفي']]);
  });

  test('have titles that are cut between characters', async () => {
    await send({ text: '؟', ...actions(action(`${'س'.repeat(62)}👍👍👍`, 'v')) });
    expect(keyboard()).toEqual([[`${'س'.repeat(62)}…`]]);
  });

  test('without a text still arrive', async () => {
    await send(actions(action('نعم')));
    expect(keyboard()).toEqual([['نعم']]);
  });
});

describe('a question for the own number or place', () => {
  test.each([
    ['contact', 'إرسال رقمي', { request_contact: true }],
    ['saudi-mobile', 'إرسال رقمي', { request_contact: true }],
    ['location', 'إرسال موقعي', { request_location: true }],
  ])('%s has a button for it, and the other answers below', async (type, label, request) => {
    await send({ text: 'رقم جوالك؟', channelData: { expects: { type } }, ...actions(action('رجوع', 'back')) });
    expect(harness.person.keyboard).toEqual([[{ text: label, ...request }], [{ text: 'رجوع' }]]);
  });

  test('loses the button with the next reply', async () => {
    await send({ text: 'رقم جوالك؟', channelData: { expects: { type: 'contact' } } });
    await send({ text: 'شكراً' });
    expect(harness.person.keyboard).toBeUndefined();
  });

  test('loses the button also when the next reply has buttons of its own', async () => {
    await send({ text: 'رقم جوالك؟', channelData: { expects: { type: 'contact' } } });
    await send({ text: 'صحيح؟', ...actions(action('نعم')) });
    expect(harness.person.keyboard).toBeUndefined();
    expect(keyboard()).toEqual([['نعم']]);
    expect(texts()).toEqual(['رقم جوالك؟', 'صحيح؟']);
  });
});

describe('attachments', () => {
  const bytes = Buffer.from('a stored file');
  const store = (contentType: string, name: string) =>
    harness.mailbox.files.set('f1', { file: { id: 'f1', name, contentType, size: bytes.length }, bytes });
  const stored = [{ contentType: 'any', contentUrl: 'wasl-file:f1' }];

  test('a stored file is uploaded after the text, with the buttons', async () => {
    store('application/pdf', 'اللائحة.pdf');
    await send({ text: 'اللائحة', attachments: stored, ...actions(action('شكراً')) });
    expect(harness.person.messages).toMatchObject([
      { text: 'اللائحة' },
      { document: { file_name: 'اللائحة.pdf', file_size: bytes.length } },
    ]);
    expect(keyboard()).toEqual([['شكراً']]);
  });

  test.each([
    ['image/png', 'photo'],
    ['audio/ogg', 'voice'],
  ])('%s is shown as a %s', async (contentType, kind) => {
    store(contentType, 'f');
    await send({ attachments: stored });
    expect(harness.person.messages[0]).toHaveProperty(kind);
  });

  test('a place is shown on the map', async () => {
    const content = { latitude: 18.2, longitude: 42.5 };
    await send({ text: 'فرعنا', attachments: [{ contentType: contentTypes.location, content }] });
    expect(harness.person.messages).toMatchObject([{ text: 'فرعنا' }, { location: content }]);
  });

  test('a file elsewhere is given as its address', async () => {
    await send({ attachments: [{ contentType: 'text/html', contentUrl: 'https://example.org/a', name: 'الموقع' }] });
    expect(texts()).toEqual(['الموقع\nhttps://example.org/a']);
  });
});

/** Only here: a reply that Telegram takes would be given up as well where the machine stops for a moment. */
async function losesPatience(): Promise<void> {
  await harness.close();
  harness = await startHarness({ timeoutMs: 300 });
  harness.person.says('/start');
}

const failure = async (fields: Partial<MessageActivity> = { text: 'نص سري' }): Promise<SendError> => {
  const error: unknown = await send(fields).catch((reason: unknown) => reason);
  if (!(error instanceof SendError)) throw new Error('send did not reject with SendError');
  expect(`${error.message} ${JSON.stringify(error)} ${error.stack}`).not.toMatch(new RegExp(`نص سري|${token}`));
  expect(error.cause).toBeUndefined();
  return error;
};

describe('what Telegram refuses rejects with SendError:', () => {
  test('a person who blocked us', async () => {
    harness.person.blocks();
    expect(await failure()).toMatchObject({ kind: 'blocked', retryable: false });
  });

  test('a chat that does not exist', async () => {
    expect(await failure({ text: 'نص سري', conversation: { id: '404' } })).toMatchObject({ kind: 'not_found' });
  });

  test('a reply with nothing in it', async () => {
    expect(await failure({ text: ' \n ' })).toMatchObject({ kind: 'invalid', retryable: false });
  });

  test('a stored file that is gone', async () => {
    const attachments = [{ contentType: 'a', contentUrl: 'wasl-file:gone' }];
    expect(await failure({ attachments })).toMatchObject({ kind: 'invalid' });
  });

  test.each([
    ['a content that it does not take', { status: 400, description: 'Bad Request: no' }, { kind: 'invalid' }],
    ['a revoked token', { status: 401, description: 'Unauthorized' }, { kind: 'unauthorised', retryable: true }],
    ['a token of the wrong form', { status: 404, description: 'Not Found' }, { kind: 'unauthorised' }],
    ['too many messages', { status: 429, retryAfter: 7 }, { kind: 'rate_limited', retryAfter: 7000 }],
    ['its own failure', { status: 502 }, { kind: 'unavailable', retryable: true }],
    ["a gateway's page", { body: '<html>busy</html>' }, { kind: 'unavailable' }],
    ['a broken connection', { drop: true }, { kind: 'unavailable' }],
    ['silence', { delay: 5000 }, { kind: 'unavailable' }],
  ])('%s', async (what, fault, expected) => {
    if (what === 'silence') await losesPatience();
    harness.server.fail('sendMessage', fault);
    expect(await failure()).toMatchObject(expected);
    harness.mailbox.files.set('f', {
      file: { id: 'f', name: 'f', contentType: 'a/b', size: 1 },
      bytes: Buffer.from('f'),
    });
    harness.server.fail('sendDocument', fault);
    expect(await failure({ attachments: [{ contentType: 'a/b', contentUrl: 'wasl-file:f' }] })).toMatchObject(expected);
  });
});
