import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connect, ConnectionStatus, type Client } from './directline.js';
import { eventually } from '../../fixtures/eventually.js';
import { minute, startWorld, type World } from './world.js';

let world: World;
let clients: Client[];

beforeEach(async () => {
  world = await startWorld();
  clients = [];
});

afterEach(async () => {
  clients.forEach(({ line }) => line.end());
  await world.close();
});

function open(options: Parameters<typeof connect>[0], hurry?: number): Client {
  const client = connect({ domain: world.domain, ...options }, hurry);
  clients.push(client);
  return client;
}

const unique = (client: Client): boolean =>
  new Set(client.received.map(({ id }) => id)).size === client.received.length;
const message = (text: string, name: string = crypto.randomUUID()) => ({
  type: 'message',
  from: { id: 'whoever' },
  text,
  channelData: { clientActivityID: name },
});

const ways = [
  { way: 'over a WebSocket', webSocket: true },
  { way: 'by polling', webSocket: false },
];
for (const { way, webSocket } of ways)
  describe(`both ways, ${way}`, () => {
    test('a visitor is greeted once and answered', async () => {
      const { token } = await world.visit();
      const client = open({ token, webSocket });
      await eventually(() => expect(client.texts()).toEqual(['حياك الله']));
      const id = await client.post(message('متى يطلع القرار؟'));
      await eventually(() =>
        expect(client.texts()).toEqual(['حياك الله', 'متى يطلع القرار؟', 'وصل: متى يطلع القرار؟']),
      );
      expect(client.received[2]).toMatchObject({ replyToId: id, from: { id: 'bot', role: 'bot' } });
      expect(client.statuses.at(-1)).toBe(ConnectionStatus.Online);
    });

    test('the own message comes back with the id of the post and its clientActivityID', async () => {
      const { token } = await world.visit();
      const client = open({ token, webSocket });
      const id = await client.post(message('هلا', 'client-1'));
      await eventually(() => expect(client.texts()).toContain('وصل: هلا'));
      const echo = client.received.find((activity) => activity.id === id);
      expect(echo).toMatchObject({ channelData: { clientActivityID: 'client-1' }, from: { role: 'user' } });
      expect(echo?.from.id).toBe(world.mailbox.accepted[0]?.from.id);
      expect(echo?.from.id).not.toBe('whoever');
    });

    test('somebody who comes back sees the whole conversation and is not greeted again', async () => {
      const first = await world.visit();
      const before = open({ token: first.token, webSocket });
      await before.post(message('هلا'));
      await eventually(() => expect(before.texts()).toHaveLength(3));
      before.line.end();
      world.pass(3 * 24 * 60 * minute);
      const again = await world.visit(first.token);
      expect(again.conversationId).toBe(first.conversationId);
      const after = open({ token: again.token, webSocket });
      await eventually(() => expect(after.texts()).toEqual(before.texts()));
      expect(world.mailbox.accepted.filter(({ type }) => type === 'conversationUpdate')).toHaveLength(1);
    });

    test('a fresh client goes on after its watermark', async () => {
      const { token, conversationId } = await world.visit();
      const before = open({ token, webSocket });
      await before.post(message('الأولى'));
      await eventually(() => expect(before.texts()).toHaveLength(3));
      const watermark = before.watermark();
      before.line.end();
      await world.mailbox.says(conversationId, { text: 'إشعار' });
      const after = open({ token, conversationId, watermark, webSocket });
      await eventually(() => expect(after.texts()).toEqual(['إشعار']));
    });

    test('end() leaves the server well', async () => {
      const { token } = await world.visit();
      const client = open({ token, webSocket });
      await eventually(() => expect(client.texts()).toHaveLength(1));
      client.line.end();
      await eventually(() => expect(client.errors).toHaveLength(1));
      expect((await world.visit()).token).not.toBe('');
    });

    test('a full mailbox tells the client to try again, and the same message is then accepted once', async () => {
      const { token } = await world.visit();
      const client = open({ token, webSocket });
      await eventually(() => expect(client.texts()).toHaveLength(1));
      world.mailbox.refuse(1, { type: 'full' });
      const posted = message('مهم', 'client-2');
      expect(await client.post(posted)).toBe('retry');
      const id = await client.post(posted);
      expect(await client.post(posted)).toBe(id);
      await eventually(() => expect(client.texts()).toEqual(['حياك الله', 'مهم', 'وصل: مهم']));
    });
  });

