import type { Clock } from '../../../core/clock.js';
import type { Log } from '../../../core/log.js';
import type { Channel, ChannelPorts, DeliveryPorts } from '../../channel.js';
import { createProgress } from '../../progress.js';
import { toSendError } from './failure.js';
import { createFileFetcher } from './files.js';
import { createGraph } from './graph.js';
import type { WhatsAppLabels } from './outbound.js';
import { createPace } from './pace.js';
import { createReceiver } from './receive.js';
import { createSender, windowMs } from './send.js';
import { createStatus } from './status.js';
import type { Templates } from './template.js';
import { createWatch } from './watch.js';
import { createWebhook } from './webhook.js';

export interface WhatsAppCloudOptions {
  token: string;
  phoneNumberId: string;
  appSecret: string;
  /** Chosen by us, and entered in Meta's dashboard. */
  verifyToken: string;
  /** With the version. Sample: `https://graph.facebook.com/v24.0` */
  apiRoot: string;
  templates: Templates;
  labels(locale: string | undefined): WhatsAppLabels;
  ports: ChannelPorts & DeliveryPorts;
  log: Log;
  clock: Clock;
  /** For one call of the API; after it nobody knows whether a message was sent. */
  timeoutMs?: number;
  /** How long to wait for a report about such a message before it is sent again. */
  settleMs?: number;
  backoff?: (attempt: number) => number;
}

/** WhatsApp by Meta's own Cloud API. */
export function createWhatsAppCloudChannel(options: WhatsAppCloudOptions): Channel {
  const { ports, clock, timeoutMs = 15_000, settleMs = 20_000, backoff, phoneNumberId } = options;
  const log = options.log.child({ channel: 'whatsapp' });
  const graph = createGraph({ ...options, timeoutMs });
  const status = createStatus(log);
  const watch = createWatch({ graph, status, ...(backoff ? { backoff } : {}) });
  const progress = createProgress();
  const receiver = createReceiver({
    ports,
    fetchFile: createFileFetcher({ graph, files: ports.files }),
    progress,
    clock,
    log,
    failed: (error) => watch.saw(toSendError(error, { settleMs })),
  });
  const send = createSender({
    ...options,
    graph,
    files: ports.files,
    pace: createPace(clock),
    progress,
    settleMs,
    saw: watch.saw,
  });
  let open = false;

  return {
    id: 'whatsapp',
    windowMs,
    routes: createWebhook({ ...options, phoneNumberId, receiver, open: () => open }),
    async start() {
      open = true;
      await watch.start();
    },
    async stop() {
      open = false;
      await receiver.idle();
      await watch.stop();
    },
    send,
    state: status.state,
    details: () => ({ step: status.step() }),
  };
}
