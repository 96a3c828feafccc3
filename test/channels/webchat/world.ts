import { createWebChatChannel, type WebChatOptions } from '../../../src/channels/webchat/webchat.js';
import type { Channel } from '../../../src/channels/channel.js';
import { systemIds } from '../../../src/core/ids.js';
import { createLog } from '../../../src/core/log.js';
import { createServer } from '../../../src/web/server.js';
import { createFakeMailbox, type FakeMailbox } from './mailbox.js';

/** The channel behind the real HTTP server on a free port of this machine. */
export interface World {
  base: string;
  /** What a Direct Line client is given as `domain`. */
  domain: string;
  channel: Channel;
  mailbox: FakeMailbox;
  /** Everything that was logged, one line each. */
  lines: string[];
  /** Moves the clock on. */
  pass(ms: number): void;
  /** A new visitor, or an earlier one who comes back. */
  visit(earlier?: string): Promise<Visit>;
  /** Calls the protocol with a token, which may be absent or wrong. */
  call(method: string, path: string, options?: CallOptions): Promise<Called>;
  close(): Promise<void>;
}

export interface Visit {
  token: string;
  conversationId: string;
  expires_in: number;
}

export interface CallOptions {
  token?: string;
  json?: unknown;
  body?: NonNullable<RequestInit['body']>;
  headers?: Record<string, string>;
}

export interface Called {
  status: number;
  headers: Headers;
  // The tests look into answers whose form they are testing.
  body: { [field: string]: unknown; error?: { code: string; message: string }; activities?: Posted[] };
}

export interface Posted {
  id: string;
  type: string;
  text?: string;
  from: { id: string; role: string };
  [field: string]: unknown;
}

export const minute = 60_000;

export async function startWorld(options: Partial<WebChatOptions> = {}): Promise<World> {
  const mailbox = createFakeMailbox();
  const lines: string[] = [];
  let now = Date.parse('2026-01-01T00:00:00.000Z');
  const log = createLog({ level: 'debug', format: 'json', write: (line) => void lines.push(line) });
  const channel = createWebChatChannel({
    ports: mailbox.ports,
    transcript: mailbox.transcript,
    tokenKey: Buffer.alloc(32, 7),
    clock: { now: () => now },
    ids: systemIds,
    log,
    origins: [],
    tokensPerMinute: 1000,
    maxMessageBytes: 60_000,
    maxUploadBytes: 200_000,
    maxFiles: 3,
    locales: ['ar', 'en'],
    ...options,
  });
  mailbox.channel = channel;
  const upgrades = channel.upgrade ? [channel.upgrade] : [];
  const server = createServer({ routes: channel.routes, upgrades, log, bodyLimitBytes: 100_000, graceMs: 0 });
  await channel.start();
  const listening = await server.listen(0, '127.0.0.1');
  const base = `http://127.0.0.1:${listening.port}`;

  async function call(method: string, path: string, { token, json, body, headers }: CallOptions = {}): Promise<Called> {
    const content = json === undefined ? body : JSON.stringify(json);
    const response = await fetch(`${base}${path}`, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(content === undefined ? {} : { body: content }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? {} : JSON.parse(text) };
  }

  return {
    base,
    domain: `${base}/v3/directline`,
    channel,
    mailbox,
    lines,
    call,
    pass: (ms) => void (now += ms),
    visit: async (token) => {
      const { body } = await call('POST', '/chat/token', { json: token === undefined ? {} : { token } });
      return body as unknown as Visit;
    },
    async close() {
      await channel.stop();
      await listening.close();
    },
  };
}
