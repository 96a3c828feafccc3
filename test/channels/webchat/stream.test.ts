import { request } from 'node:http';
import { once } from 'node:events';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { eventually } from '../../fixtures/eventually.js';
import { minute, startWorld, type Posted, type Visit, type World } from './world.js';

let world: World;
let visit: Visit;

beforeEach(async () => {
  world = await startWorld();
  visit = await world.visit();
});

afterEach(() => world.close());

interface Follower {
  socket: WebSocket;
  frames: { activities: Posted[]; watermark: string }[];
  texts: () => (string | undefined)[];
}

async function streamUrl(watermark?: string): Promise<string> {
  const { conversationId, token } = visit;
  const { body } =
    watermark === undefined
      ? await world.call('POST', '/v3/directline/conversations', { token })
      : await world.call('GET', `/v3/directline/conversations/${conversationId}?watermark=${watermark}`, { token });
  return String(body['streamUrl']);
}

function follow(url: string, options: WebSocket.ClientOptions = {}): Follower {
  const follower: Follower = {
    socket: new WebSocket(url, options),
    frames: [],
    texts: () => follower.frames.flatMap(({ activities }) => activities.map(({ text }) => text)),
  };
  follower.socket.on('message', (data) => follower.frames.push(JSON.parse((data as Buffer).toString())));
  return follower;
}

async function refusedWith(url: string, options: WebSocket.ClientOptions = {}): Promise<number | undefined> {
  const socket = new WebSocket(url, options);
  const [, response] = await once(socket, 'unexpected-response');
  socket.on('error', () => {});
  socket.terminate();
  return response.statusCode;
}

const says = (text: string): Promise<void> => world.mailbox.says(visit.conversationId, { text });

test('what is in the transcript comes first, then what is added, each once and in order', async () => {
  const url = await streamUrl();
  for (let n = 1; n <= 250; n += 1) await says(`رسالة ${n}`);
  const { socket, texts, frames } = follow(url);
  const adding = (async () => {
    await once(socket, 'open');
    for (let n = 251; n <= 400; n += 1) await says(`رسالة ${n}`);
  })();
  await adding;
  await eventually(() => expect(texts()).toHaveLength(401));
  expect(texts()).toEqual(['حياك الله', ...Array.from({ length: 400 }, (_, index) => `رسالة ${index + 1}`)]);
  expect(frames.at(-1)?.watermark).toBe('402');
  socket.terminate();
});

test('the watermark of a resumed conversation is carried into its stream', async () => {
  await streamUrl();
  await says('قديم');
  const url = await streamUrl('3');
  expect(new URL(url).searchParams.get('watermark')).toBe('3');
  const { texts, socket } = follow(url);
  await says('جديد');
  await eventually(() => expect(texts()).toEqual(['جديد']));
  socket.terminate();
});

test('several sockets of one conversation all stay open and get everything', async () => {
  const url = await streamUrl();
  const followers = [follow(url), follow(url), follow(url)];
  for (const { texts } of followers) await eventually(() => expect(texts()).toEqual(['حياك الله']));
  await says('للجميع');
  for (const { texts } of followers) await eventually(() => expect(texts()).toContain('للجميع'));
  expect(followers.map(({ socket }) => socket.readyState)).toEqual([1, 1, 1]);
  followers.forEach(({ socket }) => socket.terminate());
});

test('one conversation cannot hold any number of sockets', async () => {
  const url = await streamUrl();
  const followers = Array.from({ length: 20 }, () => follow(url));
  for (const { socket } of followers) if (socket.readyState !== 1) await once(socket, 'open');
  expect(await refusedWith(url)).toBe(429);
  followers.forEach(({ socket }) => socket.terminate());
});

test('arrival and language events are not shown; their places are skipped', async () => {
  const { conversationId, token } = visit;
  const { texts, frames, socket } = follow(await streamUrl());
  const event = { type: 'event', name: 'webchat/language', value: 'en' };
  await world.call('POST', `/v3/directline/conversations/${conversationId}/activities`, { token, json: event });
  await says('After');
  await eventually(() => expect(texts()).toEqual(['حياك الله', 'After']));
  expect(frames.at(-1)?.watermark).toBe('4');
  socket.terminate();
});

