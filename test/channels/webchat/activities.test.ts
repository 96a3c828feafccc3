import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { longestText } from '../../../src/channels/webchat/inbound.js';
import { eventually } from '../../fixtures/eventually.js';
import { startWorld, type Called, type Visit, type World } from './world.js';

let world: World;
let visit: Visit;
let path: string;

beforeEach(async () => {
  world = await startWorld();
  visit = await world.visit();
  path = `/v3/directline/conversations/${visit.conversationId}`;
});

afterEach(() => world.close());

const post = (json: unknown): Promise<Called> => world.call('POST', `${path}/activities`, { token: visit.token, json });
const poll = (watermark = ''): Promise<Called> =>
  world.call('GET', `${path}/activities?watermark=${watermark}`, { token: visit.token });
const start = (json?: unknown): Promise<Called> =>
  world.call('POST', '/v3/directline/conversations', { token: visit.token, ...(json === undefined ? {} : { json }) });

describe('starting', () => {
  test('greets once, however often and at the same time', async () => {
    const answers = await Promise.all([start(), start({}), start({ user: { id: 'x' }, locale: 'ar-SA' })]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 200, 201]);
    expect(answers.every(({ body }) => body['conversationId'] === visit.conversationId)).toBe(true);
    expect(world.mailbox.accepted).toHaveLength(1);
    expect(world.mailbox.accepted[0]).toMatchObject({
      type: 'conversationUpdate',
      channelId: 'webchat',
      conversation: { id: visit.conversationId },
      role: 'user',
      timestamp: '2026-01-01T00:00:00.000Z',
    });
  });

  test.each([
    ['ar-SA', 'ar-SA'],
    ['en', 'en'],
    ['fr', undefined],
    ['../x', undefined],
    [7, undefined],
  ])('locale %j arrives as %j', async (locale, arrives) => {
    await start({ locale });
    expect(world.mailbox.accepted[0]?.locale).toBe(arrives);
  });

  test('answers only after the arrival is durable, and asks to try again when it is not', async () => {
    world.mailbox.refuse(1, new Error('the store is away'));
    const { status, headers } = await start();
    expect(status).toBe(503);
    expect(headers.get('retry-after')).toBe('2');
    expect((await start()).status).toBe(201);
  });
});

