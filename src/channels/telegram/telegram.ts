import type { Clock } from '../../core/clock.js';
import { ConfigError } from '../../core/errors.js';
import type { Log } from '../../core/log.js';
import type { Channel, ChannelPorts } from '../channel.js';
import { createTelegramApi } from './api.js';
import { createConnection } from './connection.js';
import { createFileFetcher } from './files.js';
import type { TelegramLabels } from './outbound.js';
import { defaultBackoff } from './pause.js';
import type { Backoff } from './pause.js';
import { createPolling } from './polling.js';
import { createReceiver } from './receive.js';
import { createSender } from './send.js';
import { createStatus } from './status.js';
import { createWebhook } from './webhook.js';

export interface TelegramOptions {
  token: string;
  apiRoot?: string;
  mode: 'polling' | 'webhook';
  /** For the webhook: where Telegram reaches this server. */
  publicUrl?: string;
  /** A secret of this deployment, the same after a restart; the webhook's address and header are derived from it. */
  webhookSecret: string;
  labels: (locale: string | undefined) => TelegramLabels;
  ports: ChannelPorts;
  log: Log;
  clock: Clock;
  /** For one call of the Bot API; after it a message counts as not sent. */
  timeoutMs?: number;
  backoff?: Backoff;
}

export function createTelegramChannel(options: TelegramOptions): Channel {
  const { token, apiRoot = 'https://api.telegram.org', mode, publicUrl, ports, clock, labels } = options;
  const { timeoutMs = 30_000, backoff = defaultBackoff } = options;
  const log = options.log.child({ channel: 'telegram' });

  const api = createTelegramApi({ token, apiRoot, timeoutMs });
  const status = createStatus(log);
  const fetchFile = createFileFetcher({ api, files: ports.files, backoff });
  const receiver = createReceiver({ api, ports, fetchFile, clock, log });
  const webhook = createWebhook({ api, receiver, publicUrl: publicUrl ?? '', secret: options.webhookSecret });
  const connection = createConnection({
    run: mode === 'polling' ? createPolling({ api, receiver, backoff }) : webhook.run,
    reason: mode === 'polling' ? 'It asks Telegram for messages.' : 'Telegram sends messages to PUBLIC_URL.',
    status,
    backoff,
  });

  return {
    id: 'telegram',
    routes: mode === 'webhook' ? [webhook.route] : [],
    async start() {
      if (mode === 'webhook' && !publicUrl)
        throw new ConfigError(['TELEGRAM_MODE=webhook needs PUBLIC_URL, the https address of this server.']);
      await connection.start();
    },
    async stop() {
      await connection.stop();
      await receiver.idle();
    },
    send: createSender({ api, files: ports.files, labels }),
    state: () => status.state(),
  };
}