test('a store that is away delays, and loses nothing', async () => {
  const { texts, socket } = follow(await streamUrl());
  await eventually(() => expect(texts()).toHaveLength(1));
  world.mailbox.storeAway = true;
  await says('أثناء الغياب');
  world.mailbox.storeAway = false;
  await eventually(() => expect(texts()).toEqual(['حياك الله', 'أثناء الغياب']));
  socket.terminate();
});

test('where other processes write, it looks again by itself', async () => {
  await world.close();
  world = await startWorld({ lookAgainMs: 10 });
  visit = await world.visit();
  const { texts, socket } = follow(await streamUrl());
  await eventually(() => expect(texts()).toHaveLength(1));
  world.mailbox.silent = true;
  await says('من خادم آخر');
  await eventually(() => expect(texts()).toContain('من خادم آخر'));
  socket.terminate();
});

test('a socket that no longer answers pings is ended; one that does stays', async () => {
  await world.close();
  world = await startWorld({ heartbeatMs: 500 });
  visit = await world.visit();
  const url = await streamUrl();
  const dead = follow(url, { autoPong: false });
  const alive = follow(url);
  await once(alive.socket, 'ping');
  await eventually(() => expect(dead.socket.readyState).toBe(WebSocket.CLOSED));
  await once(alive.socket, 'ping');
  await once(alive.socket, 'ping');
  expect(alive.socket.readyState).toBe(WebSocket.OPEN);
  alive.socket.terminate();
});

test('frames of a client are never parsed, and a large one ends the socket', async () => {
  const { socket, texts } = follow(await streamUrl());
  await once(socket, 'open');
  for (const frame of ['', '{', '[]', '\u0000', Buffer.from([0xff, 0xfe])]) socket.send(frame);
  await says('ما زال هنا');
  await eventually(() => expect(texts()).toContain('ما زال هنا'));
  socket.send('x'.repeat(5000));
  const [code] = await once(socket, 'close');
  expect(code).toBe(1009);
});

test('the address opens one conversation only, and only for two minutes', async () => {
  const url = await streamUrl();
  const other = await world.visit();
  expect(await refusedWith(url.replace(visit.conversationId, other.conversationId))).toBe(403);
  expect(await refusedWith(url.replace(/t=.*/, `t=${visit.token}`))).toBe(403);
  expect(await refusedWith(url.replace(/&t=.*/, ''))).toBe(403);
  world.pass(3 * minute);
  expect(await refusedWith(url)).toBe(403);
});

test('a page of another site is refused before the socket opens', async () => {
  const url = await streamUrl();
  expect(await refusedWith(url, { origin: 'https://evil.example' })).toBe(403);
  const own = follow(url, { origin: world.base });
  await once(own.socket, 'open');
  own.socket.terminate();
});

test('other addresses are left to others, and strange ones do no harm', async () => {
  const url = (await streamUrl()).replace(/\/v3.*/, '');
  expect(await refusedWith(`${url}/elsewhere`)).toBe(404);
  for (const path of [
    '//',
    '/v3/directline/conversations/%E0%A4%A/stream',
    '/v3/directline/conversations//stream?t=%',
  ]) {
    expect([403, 404]).toContain(await refusedWith(url + path));
  }
});

test('a handshake without a key is refused and the server goes on', async () => {
  const { hostname, port, pathname, search } = new URL((await streamUrl()).replace('ws:', 'http:'));
  const asked = request({
    hostname,
    port,
    path: pathname + search,
    headers: { Connection: 'Upgrade', Upgrade: 'websocket' },
  });
  asked.end();
  const [response] = await once(asked, 'response');
  expect(response.statusCode).toBe(400);
  expect((await world.visit()).token).not.toBe('');
});

test('stopping closes every socket with 1001 and takes no new one', async () => {
  const url = await streamUrl();
  const { socket } = follow(url);
  await once(socket, 'open');
  const closed = once(socket, 'close');
  await world.channel.stop();
  expect((await closed)[0]).toBe(1001);
  expect(await refusedWith(url)).toBe(503);
});
