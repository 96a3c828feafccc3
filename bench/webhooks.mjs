// Deliveries of WhatsApp's webhook through the whole door: signature over the raw bytes, translation, the mailbox's write on
// the disk, and only then 200. The peer is a bare Express that checks the same signature and makes one synced lmdb write.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
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

export async function webhooksBench({ deliveries }) {
  const wasl = await measure(startWasl, deliveries);
  const bare = await measure(startBare, deliveries);
  return { wasl, bare };
}

async function measure(start, deliveries) {
  const folder = mkdtempSync(join(tmpdir(), 'wasl-webhooks-'));
  const { url, stop } = await start(folder);
  // On a thread of its own, so that what it costs to send is not taken for what it costs to receive.
  const client = new Worker(new URL('webhook-client.mjs', import.meta.url), {
    workerData: { url, deliveries, appSecret, phoneNumberId },
  });
  const [figures] = await once(client, 'message');
  await stop();
  rmSync(folder, { recursive: true });
  return figures;
}

const sign = (body) => `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`;

async function startWasl(dataFolder) {
  const { store } = await openStore({ dataFolder, ids: systemIds });
  const mailbox = createMailbox({
    conversations: store.collection('conversations'),
    transcript: createTranscript(store.collection('messages'), store),
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
