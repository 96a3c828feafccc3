import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Upgrade } from '../../core/http.js';
import type { TranscriptPort } from '../channel.js';
import { activitySet, readWatermark } from './outbound.js';
import type { FileLinks } from './files.js';
import type { Origins } from './origins.js';
import type { Signer } from './signer.js';
import { createStream, type Stream } from './stream.js';
import type { TranscriptReader } from './transcript-reader.js';

export interface StreamsOptions {
  signer: Signer;
  origins: Origins;
  links: FileLinks;
  transcript: TranscriptPort;
  read: TranscriptReader;
  /** Look for news this often even when nobody says that there is some: other processes may write. */
  lookAgainMs?: number;
  heartbeatMs: number;
}

export interface Streams {
  upgrade: Upgrade;
  /** The address of a stream that starts after `watermark`. */
  url(base: string, conversation: string, watermark: number): string;
  start(): void;
  /** Resolves when every socket is closed. */
  stop(): Promise<void>;
}

/**
 * The socket's address holds a ticket, not the token: addresses end up in logs of proxies, and a ticket opens one
 * conversation's stream and only soon.
 */
const ticketLifeMs = 2 * 60 * 1000;
/** The official client opens more and more of them when a POST meets 403; closing one makes it open another. */
const socketsPerConversation = 20;
/** A client only ever sends empty frames. */
const largestFrame = 1024;
const goodbyeMs = 500;

export function createStreams(options: StreamsOptions): Streams {
  const { signer, transcript } = options;
  const server = new WebSocketServer({ noServer: true, maxPayload: largestFrame, perMessageDeflate: false });
  const open = new Map<WebSocket, { stream: Stream; conversation: string }>();
  const timers = new Set<NodeJS.Timeout>();
  let running = false;

  function follow(socket: WebSocket, { conversation, base, after }: Ticket): void {
    const render = (entries: Parameters<typeof activitySet>[0], from: number) =>
      activitySet(entries, from, { base, links: options.links });
    const stream = createStream({ socket, conversation, after, read: options.read, render });
    const unsubscribe = transcript.subscribe({ id: conversation }, () => stream.wake());
    open.set(socket, { stream, conversation });
    socket.on('error', () => socket.terminate());
    socket.once('close', () => {
      unsubscribe();
      open.delete(socket);
    });
    stream.wake();
  }

  const countOf = (conversation: string): number =>
    [...open.values()].filter((follower) => follower.conversation === conversation).length;

  const refusalStatus = (request: IncomingMessage, asked: Asked): number | undefined => {
    if (!running) return 503;
    if (asked.type !== 'ticket' || !options.origins.allows(request)) return 403;
    return countOf(asked.conversation) < socketsPerConversation ? undefined : 429;
  };

  const repeat = (task: (stream: Stream) => void, ms: number): void => {
    timers.add(setInterval(() => open.forEach(({ stream }) => task(stream)), ms));
  };

  return {
    url(base, conversation, watermark) {
      const ticket = signer.sign('stream', [conversation, base], ticketLifeMs);
      const path = `/v3/directline/conversations/${conversation}/stream`;
      return `${base.replace(/^http/, 'ws')}${path}?watermark=${watermark}&t=${ticket}`;
    },

    upgrade(request, socket, head) {
      const asked = readAddress(request, signer);
      if (asked.type === 'other') return false;
      const status = refusalStatus(request, asked);
      if (asked.type === 'no ticket' || status !== undefined) refuse(socket, status ?? 403);
      else server.handleUpgrade(request, socket, head, (accepted) => follow(accepted, asked));
      return true;
    },

    start() {
      if (running) return;
      running = true;
      repeat((stream) => stream.beat(), options.heartbeatMs);
      if (options.lookAgainMs !== undefined) repeat((stream) => stream.wake(), options.lookAgainMs);
    },

    async stop() {
      running = false;
      timers.forEach((timer) => clearInterval(timer));
      timers.clear();
      await Promise.all([...open.keys()].map(sayGoodbye));
    },
  };
}

interface Ticket {
  conversation: string;
  base: string;
  after: number;
}

type Asked = ({ type: 'ticket' } & Ticket) | { type: 'no ticket' } | { type: 'other' };

function readAddress(request: IncomingMessage, signer: Signer): Asked {
  const [path = '', query = ''] = (request.url ?? '').split('?', 2);
  const [, id] = /^\/v3\/directline\/conversations\/([^/]+)\/stream$/.exec(path) ?? [];
  if (id === undefined) return { type: 'other' };
  const parameters = new URLSearchParams(query);
  const signed = signer.read('stream', parameters.get('t') ?? '');
  const [conversation, base] = signed?.fields ?? [];
  if (!signed || signed.age >= 0 || base === undefined || conversation !== id) return { type: 'no ticket' };
  return { type: 'ticket', conversation, base, after: readWatermark(parameters.get('watermark')) };
}

function refuse(socket: Duplex, status: number): void {
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** 1001: the client connects again when we are back. One that does not answer is not waited for. */
function sayGoodbye(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => socket.terminate(), goodbyeMs);
    socket.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
    socket.close(1001);
  });
}
