import { METHODS, request } from 'node:http';
import { connect } from 'node:net';
import * as fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../fixtures/app.js';
import { startTelegramServer, type TelegramServer } from '../fixtures/telegram-server/server.mjs';
import { visit, type Visitor } from '../fixtures/visitor.js';

let telegram: TelegramServer;
let app: TestApp;
let visitor: Visitor;
let foreign: Visitor;
let expired: string;
let ahead = 0;

beforeAll(async () => {
  telegram = await startTelegramServer({ token: '1:token' });
  const environment = {
    TELEGRAM_BOT_TOKEN: '1:token',
    TELEGRAM_API_ROOT: telegram.apiRoot,
    TELEGRAM_MODE: 'webhook',
    PUBLIC_URL: 'https://chat.example.org',
    MICROSOFT_APP_ID: '00000000-0000-4000-8000-000000000000',
    MICROSOFT_APP_PASSWORD: 'password',
    DIRECT_LINE_SECRET: 'a secret of sixteen',
  };
  app = await startApp(environment, { clock: { now: () => Date.now() + ahead } });
  ahead = -2 * 60 * 60 * 1000;
  expired = (await visit(app.base)).token;
  ahead = 0;
  visitor = await visit(app.base);
  foreign = await visit(app.base);
  await visitor.arrives();
});

afterEach(async () => {
  const { status } = await fetch(`${app.base}/readyz`);
  if (status !== 200) throw new Error('The server does not go on');
  const failure = app.lines.find((line) => /"level":(50|60)/.test(line));
  if (failure) throw new Error(`Something failed inside: ${failure}`);
});

afterAll(async () => {
  await app.close();
  await telegram.close();
});

interface Asked {
  method: string;
  path: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
}

/** By `node:http`, because `fetch` refuses to send much of this. A connection that the server ends counts as 0. */
function ask({ method, path, headers = {}, body }: Asked): Promise<{ status: number; text: string }> {
  const { hostname, port } = new URL(app.base);
  return new Promise((resolve) => {
    const nothing = (): void => resolve({ status: 0, text: '' });
    const asking = request({ hostname, port, method, path, headers, agent: false }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      response.on('error', nothing);
    });
    asking.on('error', nothing);
    asking.on('upgrade', (response, socket) => {
      socket.destroy();
      resolve({ status: response.statusCode ?? 0, text: '' });
    });
    asking.end(body);
  });
}

async function expectRefusedKindly(asked: Asked): Promise<void> {
  const { status, text } = await ask(asked);
  expect(status === 503 || status < 500, `${asked.method} ${asked.path} answered ${status}`).toBe(true);
  expect(text).not.toMatch(/\n\s+at |node_modules|Error:/);
}

const id = (): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constantFrom(
      visitor.conversationId,
      foreign.conversationId,
      'x',
      '..',
      '%',
      '%E0%A4%A',
      '%00',
      '%2e%2e%2f',
      '__proto__',
    ),
    fc.string({ maxLength: 30 }).map(encodeURIComponent),
  );
const webhook = (): string => new URL(telegram.webhook()?.url ?? '').pathname;
const path = (): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom(
        '/', '/chat.js', '/chat.css', '/page.css', '/chat/config', '/favicon.svg', '/favicon.ico', '/healthz', '/metrics',
        '/chat/token', '/chat/files/ID', '/v3/directline/tokens/generate', '/v3/directline/tokens/refresh',
        '/v3/directline/session/getsessionid', '/v3/directline/conversations', '/v3/directline/conversations/ID',
        '/v3/directline/conversations/ID/activities', '/v3/directline/conversations/ID/upload',
        '/v3/directline/conversations/ID/stream', '/api/messages', '/webhooks/telegram/ID', webhook(), '/nowhere/ID',
      ),
      id(),
      fc.constantFrom('', '?watermark=-1', '?watermark=99999999999999999999', '?watermark[a]=b', '?userId=%', '?lang=xx', '?t=x'),
    )
    .map(([place, one, query]) => place.replace('ID', one) + query); // prettier-ignore

