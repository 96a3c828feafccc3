import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startWorld, type World } from './world.js';

let world: World;

beforeEach(async () => {
  world = await startWorld({ origins: ['https://asseb.example', 'http://localhost:8080'] });
});

afterEach(() => world.close());

const from = (origin: string) => ({ headers: { origin } });

test('a listed site may use the chat and read the answer, also how long to wait', async () => {
  const { status, headers } = await world.call('POST', '/chat/token', from('https://asseb.example'));
  expect(status).toBe(200);
  expect(headers.get('access-control-allow-origin')).toBe('https://asseb.example');
  expect(headers.get('access-control-expose-headers')).toBe('Retry-After');
  expect(headers.get('vary')).toContain('Origin');
  expect(headers.get('cache-control')).toBe('no-store');
});

test('our own page may, and so may a client that is no browser', async () => {
  expect((await world.call('POST', '/chat/token', from(world.base))).status).toBe(200);
  expect((await world.call('POST', '/chat/token')).status).toBe(200);
});

test.each([
  'https://evil.example',
  'https://asseb.example.evil',
  'http://asseb.example',
  'null',
  'nonsense',
  'file://',
])('%s may not', async (origin) => {
  const { status, headers, body } = await world.call('POST', '/chat/token', from(origin));
  expect(status).toBe(403);
  expect(body.error?.code).toBe('OriginNotAllowed');
  expect(headers.get('access-control-allow-origin')).toBeNull();
  const { token, conversationId } = await world.visit();
  const path = `/v3/directline/conversations/${conversationId}/activities`;
  expect((await world.call('GET', path, { token, ...from(origin) })).status).toBe(403);
});

test('with * every site may, without cookies', async () => {
  await world.close();
  world = await startWorld({ origins: ['*'] });
  const { status, headers } = await world.call('POST', '/chat/token', from('https://any.example'));
  expect(status).toBe(200);
  expect(headers.get('access-control-allow-origin')).toBe('https://any.example');
  expect(headers.get('access-control-allow-credentials')).toBeNull();
});

test('refusals can be read by the page as well', async () => {
  const big = { headers: { origin: 'https://asseb.example' }, body: 'x'.repeat(70_000) };
  const { status, headers, body } = await world.call('POST', '/chat/token', big);
  expect(status).toBe(413);
  expect(headers.get('access-control-allow-origin')).toBe('https://asseb.example');
  expect(body.error?.message).toBe('The message is too large.');
});

describe('a preflight', () => {
  const paths = [
    '/chat/token',
    '/v3/directline/conversations',
    '/v3/directline/conversations/some',
    '/v3/directline/conversations/some/activities?watermark=5',
    '/v3/directline/conversations/some/upload?userId=x',
    '/v3/directline/tokens/refresh',
    '/v3/directline/session/getsessionid',
  ];
  test.each(paths)('of %s allows what the official client sends', async (path) => {
    const { status, headers } = await world.call('OPTIONS', path, {
      headers: { origin: 'https://asseb.example', 'access-control-request-method': 'POST' },
    });
    expect(status).toBe(204);
    expect(headers.get('access-control-allow-origin')).toBe('https://asseb.example');
    const allowed = headers.get('access-control-allow-headers')?.split(', ');
    expect(allowed).toEqual(['authorization', 'content-type', 'x-ms-bot-agent', 'x-requested-with']);
    expect(Number(headers.get('access-control-max-age'))).toBeGreaterThanOrEqual(600);
  });

  test('of an unlisted site is refused', async () => {
    expect((await world.call('OPTIONS', '/chat/token', from('https://evil.example'))).status).toBe(403);
  });

  test('names the methods of the address', async () => {
    const path = '/v3/directline/conversations/some/activities';
    const { headers } = await world.call('OPTIONS', path, from('https://asseb.example'));
    expect(headers.get('access-control-allow-methods')).toBe('GET, POST');
  });

  test('of the session id allows the cookies that the official client insists on', async () => {
    const { headers } = await world.call(
      'OPTIONS',
      '/v3/directline/session/getsessionid',
      from('https://asseb.example'),
    );
    expect(headers.get('access-control-allow-credentials')).toBe('true');
  });
});

describe('links in answers', () => {
  test('lead to PUBLIC_URL when it is set, which is also an allowed origin', async () => {
    await world.close();
    world = await startWorld({ publicUrl: 'https://chat.asseb.example/' });
    const { token } = await world.visit();
    const { body } = await world.call('POST', '/v3/directline/conversations', {
      token,
      ...from('https://chat.asseb.example'),
    });
    expect(body['streamUrl']).toMatch(/^wss:\/\/chat\.asseb\.example\/v3\/directline\/conversations\//);
  });
});
