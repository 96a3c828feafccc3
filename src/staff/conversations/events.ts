import { Readable } from 'node:stream';
import { z } from 'zod';
import type { NumberedEvent, StaffEvent, StaffEvents } from '../../takeover/events.js';
import type { AccountRecord, Role } from '../account.js';
import { isoOf } from '../fields.js';
import { defineCall, type Call } from '../route.js';
import { publicId } from './id.js';

/** A sign of life, so that proxies keep the connection. */
const heartbeatMs = 20_000;
/** Then the browser comes back by itself, and who has no session any more is told so. */
const longestMs = 15 * 60_000;

/** What happens, as it happens: server-sent events. `aliveMs` is how long a connection stays without a word. */
export const eventCalls = (events: StaffEvents, { aliveMs = heartbeatMs } = {}): Call[] => [
  defineCall({
    method: 'get',
    path: '/events',
    summary:
      'Server-sent events `conversation`, `request` and `task`; `Last-Event-ID` (or `after`) resumes, and `reset` says that too much was missed and lists are to be read anew',
    roles: 'signed-in',
    query: z.strictObject({ after: z.string().max(20).optional() }),
    answer: { contentType: 'text/event-stream' },
    async handle({ account, request, query }) {
      const last = Number(request.header('last-event-id') ?? query.after ?? Number.NaN);
      return {
        content: Readable.from(stream(events, account, { last, aliveMs })),
        headers: { 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' },
      };
    },
  }),
];

async function* stream(
  events: StaffEvents,
  account: AccountRecord,
  { last, aliveMs }: { last: number; aliveMs: number },
): AsyncGenerator<string> {
  const until = performance.now() + longestMs;
  const bell = createBell();
  const unsubscribe = events.subscribe(bell.ring);
  try {
    let at = Number.isInteger(last) && last >= 0 ? last : await events.latest();
    yield `retry: 3000\nid: ${at}\n: connected\n\n`;
    let spoken = performance.now();
    while (!events.closed && performance.now() < until) {
      const fresh = await events.after(at);
      if (fresh) {
        for (const one of fresh) if (mayHear(account.roles, one.event)) yield written(one);
        at = fresh.at(-1)?.number ?? at;
      } else {
        at = await events.latest();
        yield `id: ${at}\nevent: reset\ndata: {}\n\n`;
      }
      await bell.rings(Math.max(0, spoken + aliveMs - performance.now()));
      // Also when it rings all the time, because another process may have news: who has left shows only in a word to them.
      if (performance.now() < spoken + aliveMs) continue;
      yield ': alive\n\n';
      spoken = performance.now();
    }
  } finally {
    unsubscribe();
  }
}

function written({ number, event: { type, change, about, at } }: NumberedEvent): string {
  const data = { change, about: type === 'conversation' ? publicId(about) : about, at: isoOf(at) };
  return `id: ${number}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** The committee has no part in conversations. */
const mayHear = (roles: readonly Role[], { type }: StaffEvent): boolean =>
  type === 'request' || roles.some((role) => role !== 'committee');

/** Rings once for however often it was rung since somebody last waited. */
function createBell() {
  let rung = false;
  let wake: (() => void) | undefined;
  return {
    ring() {
      rung = true;
      wake?.();
    },
    /** Resolves to whether it rang within `ms`. */
    async rings(ms: number): Promise<boolean> {
      if (!rung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        wake = undefined;
      }
      const was = rung;
      rung = false;
      return was;
    },
  };
}
