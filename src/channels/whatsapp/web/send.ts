import { buffer } from 'node:stream/consumers';
import type { MessageActivity } from '../../../core/activity.js';
import { systemClock, type Clock } from '../../../core/clock.js';
import { SendError } from '../../../core/errors.js';
import { createRecent } from '../../../core/recent.js';
import type { FilePort } from '../../channel.js';
import { CallFailed, type Link } from './link.js';
import { planReply, type Part } from './outbound.js';
import type { Pacing } from './pacing.js';
import { isPicture } from './protocol.js';
import type { Receipts } from './receipts.js';
import type { Step } from './status.js';

export interface SenderOptions {
  /** The link while it is ready. */
  link(): Pick<Link, 'call'> | undefined;
  step(): Step;
  files: FilePort;
  pacing: Pacing;
  receipts: Pick<Receipts, 'sent'>;
  clock: Clock;
  failed(kind: string): void;
}

export interface Sender {
  /** Rejects with `SendError` and nothing else. */
  send(activity: MessageActivity): Promise<void>;
  /** Resolves when nothing is under way; nothing more is begun until `open`. */
  close(): Promise<void>;
  open(): void;
}

/** What is known of a reply that is not out as a whole. */
interface Progress {
  /** Parts that are out. */
  done: number;
  /** Since when (seconds) the next one may have gone out, unseen by us. */
  doubtSince?: number;
}

const remembered = 2_000;
/** WhatsApp's clock may be behind ours by so much. What we sent within it is known, and is no proof of another. */
const marginSeconds = 600;
/** Who waits here keeps a conversation busy; the others wait in their mailboxes. */
const longestLine = 4;

export function createSender({ link, step, files, pacing, receipts, clock, failed }: SenderOptions): Sender {
  const unfinished = createRecent<Progress>(remembered);
  /** Messages that are known to be the one or the other reply: they are no proof of a third. */
  const known = createRecent<true>(remembered);
  /** Replies that are out: who comes for them a second time was overtaken. */
  const sent = createRecent<true>(remembered);
  const underWay = new Set<Promise<unknown>>();
  let closed = false;
  /** Since when this process may send; another one may have held the session before. */
  let began = clock.now();
  let line: Promise<unknown> = Promise.resolve();

  async function send(activity: MessageActivity): Promise<void> {
    const reply = keyOf(activity);
    if (sent.get(reply)) return;
    const parts = planReply(activity);
    if (parts.length === 0) throw new SendError('invalid', 'The reply holds nothing that WhatsApp can show.');
    const progress = unfinished.get(reply) ?? firstTry(activity);
    unfinished.set(reply, progress);
    while (progress.done < parts.length) {
      const part = parts[progress.done];
      const id = part && (await sendPart(activity.conversation.id, part, progress));
      progress.done += 1;
      if (id !== undefined && progress.done === parts.length)
        receipts.sent(id, { conversation: activity.conversation, activityId: activity.id });
    }
    unfinished.delete(reply);
    sent.set(reply, true);
  }

  /** What was made before we began may have been sent by who had the session before us. */
  function firstTry({ timestamp }: MessageActivity): Progress {
    const made = Date.parse(timestamp);
    if (!(made < began)) return { done: 0 };
    return { done: 0, doubtSince: pageSeconds(made) };
  }

  /** The page keeps seconds, and knows nothing of a clock that was moved. */
  function pageSeconds(ms: number): number {
    const moved = systemClock.now() - clock.now();
    return Math.floor((ms + moved) / 1000);
  }

  /** Resolves to WhatsApp's id of it. */
  async function sendPart(chat: string, part: Part, progress: Progress): Promise<string> {
    const content = part.type === 'file' ? await readFile(part.file) : undefined;
    const name = part.type === 'file' ? (part.name ?? content?.name ?? 'file') : '';
    if (progress.doubtSince !== undefined) {
      const about =
        part.type === 'text' ? { text: part.text } : { file: name, picture: isPicture(content?.type ?? '') };
      const found = await ready().call('find_sent', { chat, since: progress.doubtSince, ...about });
      delete progress.doubtSince;
      const own = found.find((id) => !known.get(id));
      if (own !== undefined) {
        known.set(own, true);
        return own;
      }
    }
    await pacing.turn();
    if (part.type === 'text') {
      await ready()
        .call('typing', { chat })
        .catch(() => undefined);
      await pacing.typing(part.text);
    }
    const way = ready();
    const doubt = Math.max(pageSeconds(clock.now()) - marginSeconds, pageSeconds(began));
    try {
      const { id } =
        part.type === 'text'
          ? await way.call('send_text', { chat, text: part.text })
          : await way.call('send_file', {
              chat,
              name,
              contentType: content?.type ?? '',
              content: content?.bytes ?? empty,
            });
      if (id === null) throw new SendError('not_found', 'WhatsApp knows no such chat.');
      known.set(id, true);
      return id;
    } catch (error) {
      if (error instanceof CallFailed && error.failure !== 'not_ready') progress.doubtSince = doubt;
      throw error;
    }
  }

  function ready(): Pick<Link, 'call'> {
    const way = link();
    if (way && !closed) return way;
    const kind = mustLink.has(step()) ? 'unauthorised' : 'unavailable';
    throw new SendError(kind, `WhatsApp Web cannot send now (${step()}).`, { retryAfter: waits[kind] });
  }

  async function readFile(id: string): Promise<{ name: string; type: string; bytes: Uint8Array }> {
    try {
      const stored = await files.open(id);
      if (!stored) throw new SendError('invalid', 'The reply names a file that is not stored any more.');
      return { name: stored.file.name, type: stored.file.contentType, bytes: await buffer(stored.content) };
    } catch (cause) {
      if (cause instanceof SendError) throw cause;
      throw new SendError('unavailable', 'The file of this reply cannot be read from the store.', { cause });
    }
  }

  function toSendError(error: unknown): SendError {
    const reason = error instanceof SendError ? error : explain(error);
    if (reason.kind !== 'rate_limited') failed(error instanceof CallFailed ? error.failure : reason.kind);
    return reason;
  }

  return {
    async send(activity) {
      ready();
      if (underWay.size >= longestLine)
        throw new SendError('rate_limited', 'Many messages wait: WhatsApp Web sends slowly.', { retryAfter: 5_000 });
      // A person writes one message after the other.
      const turn = line.then(() => send(activity));
      line = turn.catch(() => undefined);
      underWay.add(turn);
      try {
        await turn;
      } catch (error) {
        throw toSendError(error);
      } finally {
        underWay.delete(turn);
      }
    },
    async close() {
      closed = true;
      await Promise.allSettled(underWay);
    },
    open() {
      closed = false;
      began = clock.now();
    },
  };
}

/** An activity's id is its own within its conversation only. */
const keyOf = ({ conversation, id }: MessageActivity): string => `${conversation.id} ${id}`;

const empty = new Uint8Array();
const mustLink: ReadonlySet<Step> = new Set(['qr', 'pairing_code', 'logged_out']);
const waits = { unauthorised: 60_000, unavailable: 3_000 };

function explain(error: unknown): SendError {
  if (!(error instanceof CallFailed)) return new SendError('unavailable', 'WhatsApp Web failed.', { cause: error });
  const sentence =
    error.failure === 'not_ready'
      ? 'WhatsApp Web is not ready.'
      : 'WhatsApp Web did not say whether it sent a message; before it is sent again, the chat is looked at.';
  return new SendError('unavailable', sentence, { retryAfter: waits.unavailable });
}
