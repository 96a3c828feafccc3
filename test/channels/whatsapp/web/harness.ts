import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Channel, ChannelPorts, DeliveryPorts } from '../../../../src/channels/channel.js';
import { createWhatsAppWebChannel, type WhatsAppWebOptions } from '../../../../src/channels/whatsapp/web/channel.js';
import { isAlive } from '../../../../src/channels/whatsapp/web/browser-process.js';
import { forkedLink, type Link } from '../../../../src/channels/whatsapp/web/link.js';
import type { Heard, WebKeep } from '../../../../src/channels/whatsapp/web/ports.js';
import { systemClock } from '../../../../src/core/clock.js';
import { silentLog, type Log } from '../../../../src/core/log.js';
import { root } from '../../../fixtures/assets.js';
import { chromiumProgram } from '../../../fixtures/chromium.js';
import { startStubPhone, type StubPhone } from '../../../fixtures/whatsapp-stub/phone.js';
import { eventually } from '../../../fixtures/eventually.js';

export const program = join(root, 'dist/channels/whatsapp/web/child/main.js');

/** For whom nobody asks what became of the replies. */
export const unreported: Pick<DeliveryPorts, 'reported'> = { reported: async () => ({ type: 'recorded' }) };

/** What is kept, in memory; shared by "machines" that are handed the same. */
export function createKeep(): WebKeep & { saved(): string | undefined; content(): Buffer | undefined } {
  let holder = 0;
  let saved: { id: string; content: Buffer } | undefined;
  let count = 0;
  let heard: Heard | undefined;
  return {
    lease: {
      async take() {
        holder += 1;
        return true;
      },
      renew: async () => holder > 0,
      release: async () => undefined,
    },
    session: {
      current: async () => saved?.id,
      load: async (id) => (saved?.id === id ? chunks(saved.content) : undefined),
      async save(content) {
        const parts: Uint8Array[] = [];
        for await (const chunk of content) parts.push(chunk);
        saved = { id: `saved-${(count += 1)}`, content: Buffer.concat(parts) };
        return saved.id;
      },
      forget: async () => (saved = undefined),
    },
    heard: { read: async () => heard, write: async (value) => void (heard = value) },
    saved: () => saved?.id,
    content: () => saved?.content,
  };
}

async function* chunks(content: Buffer): AsyncIterable<Uint8Array> {
  yield content;
}

export interface World {
  phone: StubPhone;
  channel: Channel;
  keep: ReturnType<typeof createKeep>;
  folder: string;
  /** Codes that were shown in the terminal. */
  shown: object[];
  /** Processes and browsers that were started, the latest last. */
  links: Link[];
  browsers: number[];
  connected(): Promise<void>;
  step(): string | undefined;
  close(): Promise<void>;
}

export interface WorldOptions {
  ports: ChannelPorts & Partial<Pick<DeliveryPorts, 'reported'>>;
  log?: Log;
  keep?: ReturnType<typeof createKeep>;
  next?: Partial<StubPhone['next']>;
  own?: Partial<WhatsAppWebOptions>;
}

/** The real channel, process, library and Chromium, against the stub page; patient for a fraction of the usual time. */
export async function startWorld({ ports, log, keep = createKeep(), next, own }: WorldOptions): Promise<World> {
  const phone = await startStubPhone();
  Object.assign(phone.next, next);
  const folder = mkdtempSync(join(tmpdir(), 'wasl-whatsapp-web-'));
  const shown: object[] = [];
  const links: Link[] = [];
  const browsers: number[] = [];
  const fork = forkedLink(program);
  const channel = createWhatsAppWebChannel({
    ports: { ...unreported, ...ports },
    keep,
    folder,
    program,
    chromePath: await chromiumProgram(),
    messagesPerMinute: 60_000,
    typingMs: 0,
    maxFileBytes: 10 * 1024 * 1024,
    show: (code) => void shown.push(code),
    clock: systemClock,
    log: log ?? silentLog,
    page: { version: 'stub', path: phone.folder },
    browserArgs: ['--no-sandbox'],
    care: { heartbeat: 300, retry: 100, longestRetry: 400, firstSave: 3_600_000 },
    timing: { watch: 100, call: 15_000, load: 15_000, takeover: 200 },
    ...own,
    open(options, hear) {
      const link = (own?.open ?? fork)(options, (event) => {
        if (event.type === 'launched') browsers.push(event.browser);
        hear(event);
      });
      links.push(link);
      return link;
    },
  });
  await channel.start();
  const step = (): string | undefined => channel.details?.().step;
  return {
    phone,
    channel,
    keep,
    folder,
    shown,
    links,
    browsers,
    step,
    connected: () => eventually(() => connectedOrThrow(step)),
    async close() {
      await channel.stop();
      await phone.close();
      rmSync(folder, { recursive: true, force: true });
      const left = await Promise.all(browsers.map(isAlive));
      if (left.includes(true)) throw new Error('A browser was left behind');
    },
  };
}

function connectedOrThrow(step: () => string | undefined): void {
  if (step() !== 'connected') throw new Error(`WhatsApp Web is ${step()}`);
}
