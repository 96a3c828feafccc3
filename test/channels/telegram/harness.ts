import { once } from 'node:events';
import express from 'express';
import { silentLog } from '../../../src/core/log.js';
import type { Log } from '../../../src/core/log.js';
import type { Channel } from '../../../src/channels/channel.js';
import { createTelegramChannel } from '../../../src/channels/telegram/telegram.js';
import type { TelegramOptions } from '../../../src/channels/telegram/telegram.js';
import { startTelegramServer } from '../../fixtures/telegram-server/server.mjs';
import type { TelegramPerson, TelegramServer } from '../../fixtures/telegram-server/server.mjs';
import { createRecordingPorts } from '../contract.js';
import type { RecordingPorts } from '../contract.js';

export const token = '110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw';
export const personName = 'نورة القحطاني';
export const labels = () => ({ shareContact: 'إرسال رقمي', shareLocation: 'إرسال موقعي' });

export interface Harness {
  channel: Channel;
  server: TelegramServer;
  person: TelegramPerson;
  mailbox: RecordingPorts;
  /** Where the webhook is served; empty when polling. */
  publicUrl: string;
  close: () => Promise<void>;
}

export interface HarnessOptions extends Partial<TelegramOptions> {
  mailbox?: RecordingPorts;
  log?: Log;
}

/** The real adapter and the real telegraf against the local Bot API, one person, and a web server for the webhook. */
export async function startHarness({
  mailbox = createRecordingPorts(),
  ...options
}: HarnessOptions = {}): Promise<Harness> {
  const server = await startTelegramServer({ token });
  const web = express().use(express.json());
  const listener = web.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const channel = createTelegramChannel({
    token,
    apiRoot: server.apiRoot,
    mode: 'polling',
    publicUrl: `http://127.0.0.1:${port}`,
    webhookSecret: 'a secret of the deployment',
    labels,
    ports: mailbox.ports,
    log: silentLog,
    clock: { now: () => Date.UTC(2026, 0, 1) },
    backoff: () => 5,
    ...options,
  });
  for (const route of channel.routes)
    web[route.method](route.path, (request, response) => route.handle(request, response));
  return {
    channel,
    server,
    person: server.user(501234567, personName),
    mailbox,
    publicUrl: `http://127.0.0.1:${port}`,
    async close() {
      await channel.stop();
      await server.close();
      listener.closeAllConnections();
      await new Promise((resolve) => listener.close(resolve));
    },
  };
}
