import { EventEmitter, once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import type { Socket } from 'node:net';
import type { TranscriptEntry } from '../../../src/channels/channel.js';
import { createWebChatChannel } from '../../../src/channels/webchat/webchat.js';
import { isMessage, type Activity, type MessageActivity } from '../../../src/core/activity.js';
import { systemClock } from '../../../src/core/clock.js';
import type { Route } from '../../../src/core/http.js';
import { systemIds } from '../../../src/core/ids.js';
import { silentLog } from '../../../src/core/log.js';
import { createWebRoutes } from '../../../src/web/routes.js';
import { createServer } from '../../../src/web/server.js';
import { readOrganisation, translate } from './content.js';
import { answer } from './bot.js';

/** The real page, widget and web chat channel over a transcript in memory, with faults on demand. */
export interface World {
  url: string;
  /** Each message that the person sent and the channel took, once. */
  received: MessageActivity[];
  /** The next POSTs of activities are answered with this, after being taken when `taken`. */
  failPosts: (count: number, status: number, taken?: boolean) => void;
  /** WebSockets are refused, as by a proxy. */
  refuseSockets: boolean;
  /** Breaks every open WebSocket. */
  dropSockets: () => void;
  sockets: () => number;
  /** Connections of uploads that were closed. */
  uploadsLeft: number;
  /** Uploads wait until it is called. */
  holdUploads: () => () => void;
  say: (text: string) => void;
  close: () => Promise<void>;
}

export async function startWorld(): Promise<World> {
  const memory = createMemory();
  const open = new Set<Socket>();
  let failures: { status: number; taken: boolean }[] = [];
  let held: Promise<unknown> = Promise.resolve();
  const channel = createWebChatChannel({
    ports: { accept: memory.accept, files: memory.files },
    transcript: memory.transcript,
    tokenKey: Buffer.alloc(32, 1),
    clock: systemClock,
    ids: systemIds,
    log: silentLog,
    origins: ['*'],
    tokensPerMinute: 10_000,
    maxMessageBytes: 64 * 1024,
    maxUploadBytes: 4 * 1024 * 1024,
    maxFiles: 5,
    locales: ['ar', 'en'],
  });
  await channel.start();

  const faulty = (route: Route): Route => ({
    ...route,
    async handle(request, response) {
      if (route.method === 'post' && route.path.endsWith('/upload')) {
        request.socket.once('close', () => (world.uploadsLeft += 1));
        await held;
      }
      const failure = route.method === 'post' && route.path.endsWith('/activities') ? failures.shift() : undefined;
      if (!failure) return route.handle(request, response);
      if (!failure.taken) return void response.status(failure.status).set('Access-Control-Allow-Origin', '*').end();
      // The message is taken, and its answer is lost on the way.
      response.json = () => response.status(failure.status).set('Access-Control-Allow-Origin', '*').end();
      return route.handle(request, response);
    },
  });

  const server = createServer({
    routes: [
      ...createWebRoutes({ organisation: readOrganisation(), t: translate, maxUploadBytes: 3 * 1024 * 1024 }),
      ...channel.routes.map(faulty),
    ],
    upgrades: [
      (request, socket, head) => {
        if (world.refuseSockets) return false;
        open.add(socket as Socket);
        socket.once('close', () => open.delete(socket as Socket));
        return channel.upgrade?.(request, socket, head) ?? false;
      },
    ],
    log: silentLog,
    bodyLimitBytes: 64 * 1024,
    graceMs: 50,
  });
  const listening = await server.listen(0, '127.0.0.1');

  const world: World = {
    url: `http://127.0.0.1:${listening.port}`,
    received: memory.received,
    refuseSockets: false,
    uploadsLeft: 0,
    failPosts: (count, status, taken = false) => (failures = Array.from({ length: count }, () => ({ status, taken }))),
    dropSockets: () => open.forEach((socket) => socket.destroy()),
    sockets: () => open.size,
    holdUploads() {
      const gate = new EventEmitter();
      held = once(gate, 'open');
      return () => void gate.emit('open');
    },
    say: memory.say,
    async close() {
      await channel.stop();
      await listening.close();
    },
  };
  return world;
}

/** Transcripts of all conversations, with the bot of these tests answering at once. */
function createMemory() {
  const transcripts = new Map<string, TranscriptEntry[]>();
  const locales = new Map<string, 'ar' | 'en'>();
  const wakes = new Set<() => void>();
  const received: MessageActivity[] = [];
  let count = 0;
  let latest: Activity | undefined;

  const of = (id: string): TranscriptEntry[] => {
    const entries = transcripts.get(id) ?? [];
    transcripts.set(id, entries);
    return entries;
  };

  function add(activity: Activity): void {
    const entries = of(activity.conversation.id);
    entries.push({ sequence: entries.length + 1, activity });
    wakes.forEach((wake) => wake());
  }

  function reply(to: Activity, said: Partial<MessageActivity>): void {
    const { channelId, conversation, from } = to;
    const timestamp = new Date().toISOString();
    add({
      type: 'message',
      id: `bot-${++count}`,
      replyToId: to.id,
      role: 'bot',
      channelId,
      conversation,
      from,
      timestamp,
      ...said,
    });
  }

  return {
    received,
    say: (text: string) => latest && reply(latest, { text }),
    accept: async (activity: Activity) => {
      const { id } = activity.conversation;
      if (of(id).some((entry) => entry.activity.id === activity.id)) return { type: 'repeated' as const };
      add(activity);
      latest = activity;
      if (isMessage(activity)) received.push(activity);
      const locale = activity.type === 'event' ? activity.value : (activity.locale ?? locales.get(id));
      locales.set(id, locale === 'en' ? 'en' : 'ar');
      reply(activity, answer(activity, locale === 'en' ? 'en' : 'ar'));
      return { type: 'accepted' as const };
    },
    files: {
      async save(content: AsyncIterable<Uint8Array>, { name }: { name: string }) {
        let size = 0;
        for await (const chunk of content) size += chunk.length;
        return { id: `file-${++count}`, name, contentType: 'application/pdf', size };
      },
      open: () => Promise.resolve(undefined),
    },
    transcript: {
      read: async ({ id }: { id: string }, sequence: number, limit: number) => of(id).slice(sequence, sequence + limit),
      subscribe(_conversation: { id: string }, wake: () => void) {
        wakes.add(wake);
        return () => wakes.delete(wake);
      },
    },
  };
}

/** A stranger's page with the strictest policy that still names our server. */
export async function startForeignSite(server: string, options = 'data-locale="ar"') {
  const policy = [
    "default-src 'none'",
    `script-src ${server}`,
    `connect-src ${server} ${server.replace('http', 'ws')}`,
    "require-trusted-types-for 'script'",
    "base-uri 'none'",
  ].join('; ');
  const site = createHttpServer((_request, response) => {
    response.setHeader('Content-Security-Policy', policy);
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(
      `<!doctype html><html lang="ar" dir="rtl"><head><title>x</title><meta name="viewport" content="width=device-width">` +
        `<script src="${server}/chat.js" ${options}></script></head><body><main><h1>جمعية</h1></main></body></html>`,
    );
  });
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  const address = site.address();
  return {
    url: `http://localhost:${typeof address === 'object' && address ? address.port : 0}`,
    close: () => new Promise<void>((resolve) => site.close(() => resolve())),
  };
}