describe('over a WebSocket', () => {
  test('after a dropped socket nothing is missing and nothing comes twice', async () => {
    const { token, conversationId } = await world.visit();
    const client = open({ token });
    await eventually(() => expect(client.texts()).toHaveLength(1));
    for (let round = 1; round <= 3; round += 1) {
      client.sockets.at(-1)?.terminate();
      await world.mailbox.says(conversationId, { text: `أثناء الانقطاع ${round}` });
      await eventually(() => expect(client.sockets).toHaveLength(round + 1));
      await eventually(() => expect(client.texts().at(-1)).toBe(`أثناء الانقطاع ${round}`));
    }
    expect(client.texts()).toHaveLength(4);
    expect(unique(client)).toBe(true);
  });

  test('pings with empty frames are not messages', async () => {
    const { token } = await world.visit();
    const client = open({ token }, 2_000);
    await eventually(() => expect(client.texts()).toHaveLength(1));
    for (let ping = 0; ping < 5; ping += 1) client.sockets[0]?.send('');
    await client.post(message('بعد النبض'));
    await eventually(() => expect(client.texts()).toContain('وصل: بعد النبض'));
    expect(client.sockets).toHaveLength(1);
  });

  test('the token is refreshed while the socket stays', async () => {
    const { token } = await world.visit();
    const client = open({ token }, 20_000);
    await eventually(() => expect(client.texts()).toHaveLength(1));
    world.pass(15 * minute);
    const begun = client.token();
    await eventually(() => expect(client.token()).not.toBe(begun));
    world.pass(50 * minute);
    expect(await client.post(message('بعد ساعة'))).not.toBe('retry');
    expect(client.sockets).toHaveLength(1);
  });

  test('a post with a broken token throws and opens no further socket', async () => {
    const { token, conversationId } = await world.visit();
    const client = open({ token });
    await eventually(() => expect(client.texts()).toHaveLength(1));
    client.line.reconnect({ token: 'broken', conversationId });
    await expect(client.post(message('هلا'))).rejects.toMatchObject({ status: 401 });
    await world.mailbox.says(conversationId, { text: 'ما زلنا هنا' });
    await eventually(() => expect(client.texts()).toContain('ما زلنا هنا'));
    expect(client.sockets).toHaveLength(1);
    expect(client.statuses.at(-1)).toBe(ConnectionStatus.Online);
  });

  test('after an expired token the client goes on with a fresh one; what its many sockets repeat has one id', async () => {
    const { token, conversationId } = await world.visit();
    const client = open({ token }, 1);
    await eventually(() => expect(client.texts()).toHaveLength(1));
    world.pass(61 * minute);
    expect(await client.post(message('هلا'))).toBe('retry');
    expect(client.statuses).toContain(ConnectionStatus.ExpiredToken);
    const fresh = await world.visit(token);
    const { body } = await world.call('GET', `/v3/directline/conversations/${conversationId}`, fresh);
    client.line.reconnect({ ...fresh, streamUrl: String(body['streamUrl']) });
    await client.post(message('رجعت', 'client-3'));
    await eventually(() => expect(client.texts()).toContain('وصل: رجعت'));
    expect(new Set(client.received.map(({ id }) => id)).size).toBe(3);
  });

  test('a stopping server closes with 1001 and the client comes back by itself', async () => {
    const { token } = await world.visit();
    const client = open({ token });
    await eventually(() => expect(client.texts()).toHaveLength(1));
    const codes: number[] = [];
    client.sockets[0]?.on('close', (code) => codes.push(code));
    await world.channel.stop();
    await world.channel.start();
    await eventually(() => expect(codes).toEqual([1001]));
    await eventually(() => expect(client.sockets.length).toBeGreaterThan(1));
    await client.post(message('عدنا'));
    await eventually(() => expect(client.texts()).toContain('وصل: عدنا'));
    expect(unique(client)).toBe(true);
  });
});

describe('by polling', () => {
  test('an outage of the store does not end it', async () => {
    const { token, conversationId } = await world.visit();
    const client = open({ token, webSocket: false });
    await eventually(() => expect(client.texts()).toHaveLength(1));
    world.mailbox.storeAway = true;
    await eventually(() => expect(world.lines.some((line) => line.includes('cannot be read'))).toBe(true));
    await world.mailbox.says(conversationId, { text: 'عاد المخزن' });
    world.mailbox.storeAway = false;
    await eventually(() => expect(client.texts()).toEqual(['حياك الله', 'عاد المخزن']));
  });

  test('it goes on with a fresh token after its own has expired', async () => {
    const { token, conversationId } = await world.visit();
    const client = open({ token, webSocket: false });
    await eventually(() => expect(client.texts()).toHaveLength(1));
    world.pass(61 * minute);
    await eventually(() => expect(client.statuses.at(-1)).toBe(ConnectionStatus.ExpiredToken));
    await world.mailbox.says(conversationId, { text: 'وأنت غائب' });
    client.line.reconnect(await world.visit(token));
    // It asks anew while it still asks: with two answers under way it shows an activity that is in both twice.
    const shown = () => [...new Map(client.received.map((activity) => [activity.id, activity])).values()];
    await eventually(() => expect(shown()).toMatchObject([{ text: 'حياك الله' }, { text: 'وأنت غائب' }]));
  });
});

test('getSessionId works', async () => {
  const { token } = await world.visit();
  const client = open({ token });
  const id = await new Promise<string>((resolve, reject) => client.line.getSessionId().subscribe(resolve, reject));
  expect(id).toMatch(/^[\w-]{22}$/);
});

test('with the secret itself a server speaks for its visitor', async () => {
  await world.close();
  world = await startWorld({ directLineSecret: 'a-secret-of-the-operator' });
  const client = open({ secret: 'a-secret-of-the-operator', domain: world.domain });
  await eventually(() => expect(client.texts()).toHaveLength(1));
  await client.post(message('من خادم'));
  await eventually(() => expect(client.texts()).toContain('وصل: من خادم'));
  expect(new Set(world.mailbox.accepted.map(({ from }) => from.id)).size).toBe(1);
});
