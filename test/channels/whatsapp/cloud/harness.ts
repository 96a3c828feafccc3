import type { Channel, DeliveryReport } from '../../../../src/channels/channel.js';
import {
  createWhatsAppCloudChannel,
  type WhatsAppCloudOptions,
} from '../../../../src/channels/whatsapp/cloud/channel.js';
import type { MessageActivity } from '../../../../src/core/activity.js';
import { SendError } from '../../../../src/core/errors.js';
import { silentLog } from '../../../../src/core/log.js';
import { createServer } from '../../../../src/web/server.js';
import { startGraphServer, type GraphPerson, type GraphServer } from '../../../fixtures/graph-server/server.mjs';
import { createRecordingPorts, type RecordingPorts } from '../../contract.js';

export const personName = 'نورة القحطاني';
export const personNumber = '966501234567';

export interface Harness {
  channel: Channel;
  server: GraphServer;
  person: GraphPerson;
  mailbox: RecordingPorts;
  webhook: string;
  clock: { now(): number; advance(ms: number): void };
  reports: DeliveryReport[];
  /** What the next reports are answered with; `recorded` when there is none. */
  reportAnswers: ('recorded' | 'unknown' | 'too_early')[];
  /** When the person wrote last, as the mailbox knows it. */
  heardAt: { value: number | undefined };
  close(): Promise<void>;
}

export interface HarnessOptions extends Partial<Omit<WhatsAppCloudOptions, 'ports'>> {
  mailbox?: RecordingPorts;
  ports?: RecordingPorts['ports'];
}

/** The real adapter behind the real web server, in front of the local Graph API, and one person. */
export async function startHarness({
  mailbox = createRecordingPorts(),
  ports,
  ...options
}: HarnessOptions = {}): Promise<Harness> {
  const server = await startGraphServer();
  let shift = 0;
  const clock = { now: () => Date.now() + shift, advance: (ms: number) => void (shift += ms) };
  const reports: DeliveryReport[] = [];
  const reportAnswers: Harness['reportAnswers'] = [];
  const heardAt: Harness['heardAt'] = { value: undefined };
  const channel = createWhatsAppCloudChannel({
    ...server.credentials,
    apiRoot: server.apiRoot,
    templates: {},
    labels: () => ({ choose: 'اختر من هنا' }),
    log: silentLog,
    clock,
    backoff: () => 5,
    settleMs: 300,
    ...options,
    ports: {
      ...(ports ?? mailbox.ports),
      async reported(report) {
        reports.push(report);
        return { type: reportAnswers.shift() ?? 'recorded' };
      },
      heardAt: async () => heardAt.value,
    },
  });
  const log = options.log ?? silentLog;
  const web = await createServer({ routes: channel.routes, log, bodyLimitBytes: 16_384 }).listen(0, '127.0.0.1');
  const webhook = `http://127.0.0.1:${web.port}/webhooks/whatsapp`;
  server.setWebhook(webhook);
  await channel.start();
  return {
    channel,
    server,
    person: server.user(personNumber, { name: personName }),
    mailbox,
    webhook,
    clock,
    reports,
    reportAnswers,
    heardAt,
    async close() {
      await channel.stop();
      await server.close();
      await web.close();
    },
  };
}

export const reply = (text: string, more: Partial<MessageActivity> = {}): MessageActivity => ({
  channelId: 'whatsapp',
  conversation: { id: personNumber },
  from: { id: personNumber },
  type: 'message',
  id: 'reply-1',
  timestamp: '2026-01-01T00:00:00.000Z',
  role: 'bot',
  text,
  ...more,
});

/** How a send failed; undefined when it did not. */
export async function failureOf(sending: Promise<void>): Promise<SendError | undefined> {
  try {
    await sending;
    return undefined;
  } catch (error) {
    if (error instanceof SendError) return error;
    throw error;
  }
}
