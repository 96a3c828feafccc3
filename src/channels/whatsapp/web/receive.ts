import { setTimeout as sleep } from 'node:timers/promises';
import type { Attachment, MessageActivity } from '../../../core/activity.js';
import { systemClock } from '../../../core/clock.js';
import { AppError } from '../../../core/errors.js';
import type { Log } from '../../../core/log.js';
import { fileAttachment, unsupported } from '../../attachments.js';
import type { ChannelPorts } from '../../channel.js';
import { activityId, toInbound } from './inbound.js';
import { CallFailed, type Link } from './link.js';
import type { HeardPort } from './ports.js';
import type { WireMessage } from './protocol.js';

export interface ReceiverOptions {
  ports: ChannelPorts;
  heard: HeardPort;
  /** The link while it is ready. */
  link(): Pick<Link, 'call'> | undefined;
  /** Milliseconds to wait before something is tried again. */
  pauseMs: number;
  maxFileBytes: number;
  log: Log;
}

export interface Receiver {
  /** A message came. Its turn is after those of its chat that came before, and after those that were missed. */
  hear(message: WireMessage): void;
  /** Asks the page for what came while nobody listened. Resolves to how many it should have told of by now. */
  catchUp(): Promise<number>;
  /** Takes no more; resolves when nothing is under way. What was not accepted is asked for at the next start. */
  stop(): Promise<void>;
  start(): void;
}

/** WhatsApp's clocks and ours differ; what is asked for twice is accepted once. */
const marginSeconds = 600;
/** What came just now is told of in a moment. */
const justNowSeconds = 30;
const fetchTries = 3;

/** Takes what people write to the mailbox, chat by chat in order, and marks as seen what is durable there. */
export function createReceiver({ ports, heard, link, pauseMs, maxFileBytes, log }: ReceiverOptions): Receiver {
  let stopping = new AbortController();
  const chats = new Map<string, Promise<void>>();
  /** Messages under way, with their times. */
  const waiting = new Map<string, number>();
  /** What is durable, with its time, for as long as it may be asked for again. */
  const accepted = new Map<string, number>();
  let gate: Promise<unknown> = Promise.resolve();
  let latest = 0;
  let linkedAt: number | undefined;
  let noting: Promise<void> | undefined;

  function enqueue(message: WireMessage): void {
    const { chat, at } = message;
    const id = activityId(message);
    waiting.set(id, Math.min(at, waiting.get(id) ?? at));
    const turn = follow(chats.get(chat), message).finally(() => {
      if (chats.get(chat) === turn) chats.delete(chat);
    });
    chats.set(chat, turn);
  }

  async function follow(before: Promise<void> | undefined, message: WireMessage): Promise<void> {
    await before;
    await take(message).catch((error: unknown) => log.warn('a message waits for the next start', { error }));
  }

  /** Tries until the mailbox has it: WhatsApp will not send it again. */
  async function take(message: WireMessage): Promise<void> {
    const { signal } = stopping;
    if (message.media && accepted.has(activityId(message))) return done(message);
    let activity: MessageActivity | undefined;
    while (!signal.aborted) {
      try {
        activity ??= await complete(message, signal);
        const { type } = await ports.accept(activity);
        if (type !== 'full') return done(message);
      } catch (error) {
        log.warn('a message could not be accepted; it is tried again', { error });
      }
      await pause(signal);
    }
  }

  function done(message: WireMessage): void {
    const { chat, at } = message;
    const id = activityId(message);
    waiting.delete(id);
    latest = Math.max(latest, at);
    accepted.set(id, at);
    noting ??= note().finally(() => (noting = undefined));
    const others = [...waiting.keys()].some((other) => other.includes(chat));
    // Seen is what we answer for: the rest of the chat must be durable too.
    if (!others) void link()?.call('seen', { chat }).catch(() => undefined); // prettier-ignore
  }

  /** Never past a message that waits. The messages of one moment are noted together. */
  async function note(): Promise<void> {
    await Promise.resolve();
    const until = Math.min(latest, ...waiting.values());
    for (const [oldest, then] of accepted) {
      if (then >= until - 2 * marginSeconds) break;
      accepted.delete(oldest);
    }
    if (linkedAt === undefined) return;
    await heard
      .write({ from: linkedAt, until })
      .catch((error: unknown) => log.warn('the place in WhatsApp was not noted', { error }));
  }

  async function complete(message: WireMessage, signal: AbortSignal): Promise<MessageActivity> {
    const inbound = toInbound(message);
    if (inbound.type === 'activity') return inbound.activity;
    const { name, size } = inbound.file;
    const file = (size ?? 0) > maxFileBytes ? unsupported('file-too-large') : await fetchFile(message.id, name, signal);
    return { ...inbound.activity, attachments: [file] };
  }

  /** A file that cannot be had is described instead; only a failure of our own store rejects. */
  async function fetchFile(id: string, name: string, signal: AbortSignal): Promise<Attachment> {
    for (let tries = 0; ;) {
      const way = link();
      const media = way && (await fetchOnce(way, id));
      if (media === null) return unsupported('file-unavailable');
      if (media !== undefined) return store(media.content, name);
      signal.throwIfAborted();
      // Without a page, or with one that has gone meanwhile, nothing was tried.
      if (way && link()) tries += 1;
      if (tries >= fetchTries) return unsupported('file-unavailable');
      await pause(signal);
    }
  }

  async function store(content: Uint8Array, name: string): Promise<Attachment> {
    try {
      return fileAttachment(await ports.files.save(once(content), { name }));
    } catch (error) {
      if (error instanceof AppError && error.code === 'file_refused') return unsupported('file-refused');
      throw error;
    }
  }

  async function pause(signal: AbortSignal): Promise<void> {
    await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
  }

  async function afterGate(message: WireMessage): Promise<void> {
    await gate;
    if (!stopping.signal.aborted) enqueue(message);
  }

  async function ask(): Promise<number> {
    const before = await heard.read();
    const now = Math.floor(systemClock.now() / 1000);
    if (!before) await heard.write({ from: now, until: now });
    const { from, until } = before ?? { from: now, until: now };
    linkedAt = from;
    latest = Math.max(latest, until);
    const missed = (await link()?.call('missed', { since: Math.max(from, until - marginSeconds) })) ?? [];
    const fresh = missed.filter((each) => !accepted.has(activityId(each)) && !waiting.has(activityId(each)));
    for (const message of fresh) enqueue(message);
    return fresh.filter(({ at }) => at < now - justNowSeconds).length;
  }

  return {
    hear: (message) => void afterGate(message),
    async catchUp() {
      const asking = ask();
      gate = asking.catch(() => undefined);
      return asking;
    },
    async stop() {
      stopping.abort();
      await gate;
      await Promise.all(chats.values());
      await noting;
      waiting.clear();
    },
    start() {
      stopping = new AbortController();
    },
  };
}

async function fetchOnce(way: Pick<Link, 'call'>, id: string) {
  try {
    return await way.call('media', { id });
  } catch (error) {
    if (error instanceof CallFailed) return undefined;
    throw error;
  }
}

async function* once(content: Uint8Array): AsyncIterable<Uint8Array> {
  yield content;
}
