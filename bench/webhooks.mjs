// Deliveries of WhatsApp's webhook through the whole door: signature over the raw bytes, translation, the mailbox's write on
// the disk, and only then 200. The peer is a bare Express that checks the same signature and makes one synced lmdb write.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { open } from 'lmdb';
import { createWhatsAppCloudChannel } from '../dist/channels/whatsapp/cloud/channel.js';
import { systemClock } from '../dist/core/clock.js';
import { systemIds } from '../dist/core/ids.js';
import { silentLog } from '../dist/core/log.js';
import { createSeal } from '../dist/core/seal.js';
import { createMailbox } from '../dist/mailbox/mailbox.js';
import { createTranscript } from '../dist/mailbox/transcript.js';
import { openStore } from '../dist/store/open.js';
import { createServer } from '../dist/web/server.js';

const appSecret = '0123456789abcdef0123456789abcdef';
const phoneNumberId = '106540352242922';

/** One delivery after another on each of 50 connections, then 200 a second. */
export async function webhooksBench({ deliveries }) {
  const wasl = await measure(startWasl, deliveries);
  const bare = await measure(startBare, deliveries);
  return { wasl, bare };
}

async function measure(start, deliveries) {
  const folder = mkdtempSync(join(tmpdir(), 'wasl-webhooks-'));
  const { url, stop } = await start(folder);
  const agent = new Agent({ keepAlive: true, maxSockets: 50 });
  await flood({ url, agent, count: Math.round(deliveries / 10), first: 0 });
  const perSecond = await flood({ url, agent, count: deliveries, first: deliveries });
  const times = await steady({ url, agent, count: Math.round(deliveries / 4), first: 3 * deliveries });
  agent.destroy();
  await stop();
  rmSync(folder, { recursive: true });
  return { perSecond, p50: times[times.length >> 1], p99: times[Math.floor(times.length * 0.99)] };
}

async function flood({ url, agent, count, first }) {
  let next = 0;
  const begun = performance.now();
  const work = async () => {
    while (next < count) await post(url, agent, first + (next += 1));
  };
  await Promise.all(Array.from({ length: 50 }, work));
  return Math.round(count / ((performance.now() - begun) / 1000));
}

async function steady({ url, agent, count, first }) {
  const times = [];
  const under = [];
  const begun = performance.now();
  for (let index = 0; index < count; index += 1) {
    const wait = begun + index * 5 - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    const sent = performance.now();
    under.push(post(url, agent, first + index).then(() => times.push(performance.now() - sent)));
  }
  await Promise.all(under);
  return times.toSorted((a, b) => a - b).map((ms) => Math.round(ms * 100) / 100);
}

function post(url, agent, index) {
  const body = JSON.stringify(delivery(index));
  const headers = { 'x-hub-signature-256': sign(body), 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      response
        .resume()
        .once('end', () => (response.statusCode === 200 ? resolve() : reject(new Error(String(response.statusCode)))));
    });
    sent.once('error', reject).end(body);
  });
}

const sign = (body) => `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`;

/** 500 people in turn. */
const delivery = (index) => {
  const waId = `9665${String(index % 500).padStart(8, '0')}`;
  const contacts = [{ profile: { name: 'Person' }, wa_id: waId }];
  const message = {
    from: waId,
    id: `wamid.${index}`,
    timestamp: '1795240800',
    type: 'text',
    text: { body: 'متى يطلع قرار اللجنة؟' },
  };
  const value = {
    messaging_product: 'whatsapp',
    metadata: { phone_number_id: phoneNumberId },
    contacts,
    messages: [message],
  };
  return { object: 'whatsapp_business_account', entry: [{ id: '1', changes: [{ field: 'messages', value }] }] };
};

async function startWasl(dataFolder) {
  const { store } = await openStore({ dataFolder, ids: systemIds });
  const mailbox = createMailbox({
    conversations: store.collection('conversations'),
    transcript: createTranscript(store.collection('messages')),
    channel: () => ({ send: async () => {} }),
    bot: { turn: count, apology: () => ({ type: 'message', text: '' }) },
    seal: createSeal(Buffer.alloc(32, 7)),
    perform: async () => {},
    ordered: store.ordered,
    clock: systemClock,
    ids: systemIds,
    log: silentLog,
  });
  const channel = createWhatsAppCloudChannel({
    token: 'token',
    phoneNumberId,
    appSecret,
    verifyToken: 'verify',
    // Nobody listens there: what is measured is what comes in.
    apiRoot: 'http://127.0.0.1:9',
    templates: {},
    labels: () => ({ choose: '' }),
    ports: {
      accept: (activity) => mailbox.accept(activity),
      files: {},
      reported: async () => ({}),
      heardAt: async () => undefined,
    },
    log: silentLog,
    clock: systemClock,
  });
  await mailbox.start({ alone: true });
  await channel.start();
  const web = await createServer({ routes: channel.routes, log: silentLog, bodyLimitBytes: 65_536 }).listen(
    0,
    '127.0.0.1',
  );
  return {
    url: `http://127.0.0.1:${web.port}/webhooks/whatsapp`,
    async stop() {
      await channel.stop();
      await web.close();
      await mailbox.settle();
      await mailbox.stop();
      await store.close();
    },
  };
}

const count = async (state, { text }) => ({
  state: { turns: (state?.turns ?? 0) + 1 },
  replies: [{ type: 'message', text: `${state?.turns ?? 0}: ${text}` }],
  effects: [],
});

async function startBare(folder) {
  const store = open({ path: join(folder, 'bare.mdb'), encoding: 'json' });
  const app = express();
  app.post('/webhooks/whatsapp', express.raw({ type: () => true }), async (incoming, response) => {
    const expected = Buffer.from(sign(incoming.body));
    const given = Buffer.from(incoming.get('x-hub-signature-256') ?? '');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return response.status(401).end();
    const body = JSON.parse(incoming.body.toString());
    await store.put(body.entry[0].changes[0].value.messages[0].id, body);
    return response.status(200).end();
  });
  const server = await new Promise((resolve) => {
    const listening = app.listen(0, '127.0.0.1', () => resolve(listening));
  });
  return {
    url: `http://127.0.0.1:${server.address().port}/webhooks/whatsapp`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await store.close();
    },
  };
}
