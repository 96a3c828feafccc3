import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { network } from '../../../src/core/network.js';
import { minute, startWorld, type Visit, type World } from './world.js';

let world: World;
let visit: Visit;
let path: string;

beforeEach(async () => {
  world = await startWorld();
  visit = await world.visit();
  path = `/v3/directline/conversations/${visit.conversationId}`;
});

afterEach(() => world.close());

const hello = { json: { type: 'message', text: 'هلا' } };

describe('a token', () => {
  test('is good for the hour that it promises, longer than two refreshes of the official client', async () => {
    expect(visit).toMatchObject({ token: expect.any(String), expires_in: 3600 });
    world.pass(59 * minute);
    expect((await world.call('POST', `${path}/activities`, { ...visit, ...hello })).status).toBe(200);
  });

  test('is refreshed for the same conversation', async () => {
    const { status, body } = await world.call('POST', '/v3/directline/tokens/refresh', visit);
    expect(status).toBe(200);
    expect(body).toMatchObject({ conversationId: visit.conversationId, expires_in: 3600 });
    world.pass(30 * minute);
    const again = await world.call('POST', '/v3/directline/tokens/refresh', { token: String(body['token']) });
    expect(again.body['token']).not.toBe(body['token']);
  });

  test('of an earlier visit opens the same conversation for the same person, for thirty days after it expired', async () => {
    await world.call('POST', `${path}/activities`, { ...visit, ...hello });
    world.pass(60 * minute + 29 * 24 * 60 * minute);
    const back = await world.visit(visit.token);
    expect(back.conversationId).toBe(visit.conversationId);
    await world.call('POST', `${path}/activities`, { ...back, ...hello });
    expect(new Set(world.mailbox.accepted.map(({ from }) => from.id)).size).toBe(1);
    world.pass(32 * 24 * 60 * minute);
    expect((await world.visit(visit.token)).conversationId).not.toBe(visit.conversationId);
  });

  test.each(['', 'nonsense', 'a.b', 'a.b.c', `${'x'.repeat(5000)}.y`])(
    '%j of an earlier visit starts a new conversation',
    async (token) => {
      const fresh = await world.visit(token);
      expect(fresh.conversationId).toMatch(/^[\w-]{24}$/);
      expect(fresh.conversationId).not.toBe(visit.conversationId);
    },
  );

  test('says nothing that could be changed, and is of use for nothing else', async () => {
    const [payload = '', mac = ''] = visit.token.split('.');
    const [kind, expires, ...rest] = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const later = Buffer.from(JSON.stringify([kind, expires + minute, ...rest])).toString('base64url');
    const changed = await world.call('POST', '/v3/directline/tokens/refresh', { token: `${later}.${mac}` });
    expect(changed.status).toBe(403);
    expect((await world.call('GET', `/chat/files/${visit.token}`)).status).toBe(404);
    const { body } = await world.call('POST', '/v3/directline/conversations', visit);
    const ticket = new URL(String(body['streamUrl'])).searchParams.get('t') ?? '';
    expect((await world.call('GET', path, { token: ticket })).status).toBe(403);
    expect(String(body['streamUrl'])).not.toContain(visit.token);
  });
});

describe('what a token that is not good gets is what the official client can live with:', () => {
  const cases = [
    { what: 'posting', method: 'POST', on: '/activities', broken: 401, expired: 403 },
    { what: 'uploading', method: 'POST', on: '/upload', broken: 401, expired: 403 },
    { what: 'polling', method: 'GET', on: '/activities', broken: 403, expired: 403 },
    { what: 'connecting again', method: 'GET', on: '', broken: 403, expired: 403 },
  ];
  test.each(cases)('$what: $broken when broken, $expired when expired', async ({ method, on, broken, expired }) => {
    for (const token of ['broken', `${visit.token}x`, '']) {
      expect((await world.call(method, path + on, { token })).status).toBe(broken);
    }
    expect((await world.call(method, path + on)).status).toBe(broken);
    world.pass(61 * minute);
    const { status, body } = await world.call(method, path + on, visit);
    expect(status).toBe(expired);
    expect(body.error?.code).toBe('TokenExpired');
  });

  test('refreshing: 403', async () => {
    expect((await world.call('POST', '/v3/directline/tokens/refresh', { token: 'broken' })).status).toBe(403);
    world.pass(61 * minute);
    expect((await world.call('POST', '/v3/directline/tokens/refresh', visit)).status).toBe(403);
  });

  test('starting: 401 when broken, 403 when expired', async () => {
    expect((await world.call('POST', '/v3/directline/conversations', { token: 'broken' })).status).toBe(401);
    world.pass(61 * minute);
    expect((await world.call('POST', '/v3/directline/conversations', visit)).status).toBe(403);
  });
});

describe("another visitor's conversation", () => {
  test.each(['GET /activities', 'POST /activities', 'GET ', 'POST /upload'])('is closed: %s', async (what) => {
    const [method = '', on = ''] = what.split(' ');
    const other = await world.visit();
    const { status, body } = await world.call(method, path + on, { token: other.token });
    expect(status).toBe(403);
    expect(body.error?.message).toMatch(/\.$/);
    expect(world.mailbox.accepted).toEqual([]);
  });

  test('one that never was is not found', async () => {
    for (const id of ['unknown', 'x'.repeat(24), '__proto__', '%00']) {
      const { status } = await world.call('GET', `/v3/directline/conversations/${id}/activities`, visit);
      expect(status).toBe(404);
    }
  });
});

describe('the secret of DIRECT_LINE_SECRET', () => {
  const generate = '/v3/directline/tokens/generate';

  test('is of no use while it is not set', async () => {
    expect((await world.call('POST', generate, { token: '' })).status).toBe(404);
    expect((await world.call('POST', generate, { token: 'undefined' })).status).toBe(404);
  });

  test('makes tokens, also for a person whom the server knows', async () => {
    await world.close();
    world = await startWorld({ directLineSecret: 'the-secret' });
    expect((await world.call('POST', generate, { token: 'the-secre' })).status).toBe(403);
    expect((await world.call('POST', generate)).status).toBe(403);
    const { status, body } = await world.call('POST', generate, {
      token: 'the-secret',
      json: { user: { id: 'dl_42' } },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ conversationId: expect.any(String), expires_in: 3600 });
    await world.call('POST', '/v3/directline/conversations', { token: String(body['token']) });
    expect(world.mailbox.accepted[0]?.from.id).toBe('dl_42');
    const wrong = await world.call('POST', generate, { token: 'the-secret', json: { user: { id: 5 } } });
    expect(wrong.status).toBe(400);
  });

  test('refreshes no token', async () => {
    await world.close();
    world = await startWorld({ directLineSecret: 'the-secret' });
    expect((await world.call('POST', '/v3/directline/tokens/refresh', { token: 'the-secret' })).status).toBe(403);
  });
});

describe('too many visits of one address', () => {
  test('are told when to come back', async () => {
    await world.close();
    world = await startWorld({ tokensPerMinute: 2 });
    await world.visit();
    await world.visit();
    const { status, headers, body } = await world.call('POST', '/chat/token');
    expect(status).toBe(429);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(body.error?.message).toMatch(/Try again in \d+ s\.$/);
  });

  test.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:0db8:0001:0002::9', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
  ])('%s counts as %s: a household has one IPv4 address and a whole /64 of IPv6', (address, counted) => {
    expect(network(address)).toBe(counted);
  });
});
