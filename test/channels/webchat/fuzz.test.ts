import { request } from 'node:http';
import * as fc from 'fast-check';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startWorld, type Visit, type World } from './world.js';

/** Whatever anybody sends: an answer below 500, the server goes on, and nothing of it is in the log. */
let world: World;
let visit: Visit;

beforeAll(async () => {
  world = await startWorld({ tokensPerMinute: 1_000_000, directLineSecret: 'the-secret' });
  visit = await world.visit();
});

afterEach(async () => {
  const json = { type: 'message', text: 'ما زال يعمل' };
  const { status } = await world.call('POST', `${conversation()}/activities`, { token: visit.token, json });
  if (status !== 200) throw new Error('The server does not go on');
  if (world.lines.some((line) => /"level":(50|60)/.test(line))) throw new Error('Something failed inside');
});

afterAll(() => world.close());

const conversation = (): string => `/v3/directline/conversations/${visit.conversationId}`;

const posts = [
  '/chat/token',
  '/v3/directline/tokens/generate',
  '/v3/directline/tokens/refresh',
  '/v3/directline/conversations',
  'conversation/activities',
  'conversation/upload',
];

/** By `node:http`, because `fetch` refuses to send much of this. */
function send(
  method: string,
  path: string,
  { headers = {}, body }: { headers?: Record<string, string>; body?: Uint8Array },
) {
  const { hostname, port } = new URL(world.base);
  return new Promise<number>((resolve, reject) => {
    const sending = request({ hostname, port, method, path, headers }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
    });
    sending.on('error', reject);
    sending.end(body);
  });
}

const token = () => fc.constantFrom(visit.token, 'the-secret', 'broken', '');
const bearer = (value: string) => ({ authorization: `Bearer ${value}` });
const place = (path: string): string => path.replace('conversation/', `${conversation()}/`);

test('any bytes as a body', async () => {
  const body = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.json().map((text) => Buffer.from(text)),
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...posts), token(), body, async (path, value, bytes) => {
      expect(await send('POST', place(path), { headers: bearer(value), body: bytes })).toBeLessThan(500);
    }),
    { numRuns: 250 },
  );
});

test('activities of any form', async () => {
  const anything = fc.oneof(fc.anything({ maxDepth: 2, withBigInt: false }), fc.string({ unit: 'binary' }));
  const activity = fc.record(
    {
      type: fc.oneof(fc.constantFrom('message', 'event', 'typing'), anything),
      text: anything,
      value: anything,
      name: fc.oneof(fc.constant('webchat/language'), anything),
      locale: anything,
      attachments: fc.oneof(
        anything,
        fc.array(fc.record({ contentType: fc.string(), content: anything }), { maxLength: 3 }),
      ),
      channelData: fc.oneof(anything, fc.record({ clientActivityID: anything, postBack: anything })),
    },
    { requiredKeys: ['type'] },
  );
  await fc.assert(
    fc.asyncProperty(activity, async (value) => {
      const body = Buffer.from(JSON.stringify(value));
      const status = await send('POST', `${conversation()}/activities`, { headers: bearer(visit.token), body });
      expect([200, 400]).toContain(status);
    }),
    { numRuns: 250 },
  );
});

const part = (name: string, content: string) =>
  `--b\r\nContent-Disposition: form-data; name="${name}"; filename="هوية.pdf"\r\nContent-Type: application/pdf\r\n\r\n${content}\r\n`;

test('multipart bodies that were damaged', async () => {
  const whole = Buffer.from(
    `${part('activity', '{"type":"message"}')}${part('file', '%PDF-1')}${part('file', '%PDF-2')}--b--\r\n`,
  );
  const damage = fc.array(fc.record({ at: fc.nat(whole.length - 1), byte: fc.nat(255) }), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(damage, fc.nat(whole.length), fc.boolean(), async (changes, cut, isCut) => {
      const body = Buffer.from(whole);
      for (const { at, byte } of changes) body[at] = byte;
      const headers = { ...bearer(visit.token), 'content-type': 'multipart/form-data; boundary=b' };
      const status = await send('POST', `${conversation()}/upload`, {
        headers,
        body: isCut ? body.subarray(0, cut) : body,
      });
      expect([200, 400]).toContain(status);
    }),
    { numRuns: 300 },
  );
});

test('any address, watermark, host and origin', async () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 30 }).map((value) => encodeURIComponent(value.toWellFormed()));
  const path = fc.oneof(
    text.map((id) => `/v3/directline/conversations/${id}/activities`),
    text.map((id) => `/v3/directline/conversations/${id}`),
    text.map((mark) => `${conversation()}/activities?watermark=${mark}&watermark=${mark}`),
    text.map((mark) => `${conversation()}?watermark[a]=${mark}`),
    text.map((link) => `/chat/files/${link}`),
    fc.constantFrom(
      '/v3/directline/conversations/%E0%A4%A/activities',
      '/v3/directline//',
      '/chat/files/%',
      '/v3/directline',
    ),
  );
  const header = fc.string({ maxLength: 40 }).map((value) => value.replace(/[^\x20-\x7e]/g, '').trim() || 'x');
  await fc.assert(
    fc.asyncProperty(path, token(), header, async (address, value, strange) => {
      const headers = { ...bearer(value), host: strange, origin: strange };
      expect(await send('GET', address, { headers })).toBeLessThan(500);
      expect(await send('GET', address, { headers: bearer(value) })).toBeLessThan(500);
    }),
    { numRuns: 200 },
  );
});