describe('posting', () => {
  test('a message becomes an activity of the person whom the token names', async () => {
    const forged = {
      from: { id: 'somebody-else', role: 'bot' },
      role: 'staff',
      id: 'own',
      conversation: { id: 'other' },
    };
    const { status, body } = await post({ type: 'message', text: 'هلا', locale: 'ar', ...forged });
    expect(status).toBe(200);
    const [activity] = world.mailbox.messages();
    expect(activity).toEqual({
      type: 'message',
      id: body['id'],
      channelId: 'webchat',
      conversation: { id: visit.conversationId },
      from: { id: expect.stringMatching(/^[\w-]{22}$/) },
      role: 'user',
      timestamp: '2026-01-01T00:00:00.000Z',
      locale: 'ar',
      text: 'هلا',
    });
  });

  test('a repeat with the same clientActivityID is accepted once; the same text without one is said twice', async () => {
    const named = { type: 'message', text: 'نعم', channelData: { clientActivityID: 'c-1', junk: 'dropped' } };
    const ids = [await post(named), await post(named)].map(({ body }) => body['id']);
    expect(ids[0]).toBe(ids[1]);
    expect(world.mailbox.messages()).toHaveLength(1);
    expect(world.mailbox.messages()[0]?.channelData).toEqual({ clientActivityID: 'c-1' });
    await post({ type: 'message', text: 'نعم' });
    await post({ type: 'message', text: 'نعم' });
    expect(world.mailbox.messages()).toHaveLength(3);
  });

  test('the same clientActivityID in two conversations names two messages', async () => {
    const named = { type: 'message', text: 'نعم', channelData: { clientActivityID: 'c-1' } };
    const other = await world.visit();
    const first = await post(named);
    const second = await world.call('POST', `/v3/directline/conversations/${other.conversationId}/activities`, {
      token: other.token,
      json: named,
    });
    expect(first.body['id']).not.toBe(second.body['id']);
  });

  const pressed = [
    {
      what: 'a messageBack of Web Chat',
      json: { text: 'متى القرار؟', value: 'faq:x' },
      arrives: { text: 'متى القرار؟', value: 'faq:x' },
    },
    {
      what: 'a postBack of Web Chat',
      json: { text: 'faq:x', channelData: { postBack: true } },
      arrives: { value: 'faq:x' },
    },
    { what: 'a value alone', json: { value: 'faq:x' }, arrives: { value: 'faq:x' } },
    { what: 'the data of a card', json: { value: { value: 'faq:x' } }, arrives: { value: 'faq:x' } },
    { what: 'a value that is no button', json: { text: 'نص', value: { a: 1 } }, arrives: { text: 'نص' } },
  ];
  test.each(pressed)('$what arrives as $arrives', async ({ json, arrives }) => {
    expect((await post({ type: 'message', ...json })).status).toBe(200);
    const { text, value } = world.mailbox.messages()[0] ?? {};
    expect({ text, value }).toEqual({ text: undefined, value: undefined, ...arrives });
  });

  test.each([
    ['control characters', 'قبل\u0000\u0007\u009F بعد', 'قبل بعد'],
    ['line ends', 'سطر\r\nسطر\rسطر\tعمود', 'سطر\nسطرسطر\tعمود'],
    ['a lone surrogate', 'قبل \uD83D بعد', 'قبل \uFFFD بعد'],
    ['joiners and directions', '\u202Bنعم\u202C 👨‍👩‍👧 \u200C', '\u202Bنعم\u202C 👨‍👩‍👧 \u200C'],
    ['ten thousand letters and more', 'س'.repeat(20_000), 'س'.repeat(longestText)],
    ['a pair at the cut', `${'س'.repeat(longestText - 1)}👍`, 'س'.repeat(longestText - 1)],
  ])('text with %s', async (_what, text, arrives) => {
    expect((await post({ type: 'message', text })).status).toBe(200);
    expect(world.mailbox.messages()[0]?.text).toBe(arrives);
  });

  test('the language switch is an event; what it cannot be is said', async () => {
    expect((await post({ type: 'event', name: 'webchat/language', value: 'en' })).status).toBe(200);
    expect(world.mailbox.accepted[0]).toMatchObject({ type: 'event', name: 'webchat/language', value: 'en' });
    const wrong = await post({ type: 'event', name: 'webchat/language', value: 'fr' });
    expect(wrong).toMatchObject({
      status: 400,
      body: { error: { message: 'The value of webchat/language is one of: ar, en.' } },
    });
  });

  test.each([
    { type: 'typing' },
    { type: 'event', name: 'webchat/join', value: {} },
    { type: 'endOfConversation' },
    { type: 'conversationUpdate', membersAdded: [{ id: 'x' }] },
  ])('%j is answered and dropped', async (json) => {
    const { status, body } = await post(json);
    expect(status).toBe(200);
    expect(body['id']).toMatch(/\S/);
    expect(world.mailbox.accepted).toEqual([]);
  });

  test('a place arrives as a place; a file inside the message as something that cannot be read', async () => {
    const place = { latitude: 24.7136, longitude: 46.6753 };
    await post({ type: 'message', attachments: [{ contentType: 'application/vnd.wasl.location', content: place }] });
    await post({
      type: 'message',
      attachments: [{ contentType: 'image/png', contentUrl: 'data:image/png;base64,AA==' }],
    });
    expect(world.mailbox.messages().map(({ attachments }) => attachments)).toEqual([
      [{ contentType: 'application/vnd.wasl.location', content: place }],
      [{ contentType: 'application/vnd.wasl.unsupported', content: { kind: 'attachment' } }],
    ]);
  });

  test.each([
    null,
    [],
    'text',
    {},
    { type: 7 },
    { type: '' },
    { type: 'message' },
    { type: 'message', text: 7 },
    { type: 'message', text: ['a'] },
    { type: 'message', text: 'a', channelData: 'x' },
    { type: 'message', text: 'a', channelData: { clientActivityID: 7 } },
    { type: 'message', text: 'a', channelData: { clientActivityID: 'x'.repeat(101) } },
    { type: 'message', text: 'a', attachments: {} },
    { type: 'message', attachments: [{ contentType: 'application/vnd.wasl.location' }, 5] },
  ])('%j is refused with a sentence', async (json) => {
    const { status, body } = await post(json);
    expect(status).toBe(400);
    expect(body.error?.message).toMatch(/^[A-Z].+\.$/);
    expect(world.mailbox.accepted).toEqual([]);
  });

  test('what is not JSON gets 400, what is too large 413', async () => {
    const { token } = visit;
    for (const body of ['{', '{"type":', '\u0000']) {
      expect((await world.call('POST', `${path}/activities`, { token, body })).status).toBe(400);
    }
    const large = JSON.stringify({ type: 'message', text: 'س'.repeat(50_000) });
    const streamed = new Blob([large]).stream();
    expect((await world.call('POST', `${path}/activities`, { token, body: large })).status).toBe(413);
    const chunked: RequestInit & { duplex: string } = {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: streamed,
      duplex: 'half',
    };
    const response = await fetch(`${world.base}${path}/activities`, chunked);
    expect(response.status).toBe(413);
    const zipped = { token, body: 'x', headers: { 'content-encoding': 'gzip' } };
    expect((await world.call('POST', `${path}/activities`, zipped)).status).toBe(415);
  });

  test.each([
    ['is full', { type: 'full' } as const],
    ['fails', new Error('the store is away')],
  ])('when the mailbox %s the client hears 503 and when to come back', async (_what, refusal) => {
    world.mailbox.refuse(1, refusal);
    const { status, headers, body } = await post({ type: 'message', text: 'سر' });
    expect(status).toBe(503);
    expect(headers.get('retry-after')).toBe('2');
    expect(body.error?.message).toContain('send it again');
    expect((await post({ type: 'message', text: 'سر' })).status).toBe(200);
  });

  test('a stopped channel takes nothing and can still be read', async () => {
    await start();
    await world.channel.stop();
    expect((await post({ type: 'message', text: 'هلا' })).status).toBe(503);
    expect((await poll()).body.activities).toHaveLength(1);
  });
});