const headers = (): fc.Arbitrary<Record<string, string>> =>
  fc.record(
    {
      authorization: fc.constantFrom(
        ...[
          visitor.token,
          foreign.token,
          expired,
          `${visitor.token}x`,
          'a secret of sixteen',
          '',
          'a.b.c',
          'e30.e30.e30',
        ].map((token) => `Bearer ${token}`),
        'Basic dXNlcjpwYXNz',
        'Bearer',
      ),
      'content-type': fc.constantFrom(
        'application/json', 'application/json; charset=utf-99', 'text/plain', 'multipart/form-data', 'multipart/form-data; boundary=x', 'x',
      ), // prettier-ignore
      'content-encoding': fc.constantFrom('gzip', 'br', 'identity', 'x'),
      origin: fc.constantFrom('null', 'https://evil.example', 'not an origin', app.base),
      host: fc.constantFrom('evil.example', 'a b', '', '[::1', '127.0.0.1:99999'),
      'x-forwarded-for': fc.constantFrom('1.2.3.4', 'x', '::1%eth0, 2'),
      'x-telegram-bot-api-secret-token': fc.constantFrom('x', telegram.webhook()?.secret_token ?? ''),
      upgrade: fc.constant('websocket'),
      range: fc.constantFrom('bytes=5-1', 'bytes=-'),
    },
    { requiredKeys: [] },
  );

const activity = fc.record(
  {
    type: fc.oneof(fc.constantFrom('message', 'event', 'typing', 'conversationUpdate'), fc.jsonValue()),
    text: fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.jsonValue()),
    value: fc.jsonValue(),
    name: fc.jsonValue(),
    from: fc.jsonValue(),
    locale: fc.jsonValue(),
    channelData: fc.jsonValue(),
    attachments: fc.jsonValue(),
    update_id: fc.jsonValue(),
    message: fc.jsonValue(),
    token: fc.jsonValue(),
  },
  { requiredKeys: [] },
);
const body = fc.oneof(
  activity.map((value) => JSON.stringify(value)),
  fc.json(),
  fc.uint8Array({ maxLength: 400 }),
  fc.constantFrom(
    '',
    '{',
    '[]',
    'null',
    '"x"',
    '{"type":"message","text":"\\ud800"}',
    '['.repeat(50_000),
    '--x\r\n\r\n--x--',
  ),
);

describe('whatever anybody sends', () => {
  it('to any address, in any form, is never answered with a failure of ours', async () => {
    const asked = fc.record({ method: fc.constantFrom(...METHODS.filter((name) => name !== 'CONNECT')), path: path(), headers: headers(), body }, { requiredKeys: ['method', 'path'] }); // prettier-ignore
    await fc.assert(fc.asyncProperty(asked, expectRefusedKindly), { numRuns: 600 });
  });

  it('to the doors that take messages, with a right token, is never answered with a failure of ours', async () => {
    const json = { 'content-type': 'application/json' };
    const chat = { ...json, authorization: `Bearer ${visitor.token}` };
    const bot = { ...json, 'x-telegram-bot-api-secret-token': telegram.webhook()?.secret_token ?? '' };
    const doors = fc.constantFrom(
      { path: `/v3/directline/conversations/${visitor.conversationId}/activities`, headers: chat },
      { path: webhook(), headers: bot },
    );
    await fc.assert(
      fc.asyncProperty(doors, body, (door, content) => expectRefusedKindly({ method: 'POST', ...door, body: content })),
      { numRuns: 400 },
    );
  });

  it.each(['/chat/token', '/v3/directline/conversations', '/api/messages'])(
    'that is huge is refused: %s',
    async (at) => {
      const huge = {
        method: 'POST',
        path: at,
        headers: { authorization: `Bearer ${visitor.token}`, 'content-type': 'application/json' },
        body: 'x'.repeat(3_000_000),
      };
      const { status } = await ask(huge);
      // The server may end the connection before all of it was sent.
      expect([0, 401, 413]).toContain(status);
    },
  );

  it('as bytes that are no HTTP ends only its own connection', async () => {
    const { hostname, port } = new URL(app.base);
    const sent = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.constantFrom('GET / HTTP/9.9\r\n\r\n', 'POST /chat/token HTTP/1.1\r\nContent-Length: -5\r\n\r\n', 'GET  \r\n', `GET /${'a'.repeat(100_000)} HTTP/1.1\r\n\r\n`, 'POST /chat/token HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'), // prettier-ignore
    );
    const tell = (bytes: string | Uint8Array): Promise<string> =>
      new Promise((resolve) => {
        let heard = '';
        const socket = connect(Number(port), hostname, () => socket.end(bytes));
        socket.on('data', (chunk) => (heard += chunk.toString()));
        socket.on('error', () => resolve(heard));
        socket.on('close', () => resolve(heard));
      });
    await fc.assert(
      fc.asyncProperty(sent, async (bytes) => {
        expect(await tell(bytes)).not.toMatch(/^HTTP\/1\.1 5(?!03)/);
      }),
      { numRuns: 60 },
    );
  });
});

