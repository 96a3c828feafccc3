import { afterEach, describe, expect, test } from 'vitest';
import { createLog } from '../../../src/core/log.js';
import { createRecordingPorts } from '../contract.js';
import { startHarness, token } from './harness.js';
import type { Harness, HarnessOptions } from './harness.js';
import { eventually } from '../../fixtures/eventually.js';

let harness: Harness;

afterEach(() => harness.close());

const start = async (options: HarnessOptions = {}): Promise<void> => {
  harness = await startHarness(options);
  await harness.channel.start();
};
const state = () => harness.channel.state();

const polls = () => harness.server.calls.filter(({ method }) => method === 'getUpdates');

describe('by polling,', () => {
  test('a webhook that was set before is taken away, and only what we read is asked for', async () => {
    harness = await startHarness();
    await fetch(`${harness.server.apiRoot}/bot${token}/setWebhook?url=http://127.0.0.1:9/`);
    await harness.channel.start();
    harness.person.says('هلا');
    await eventually(() => expect(harness.mailbox.texts()).toEqual(['هلا']));
    expect(harness.server.webhook()).toBeUndefined();
    const poll = harness.server.calls.find(({ method }) => method === 'getUpdates');
    expect(poll?.params['allowed_updates']).toEqual(['message', 'edited_message', 'callback_query', 'my_chat_member']);
    expect(harness.channel.routes).toEqual([]);
  });

  test('a chat whose message is refused does not hold up another', async () => {
    const mailbox = createRecordingPorts();
    const accept: typeof mailbox.ports.accept = async (activity) => {
      if (activity.conversation.id === '501234567' && mailbox.texts().length < 2) return { type: 'full' };
      return mailbox.ports.accept(activity);
    };
    await start({ ports: { ...mailbox.ports, accept } });
    harness.person.says('تنتظر');
    harness.server.user(2, 'سعد').says('لا تنتظر ١');
    harness.server.user(2).says('لا تنتظر ٢');
    await eventually(() => expect(mailbox.texts()).toEqual(['لا تنتظر ١', 'لا تنتظر ٢', 'تنتظر']));
  });

  test('an answer without messages is followed by the next question at once', async () => {
    await start({ backoff: () => 60_000 });
    harness.person.says('هلا');
    await eventually(() => expect(harness.mailbox.texts()).toEqual(['هلا']));
  });

  test('a message that is refused again and again is asked for ever more slowly', async () => {
    const attempts: number[] = [];
    await start({ backoff: (attempt) => (attempts.push(attempt), 1) });
    harness.mailbox.refuse(3, new Error('the store is away'));
    harness.person.says('هلا');
    await eventually(() => expect(harness.mailbox.texts()).toEqual(['هلا']));
    expect(attempts).toEqual([1, 2, 3]);
  });

  test('stopping waits for the message under way and confirms it', async () => {
    await start();
    const release = harness.mailbox.hold();
    harness.person.says('أثناء التوقف');
    await eventually(() => expect(harness.mailbox.attempts()).toBe(1));
    const stopped = harness.channel.stop();
    release();
    await stopped;
    expect(harness.mailbox.texts()).toEqual(['أثناء التوقف']);
    expect(harness.server.pendingCount()).toBe(0);
    expect(state().state).toBe('off');
  });

  test('a message that was refused when we stopped is still there when we start', async () => {
    await start();
    harness.mailbox.refuse(1, new Error('the store is away'));
    const release = harness.mailbox.hold();
    harness.person.says('لا تضيع');
    await eventually(() => expect(harness.mailbox.attempts()).toBe(1));
    const stopped = harness.channel.stop();
    release();
    await stopped;
    expect(harness.server.pendingCount()).toBe(1);
    await harness.channel.start();
    await eventually(() => expect(harness.mailbox.texts()).toEqual(['لا تضيع']));
  });
});

describe('an outage is shown, survived and loses nothing:', () => {
  test.each([
    ['a wrong token', 'getMe', { status: 401, description: 'Unauthorized' }, /TELEGRAM_BOT_TOKEN.*BotFather/],
    ['a token of the wrong form', 'getMe', { status: 404, description: 'Not Found' }, /TELEGRAM_BOT_TOKEN/],
    ['another copy of the bot', 'getUpdates', { status: 409, description: 'Conflict' }, /Another program/],
    ['a failure of Telegram', 'getUpdates', { status: 502 }, /cannot be reached/],
    ["a gateway's page", 'getUpdates', { body: '<html>' }, /cannot be reached/],
    ['an answer that is none', 'getUpdates', { body: '{"ok":true,"result":{}}' }, /cannot be reached/],
    ['a broken connection', 'deleteWebhook', { drop: true }, /cannot be reached/],
    ['a wish to be left alone', 'getUpdates', { status: 429, retryAfter: 0.001 }, /wait/],
  ])('%s', async (_what, method, fault, sentence) => {
    harness = await startHarness();
    harness.server.fail(method, fault, 2);
    await harness.channel.start();
    expect(state()).toEqual({ state: 'failing', reason: expect.stringMatching(sentence) });
    harness.person.says('هلا');
    await eventually(() => expect(harness.mailbox.texts()).toEqual(['هلا']));
    expect(state().state).toBe('on');
  });

  test('nobody listens at the address', async () => {
    await start({ apiRoot: 'http://127.0.0.1:9' });
    expect(state()).toEqual({ state: 'failing', reason: expect.stringContaining('ECONNREFUSED') });
  });

  test('a second program that polls in earnest ends our poll; we come back', async () => {
    await start();
    await eventually(() => expect(polls()).toHaveLength(2));
    const answer = await fetch(`${harness.server.apiRoot}/bot${token}/getUpdates`);
    expect(answer.status).toBe(200);
    harness.person.says('هلا');
    await eventually(() => expect(harness.mailbox.texts()).toEqual(['هلا']));
    expect(polls().length).toBeGreaterThan(3);
  });

  test('each outage is logged once, without the token', async () => {
    const lines: string[] = [];
    const log = createLog({ level: 'debug', format: 'json', write: (line) => void lines.push(line) });
    harness = await startHarness({ log });
    harness.server.fail('getMe', { status: 401, description: 'Unauthorized' }, 3);
    harness.server.fail('getUpdates', { drop: true }, 2);
    await harness.channel.start();
    await eventually(() => expect(state().state).toBe('on'));
    const entries = lines.map((line): unknown => JSON.parse(line));
    expect(entries).toMatchObject([
      { msg: 'cannot receive', kind: 'unauthorised', level: 50 },
      { msg: 'cannot receive', kind: 'unavailable', level: 40 },
      { msg: 'receiving', state: 'on' },
    ]);
    expect(lines.join('')).not.toContain(token.split(':')[1]);
  });
});
