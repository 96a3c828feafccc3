import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createWhatsAppWebChannel } from '../../../../src/channels/whatsapp/web/channel.js';
import { systemClock } from '../../../../src/core/clock.js';
import { describeChannelContract } from '../../contract.js';
import { createFakeWhatsApp } from './fake-client.js';
import { createKeep, unreported } from './harness.js';
import { until } from '../../../fixtures/eventually.js';

const person = '966512345678@c.us';

// In one process with a Client of ours, because fifteen browsers take long; faults.test.ts drives the real ones.
describeChannelContract('WhatsApp Web', async ({ ports, log }) => {
  const whatsapp = createFakeWhatsApp();
  const folder = mkdtempSync(join(tmpdir(), 'wasl-whatsapp-web-'));
  const channel = createWhatsAppWebChannel({
    ports: { ...unreported, ...ports },
    log,
    keep: createKeep(),
    folder,
    program: 'none',
    chromePath: process.execPath,
    open: whatsapp.open,
    messagesPerMinute: 60_000,
    typingMs: 0,
    maxFileBytes: 1_000_000,
    show: () => undefined,
    clock: systemClock,
    care: { heartbeat: 50, retry: 20 },
    timing: { watch: 10, call: 200, load: 1_000, takeover: 10 },
  });
  const connected = () => until(() => channel.state().state === 'on');
  await channel.start();
  await connected();
  let count = 0;
  return {
    channel,
    async says(text) {
      await connected();
      whatsapp.writes({ chat: person, key: `${(count += 1)}`, body: text, notifyName: 'أم خالد' });
    },
    sendsUnreadable: async () => whatsapp.writes({ chat: person, key: '1', type: 'sticker' }),
    deliversAgain: async () => whatsapp.emitsAgain(),
    unacknowledged: () => whatsapp.unseen.size,
    received: () => whatsapp.sent.map(({ text }) => text),
    failsSending: () => void whatsapp.faults.push('throws'),
    address: { channelId: 'whatsapp', conversation: { id: person }, from: { id: person } },
    secrets: ['966512345678', 'أم خالد'],
    async close() {
      await channel.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
});