describe('tokens', () => {
  const activities = (of: Visitor): string => `/v3/directline/conversations/${of.conversationId}/activities`;
  const read = (token: string, of: Visitor) =>
    ask({ method: 'GET', path: activities(of), headers: { authorization: `Bearer ${token}` } });

  it('open their own conversation only', async () => {
    expect((await read(visitor.token, visitor)).status).toBe(200);
    expect((await read(visitor.token, foreign)).status).toBe(403);
    expect((await read(`${visitor.token}x`, visitor)).status).toBe(403);
  });

  it('that have expired open nothing, and get a fresh one for the same conversation', async () => {
    const { text, status } = await ask({
      method: 'POST',
      path: '/chat/token',
      body: JSON.stringify({ token: expired }),
    });
    const fresh = JSON.parse(text) as { conversationId: string };
    expect(status).toBe(200);
    const address = `/v3/directline/conversations/${fresh.conversationId}/activities`;
    const { status: refused } = await ask({
      method: 'GET',
      path: address,
      headers: { authorization: `Bearer ${expired}` },
    });
    expect(refused).toBe(403);
  });
});

describe('a message that is hard to read is answered all the same', () => {
  async function answerTo(text: string): Promise<string> {
    const replies = await visitor.replies(await visitor.post({ type: 'message', text }));
    return replies.map((reply) => reply.text ?? '').join('\n');
  }

  it('with a kind word when it is very long', async () => {
    expect(await answerTo('متى يطلع القرار '.repeat(625))).toContain('رسالتك طويلة فقرأت أولها');
    expect(await answerTo('س'.repeat(60_000))).toContain('رسالتك طويلة فقرأت أولها');
  });

  it.each([
    ['nothing', '', 'وصلتني رسالة بلا كلام'],
    ['nothing that an eye sees', '\u200b\u200f\u2067\u2069\u0000\ufeff', 'وصلتني رسالة بلا كلام'],
    ['half a character', '\ud83d', 'وصلتني رسالة بلا كلام'],
    ['a question full of hidden marks', '\u202eمتى\u200b يطلع\u200f القرار\u202c؟\u0007', 'لجنة'],
    ['a question in decorated letters', 'مـــتى يَطْلَعُ القَـــرار ؟؟؟!!', 'لجنة'],
  ])('%s', async (_what, text, heard) => {
    expect(await answerTo(text)).toContain(heard);
  });

  it.each([
    '🌙🌙🌙👨‍👩‍👧‍👦',
    '👍',
    '؟',
    '...',
    '\n\n\n',
    '<script>alert(1)</script>',
    "'; drop table",
    '{{name}}',
    '%s%n',
    '${1}',
  ])('whatever it means: %j', async (text) => {
    const heard = await answerTo(text);
    expect(heard).not.toBe('');
    expect(heard).not.toMatch(/undefined|\[object|\{\{|<script>/);
  });

  it('with digits of any keyboard', async () => {
    for (const digit of ['2', '٢', '۲']) {
      await answerTo('القائمة');
      expect(await answerTo(digit)).toContain('ما عندي طلب مسجّل');
    }
  });
});
