import { isPicture, parseAsk } from '../protocol.js';
import type { Answer, Ask, CallName, ChildEvent, Command, EndReason, StartOptions } from '../protocol.js';
import type { OpenClient, WebClient, WebPage } from './client.js';
import { findMissed, findSent, markSeen, readStatus, refreshQr, sayHasSynced, showTyping } from './in-page.js';
import type { PageStatus } from './in-page.js';
import { limited, TimedOut } from './limit.js';
import { toWire } from './message.js';

export interface HostOptions {
  open: OpenClient;
  asMedia(content: Uint8Array, about: { name: string; type: string }): object;
  post(event: ChildEvent): void;
  /** Ends the process. */
  exit(): void;
}

export interface Host {
  handle(command: Command): void;
  /** For what nobody catches: the library throws `auth timeout` from a listener of its own. */
  failed(error: unknown): void;
}

/** How long the browser may take to close politely. */
const closingMs = 5_000;

/** Nothing was tried. */
class NotReady extends Error {}

/**
 * Runs one Client of whatsapp-web.js and nothing else. Whether it is ready is read from the page, again and again, and
 * not taken from the library's events, which come twice, late or never.
 */
export function createHost({ open, asMedia, post, exit }: HostOptions): Host {
  let client: WebClient | undefined;
  let options: StartOptions | undefined;
  let ending = false;
  /** The library listens to the page's messages; false again when the page begins anew. */
  let listening = false;
  let said = '';
  let missedSync = 0;
  let ready = false;

  function start(given: StartOptions): void {
    options = given;
    const opened = open(given, {
      launched: (browser) => post({ type: 'launched', browser }),
      browserGone: () => end('browser_gone'),
      pageCrashed: () => end('page_crashed'),
      navigated: () => {
        listening = false;
        void look();
      },
    });
    client = opened;
    opened.on('qr', (qr: string) => post({ type: 'qr', qr }));
    opened.on('code', (code: string) => post({ type: 'code', code }));
    opened.on('message', (message: { rawData: unknown }) => hear(message.rawData));
    opened.on('message_ciphertext_failed', (message: { rawData: unknown }) => hear(message.rawData));
    opened.on('message_ack', (message: { id?: { fromMe?: boolean; _serialized?: string } }, ack: number) => {
      const { fromMe, _serialized: id } = message.id ?? {};
      if (fromMe === true && id !== undefined) post({ type: 'ack', id, ack });
    });
    opened.on('ready', () => {
      listening = true;
      void look();
    });
    opened.on('disconnected', (reason: string) => end(endOf(reason)));
    opened.initialize().catch(failed);
    void watch(given.timing.watch);
  }

  function hear(raw: unknown): void {
    const message = toWire(raw);
    if (message) post({ type: 'message', message });
  }

  async function watch(everyMs: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, everyMs));
    await look(true);
    if (!ending) void watch(everyMs);
  }

  /** Looks whether the page is ready, and helps where the library is known to be stuck. */
  async function look(curing = false): Promise<void> {
    const page = client?.pupPage;
    if (!page || !options || ending) return;
    const status = await limited(page.evaluate(readStatus), options.timing.call).catch(() => undefined);
    if (!status) return;
    if (!status.injected) listening = false;
    ready = listening && status.socket === 'CONNECTED';
    if (curing) await cure(page, status).catch(() => undefined);
    const saying = `${ready} ${status.socket}`;
    if (saying === said) return;
    said = saying;
    post({ type: 'status', ready, socket: status.socket });
  }

  async function cure(page: WebPage, { synced, armed, injected, socket }: PageStatus): Promise<void> {
    // The page was done before the library listened: `ready` would never come. Twice, because it may be on its way.
    missedSync = synced && armed && !injected ? missedSync + 1 : 0;
    if (missedSync >= 2) {
      missedSync = 0;
      await page.evaluate(sayHasSynced);
    }
    // The library tries this on the wrong side of the wall (`window is not defined`, Client.js:290 of 1.34.7).
    if (socket === 'UNPAIRED_IDLE' && options?.pairWith === null) await page.evaluate(refreshQr);
  }

  const work: { [N in CallName]: (ask: Ask<N>, page: WebPage, client: WebClient) => Promise<Answer<N>> } = {
    async status(_ask, page) {
      const { socket } = await page.evaluate(readStatus);
      const { JSHeapUsedSize: heapBytes = 0 } = await page.metrics();
      return { socket, ready, heapBytes };
    },
    typing: async ({ chat }, page) => nothing(page.evaluate(showTyping, chat)),
    seen: async ({ chat }, page) => nothing(page.evaluate(markSeen, chat)),
    async send_text({ chat, text }, _page, library) {
      const sent = await library.sendMessage(chat, text, { ...unseen, linkPreview: false, parseVCards: false });
      return { id: sent?.id._serialized ?? null };
    },
    async send_file({ chat, name, contentType, content }, _page, library) {
      const media = asMedia(content, { name, type: contentType });
      const sendMediaAsDocument = !isPicture(contentType);
      const sent = await library.sendMessage(chat, media, { ...unseen, sendMediaAsDocument });
      return { id: sent?.id._serialized ?? null };
    },
    find_sent: async ({ chat, since, ...about }, page) => page.evaluate(findSent, chat, since, about),
    async missed({ since }, page) {
      const models = await page.evaluate(findMissed, since);
      return models.map(toWire).filter((message) => message !== undefined);
    },
    async media({ id }, _page, library) {
      const media = await (await library.getMessageById(id))?.downloadMedia();
      return media ? { content: Buffer.from(media.data, 'base64') } : null;
    },
  };

  async function perform<N extends CallName>(name: N, ask: unknown): Promise<Answer<N>> {
    const page = client?.pupPage;
    if (!client || !page || !options || (!ready && name !== 'status')) throw new NotReady();
    return limited(work[name](parseAsk(name, ask), page, client), options.timing.call);
  }

  function call({ id, name, ask }: Extract<Command, { type: 'call' }>): void {
    perform(name, ask).then(
      (answer) => post({ type: 'answer', id, answer }),
      (error: unknown) => post({ type: 'failure', id, failure: failureOf(error) }),
    );
  }

  function failed(error: unknown): void {
    end(reasonOf(error));
  }

  function end(reason: EndReason): void {
    if (ending) return;
    ending = true;
    post({ type: 'ended', reason });
    const closing = Promise.resolve(client?.destroy()).catch(() => undefined);
    limited(closing, closingMs)
      .catch(() => undefined)
      .finally(exit);
  }

  return {
    handle(command) {
      switch (command.type) {
        case 'start':
          return start(command.options);
        case 'call':
          return call(command);
        case 'stop':
          return end('stopped');
      }
    },
    failed,
  };
}

/** Else the library marks the chat as seen with what we send: also what is not durable yet. */
const unseen = { sendSeen: false };

async function nothing(work: Promise<unknown>): Promise<null> {
  await work;
  return null;
}

function failureOf(error: unknown): 'not_ready' | 'timeout' | 'failed' {
  if (error instanceof NotReady) return 'not_ready';
  return error instanceof TimedOut ? 'timeout' : 'failed';
}

function endOf(reason: string): EndReason {
  if (reason === 'LOGOUT' || reason.startsWith('UNPAIRED')) return 'logged_out';
  return reason === 'CONFLICT' ? 'conflict' : 'failed';
}

/** Only the kind is told: a message of the page's may hold anything. */
function reasonOf(error: unknown): EndReason {
  const text = error instanceof Error ? error.message : String(error);
  if (/net::ERR_/.test(text)) return 'unreachable';
  return /^(auth|ready) timeout$/.test(text) ? 'page_unknown' : 'failed';
}
