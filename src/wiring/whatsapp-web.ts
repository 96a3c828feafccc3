import { join } from 'node:path';
import { renderUnicodeCompact } from 'uqr';
import type { Channel } from '../channels/channel.js';
import { createWhatsAppWebChannel } from '../channels/whatsapp/web/channel.js';
import type { Heard } from '../channels/whatsapp/web/ports.js';
import { systemClock } from '../core/clock.js';
import { createKeptContent, type KeptRecord } from '../store/kept-content.js';
import { createLease, type LeaseRecord } from '../store/lease.js';
import { createSetting, type SettingRecord } from '../store/setting.js';
import type { AppOptions, Core } from './core.js';
import { deliveryPorts } from './delivery-ports.js';

/** Longer than three heartbeats of the supervisor, which renews it. */
const leaseMs = 60_000;
/** IndexedDB and local storage of WhatsApp's page, compressed. */
const maxSessionBytes = 500 * 1024 * 1024;

/** WhatsApp Web, with its session, its lease and its place kept in the store. */
export function createWhatsAppWeb(core: Core, options: AppOptions): Channel {
  const { opened, ports, dataKey } = core;
  const { config, root, clock, ids, log } = options;
  const { store, blobs } = opened;
  return createWhatsAppWebChannel({
    ports: { ...ports, ...deliveryPorts(core) },
    keep: {
      lease: createLease({
        records: store.collection<LeaseRecord>('settings'),
        name: 'whatsapp-web-lease',
        forMs: leaseMs,
        alone: !store.shared,
        clock: systemClock,
        ids,
      }),
      session: createKeptContent({
        records: store.collection<KeptRecord>('settings'),
        blobs,
        name: 'whatsapp-web-session',
        key: dataKey.derive('whatsapp web session'),
        limit: maxSessionBytes,
      }),
      heard: createSetting(store.collection<SettingRecord<Heard>>('settings'), 'whatsapp-web-heard'),
    },
    folder: join(config.DATA_DIR, 'whatsapp-web'),
    program: join(root, 'dist/channels/whatsapp/web/child/main.js'),
    ...(config.CHROME_PATH === undefined ? {} : { chromePath: config.CHROME_PATH }),
    ...(config.WHATSAPP_PAIR_NUMBER === undefined ? {} : { pairWith: config.WHATSAPP_PAIR_NUMBER }),
    messagesPerMinute: config.WHATSAPP_WEB_PER_MINUTE,
    typingMs: config.WHATSAPP_WEB_TYPING_SECONDS * 1000,
    maxFileBytes: config.MAX_FILE_MB * 1024 * 1024,
    show: showInTerminal,
    clock,
    log,
  });
}

/** To a person at the terminal only: whoever reads a log could use it. */
function showInTerminal(code: { qr: string } | { pairingCode: string }): void {
  if (!process.stdout.isTTY) return;
  const drawn = 'qr' in code ? renderUnicodeCompact(code.qr) : `  ${code.pairingCode}`;
  const way = 'qr' in code ? 'Link a device, and scan' : 'Link a device, Link with phone number, and type';
  process.stdout.write(`\nWhatsApp: on the phone open Linked devices, ${way}:\n\n${drawn}\n\n`);
}
