import { join } from 'node:path';
import type { Clock } from '../../../core/clock.js';
import type { Log } from '../../../core/log.js';
import type { Channel, ChannelPorts, DeliveryPorts } from '../../channel.js';
import { clearProfile, memoryOf, noteBrowser } from './browser-process.js';
import { findBrowser } from './find-browser.js';
import { forkedLink, type OpenLink } from './link.js';
import { createPacing } from './pacing.js';
import type { WebKeep } from './ports.js';
import type { StartOptions } from './protocol.js';
import { createReceipts } from './receipts.js';
import { createReceiver } from './receive.js';
import { createSender } from './send.js';
import { createSession } from './session.js';
import { createStatus } from './status.js';
import { createSupervisor, usualCare, type Care } from './supervisor.js';

export interface WhatsAppWebOptions {
  ports: ChannelPorts & Pick<DeliveryPorts, 'reported'>;
  keep: WebKeep;
  /** A folder of this machine for the browser's profile. */
  folder: string;
  /** `child/main.js` as it was built. */
  program: string;
  chromePath?: string;
  /** International, digits only: then a pairing code is asked for instead of a QR code. */
  pairWith?: string;
  messagesPerMinute: number;
  typingMs: number;
  maxFileBytes: number;
  /** Is handed each new QR or pairing code, for the terminal. */
  show(code: { qr: string } | { pairingCode: string }): void;
  clock: Clock;
  log: Log;
  /** For tests: a page of their own, a process of their own, less patience. */
  page?: StartOptions['page'];
  open?: OpenLink;
  care?: Partial<Care>;
  timing?: Partial<StartOptions['timing']>;
  browserArgs?: string[];
}

const usualTiming: StartOptions['timing'] = { watch: 2_000, call: 25_000, load: 60_000, takeover: 10_000 };

/** WhatsApp through whatsapp-web.js, an unofficial client that drives WhatsApp's own web page in a browser. */
export function createWhatsAppWebChannel(options: WhatsAppWebOptions): Channel {
  const { ports, keep, folder, chromePath, clock } = options;
  const log = options.log.child({ channel: 'whatsapp' });
  const profile = join(folder, 'profile');
  const status = createStatus(log);
  const care = { ...usualCare, ...options.care };

  const receiver = createReceiver({
    ports,
    heard: keep.heard,
    link: () => supervisor.link(),
    pauseMs: care.retry,
    maxFileBytes: options.maxFileBytes,
    log,
  });
  const receipts = createReceipts({ reported: ports.reported, pauseMs: care.retry, log });
  const sender = createSender({
    link: () => supervisor.link(),
    step: () => status.step,
    files: ports.files,
    pacing: createPacing(options),
    receipts,
    clock,
    // Not counted here: whoever hands messages to channels counts those that were not taken.
    failed: (kind) => log.warn('WhatsApp Web did not send', { kind }),
  });
  const supervisor = createSupervisor({
    care,
    open: options.open ?? forkedLink(options.program),
    startOptions: {
      profile,
      args: options.browserArgs ?? asRoot(),
      pairWith: options.pairWith ?? null,
      page: options.page ?? null,
      timing: { ...usualTiming, ...options.timing },
    },
    findBrowser: () => findBrowser(chromePath),
    profile: { clear: () => clearProfile(profile), note: (pid) => noteBrowser(profile, pid), memory: memoryOf },
    lease: keep.lease,
    session: createSession(profile, keep.session, log),
    status,
    hear: receiver.hear,
    acked: receipts.acked,
    catchUp: receiver.catchUp,
    pause: sender.close,
    resume: sender.open,
    show: options.show,
    log,
  });

  return {
    id: 'whatsapp',
    routes: [],
    /** Does not wait for the link: somebody has to scan it first. */
    async start() {
      receiver.start();
      sender.open();
      supervisor.start();
    },
    async stop() {
      await sender.close();
      await supervisor.stop();
      await receiver.stop();
    },
    send: sender.send,
    state: status.state,
    details: status.details,
  };
}

/** Chrome refuses to run as root with its sandbox, which is how containers start it. */
const asRoot = (): string[] => (process.getuid?.() === 0 ? ['--no-sandbox'] : []);