describe('polling', () => {
  test('goes from watermark to watermark without gaps or repeats', async () => {
    await start();
    expect((await poll()).body).toMatchObject({ watermark: '2', activities: [{ text: 'حياك الله' }] });
    expect((await poll('2')).body).toEqual({ watermark: '2', activities: [] });
    await post({ type: 'message', text: 'هلا' });
    const { body } = await poll('2');
    expect(body.activities?.map(({ text }) => text)).toEqual(['هلا', 'وصل: هلا']);
    expect(body['watermark']).toBe('4');
  });

  test('before anything was said there is nothing, and that is no error', async () => {
    expect((await poll()).body).toEqual({ watermark: '0', activities: [] });
  });

  test('gives a long history a hundred places at a time', async () => {
    await start();
    for (let n = 0; n < 250; n += 1) await world.mailbox.says(visit.conversationId, { text: String(n) });
    const texts: unknown[] = [];
    let watermark = '';
    for (let round = 0; round < 3; round += 1) {
      const { body } = await poll(watermark);
      texts.push(...(body.activities ?? []).map(({ text }) => text));
      watermark = String(body['watermark']);
    }
    expect(texts).toHaveLength(251);
    expect(new Set(texts).size).toBe(251);
  });

  test.each(['', '-', 'null', '-1', '1.5', '1e3', '9'.repeat(40), '٣', '0x2'])(
    'a watermark of %j is the beginning',
    async (watermark) => {
      await start();
      expect((await poll(encodeURIComponent(watermark))).body.activities).toHaveLength(1);
    },
  );

  test('is answered 200 with the same watermark while the store is away', async () => {
    await start();
    world.mailbox.storeAway = true;
    for (const watermark of ['2', '0']) {
      expect(await poll(watermark)).toMatchObject({ status: 200, body: { activities: [], watermark } });
    }
    expect(world.lines.filter((line) => line.includes('cannot be read'))).toHaveLength(1);
  });
});

test('a reply looks as Direct Line clients expect it', async () => {
  await start();
  await world.mailbox.says(visit.conversationId, {
    text: 'اختر',
    locale: 'ar',
    attachments: [
      { contentType: 'application/vnd.microsoft.card.hero', content: { title: 'عنوان', text: 'نص' } },
      { contentType: 'application/vnd.wasl.location', content: { latitude: 24.5, longitude: 46.5 } },
    ],
    suggestedActions: { actions: [{ type: 'postBack', title: 'متى القرار؟', value: 'faq:decision-time' }] },
    channelData: { expects: { type: 'choice', flow: 'suggestion', step: 'topic', choices: ['services'] } },
  });
  await eventually(async () => expect((await poll('2')).body.activities).toHaveLength(1));
  expect((await poll('2')).body.activities?.[0]).toEqual({
    type: 'message',
    id: 'reply-2',
    replyToId: world.mailbox.accepted[0]?.id,
    timestamp: '2026-01-01T00:00:00.000Z',
    channelId: 'webchat',
    conversation: { id: visit.conversationId },
    from: { id: 'bot', role: 'bot' },
    locale: 'ar',
    text: 'اختر',
    textFormat: 'plain',
    attachments: [
      { contentType: 'application/vnd.microsoft.card.hero', content: { title: 'عنوان', text: 'نص' } },
      {
        contentType: 'application/vnd.wasl.location',
        content: { latitude: 24.5, longitude: 46.5 },
        contentUrl: 'https://www.google.com/maps?q=24.5,46.5',
      },
    ],
    suggestedActions: {
      to: [],
      actions: [
        {
          type: 'messageBack',
          title: 'متى القرار؟',
          text: 'متى القرار؟',
          displayText: 'متى القرار؟',
          value: 'faq:decision-time',
        },
      ],
    },
    channelData: { expects: { type: 'choice', flow: 'suggestion', step: 'topic', choices: ['services'] } },
  });
});

test('staff speak under their own name for clients that tell them from the bot', async () => {
  await start();
  await world.mailbox.says(visit.conversationId, { role: 'staff', text: 'معك موظف' });
  expect((await poll('2')).body.activities?.[0]?.from).toEqual({ id: 'staff', role: 'bot' });
});
