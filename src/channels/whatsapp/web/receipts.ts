import type { Log } from '../../../core/log.js';
import { createRecent } from '../../../core/recent.js';
import type { DeliveryPorts, DeliveryReport } from '../../channel.js';

/** One reply in its chat. */
export type Reply = Pick<DeliveryReport, 'conversation' | 'activityId'>;

/** Takes WhatsApp's ticks to the mailbox: a reply is delivered, or read, when its last message is. */
export interface Receipts {
  /** WhatsApp's message `id` is the last one of this reply. */
  sent(id: string, reply: Reply): void;
  /** The page tells how far a message of ours has come. It may be one that somebody wrote on the phone. */
  acked(id: string, ack: number): void;
}

/** `MessageAck` of whatsapp-web.js: https://docs.wwebjs.dev/global.html#MessageAck */
const ticks: Readonly<Record<number, DeliveryReport['delivery']>> = {
  // The red sign beside a message: it has not left the page.
  [-1]: { status: 'failed', kind: 'unavailable' },
  2: { status: 'delivered' },
  3: { status: 'read' },
  // A voice note was played.
  4: { status: 'read' },
};

/** Of the latest ones; a tick for an older message tells nobody anything. */
const remembered = 2_000;
const tries = 5;

export interface ReceiptsOptions {
  reported: DeliveryPorts['reported'];
  /** Before a report is made again that came too early; milliseconds. */
  pauseMs: number;
  log: Log;
}

export function createReceipts({ reported, pauseMs, log }: ReceiptsOptions): Receipts {
  const replies = createRecent<Reply>(remembered);
  /** Ticks that came before we knew whose message it is. */
  const early = createRecent<number>(remembered);

  async function report(reply: Reply, ack: number, left = tries): Promise<void> {
    const delivery = ticks[ack];
    if (!delivery) return;
    try {
      const { type } = await reported({ ...reply, delivery });
      // The transcript has the reply in a moment.
      if (type === 'too_early' && left > 0) setTimeout(() => void report(reply, ack, left - 1), pauseMs).unref();
    } catch (error) {
      log.warn('a receipt was not written down', { error });
    }
  }

  return {
    sent(id, reply) {
      replies.set(id, reply);
      const ack = early.get(id);
      early.delete(id);
      if (ack !== undefined) void report(reply, ack);
    },
    acked(id, ack) {
      const reply = replies.get(id);
      if (reply) void report(reply, ack);
      else early.set(id, Math.max(ack, early.get(id) ?? ack));
    },
  };
}
