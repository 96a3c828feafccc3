import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ConfigError } from '../../../src/core/errors.js';
import { createTelegramChannel } from '../../../src/channels/telegram/telegram.js';
import { silentLog } from '../../../src/core/log.js';
import { labels, startHarness, token } from './harness.js';
import type { Harness } from './harness.js';
import { eventually } from '../../fixtures/eventually.js';

let harness: Harness;

beforeEach(async () => {
  harness = await startHarness({ mode: 'webhook' });
});

afterEach(() => harness.close());

const header = 'x-telegram-bot-api-secret-token';
const chat = { id: 501234567, type: 'private' };
const update = (text: string) => ({ update_id: 1, message: { message_id: 5, chat, from: chat, date: 1, text } });

/** Posts as Telegram would, with what Telegram was told unless told otherwise. */
async function post(body: unknown, { url, secret }: { url?: string; secret?: string | null } = {}): Promise<Response> {
  const webhook = harness.server.webhook();
  const value = secret === undefined ? webhook?.secret_token : secret;
  return fetch(url ?? webhook?.url ?? '', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(value ? { [header]: value } : {}) },
    body: JSON.stringify(body),
  });
}

describe('the webhook', () => {
  test('is told to Telegram with an address and a header that nobody can guess', async () => {
    await harness.channel.start();
    const { url, secret_token } = harness.server.webhook() ?? {};
    expect(url).toMatch(new RegExp(`^${harness.publicUrl}/webhooks/telegram/[\\w-]{22}$`));
    expect(secret_token).toMatch(/^[\w-]{22}$/);
    expect(url).not.toContain(secret_token);
    expect(harness.channel.routes.map(({ path }) => path)).toEqual(['/webhooks/telegram/:secret']);
    expect(harness.channel.state()).toMatchObject({ state: 'on' });
  });

  test.each([
    ['without the header', { secret: null }],
    ['with another header', { secret: 'guess' }],
    ['at another address', { url: '/webhooks/telegram/guess' }],
  ])('answers 401 and nothing else to a call %s', async (_what, options) => {
    await harness.channel.start();
    const url = 'url' in options ? { url: `${harness.publicUrl}${options.url}` } : {};
    const response = await post(update('هلا'), { ...options, ...url });
    expect(response.status).toBe(401);
    expect(await response.text()).toBe('');
    expect(harness.mailbox.attempts()).toBe(0);
  });

  test('answers 503 to what is not durable, 200 to what is', async () => {
    await harness.channel.start();
    harness.mailbox.refuse(1, new Error('the store is away'));
    harness.mailbox.refuse(1, { type: 'full' });
    expect((await post(update('هلا'))).status).toBe(503);
    expect((await post(update('هلا'))).status).toBe(503);
    expect((await post(update('هلا'))).status).toBe(200);
    expect(harness.mailbox.texts()).toEqual(['هلا']);
    expect((await post(update('هلا'))).status).toBe(200);
    expect(harness.mailbox.texts()).toEqual(['هلا']);
  });

  test.each([
    [{}],
    [[]],
    [{ update_id: 1 }],
    [{ update_id: 1, message: 'x' }],
    [{ update_id: 1, message: { chat: {} } }],
  ])('answers 200 to %j, which no repetition makes better', async (body) => {
    await harness.channel.start();
    expect((await post(body)).status).toBe(200);
    expect(harness.mailbox.attempts()).toBe(0);
  });

  test('keeps the order of a chat, although the first message takes longer', async () => {
    await harness.channel.start();
    const release = harness.mailbox.hold();
    const first = post(update('الأولى'));
    await eventually(() => expect(harness.mailbox.attempts()).toBe(1));
    const second = post({ update_id: 2, message: { ...update('الثانية').message, message_id: 6 } });
    const other = { id: 7, type: 'private' };
    const elsewhere = post({
      update_id: 3,
      message: { message_id: 9, chat: other, from: other, date: 1, text: 'غيره' },
    });
    await eventually(() => expect(harness.mailbox.attempts()).toBe(2));
    release();
    await Promise.all([first, second, elsewhere]);
    expect(harness.mailbox.texts().filter((text) => text !== 'غيره')).toEqual(['الأولى', 'الثانية']);
  });

  test('answers 503 when the channel is stopped, so that Telegram keeps the message', async () => {
    await harness.channel.start();
    await harness.channel.stop();
    expect((await post(update('هلا'))).status).toBe(503);
    harness.person.says('هلا');
    await eventually(() => expect(harness.server.webhook()?.lastStatus).toBe(503));
    await harness.channel.start();
    await eventually(() => expect(harness.mailbox.texts()).toEqual(['هلا']));
  });
});

describe('setting the webhook', () => {
  test.each([
    [{ status: 400, description: 'Bad Request: bad webhook: HTTPS url must be provided' }, /PUBLIC_URL.*https/],
    [{ status: 401, description: 'Unauthorized' }, /TELEGRAM_BOT_TOKEN/],
    [{ drop: true }, /cannot be reached/],
  ])('is tried again after %j', async (fault, sentence) => {
    harness.server.fail('setWebhook', fault);
    await harness.channel.start();
    expect(harness.channel.state()).toEqual({ state: 'failing', reason: expect.stringMatching(sentence) });
    await eventually(() => expect(harness.channel.state().state).toBe('on'));
  });

  test('needs the address of this server', async () => {
    const { ports } = harness.mailbox;
    const clock = { now: () => 0 };
    const options = { token, mode: 'webhook', webhookSecret: 's', ports, labels, clock, log: silentLog } as const;
    await expect(createTelegramChannel(options).start()).rejects.toBeInstanceOf(ConfigError);
  });
});
