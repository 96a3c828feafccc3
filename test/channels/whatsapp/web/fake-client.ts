import { EventEmitter } from 'node:events';
import type { ClientHooks, OpenClient, WebClient } from '../../../../src/channels/whatsapp/web/child/client.js';
import { createHost } from '../../../../src/channels/whatsapp/web/child/host.js';
import * as page from '../../../../src/channels/whatsapp/web/child/in-page.js';
import { CallFailed, type OpenLink } from '../../../../src/channels/whatsapp/web/link.js';
import { parseAnswer, type ChildEvent, type EndReason } from '../../../../src/channels/whatsapp/web/protocol.js';
import { toWire } from '../../../../src/channels/whatsapp/web/child/message.js';

export interface FakeMessage {
  chat: string;
  key: string;
  type?: string;
  body?: string;
  t?: number;
  notifyName?: string;
}

/** WhatsApp as one Client sees it, in memory: what is behind the page, and what happens to the page. */
export interface FakeWhatsApp {
  open: OpenLink;
  /** Every Client that was opened. */
  clients: (EventEmitter & { destroyed: boolean })[];
  hooks: ClientHooks[];
  status: page.PageStatus;
  sent: { chat: string; text: string; id: string; t: number }[];
  messages: FakeMessage[];
  unseen: Set<string>;
  cures: string[];
  /** What the next sends do, in order. */
  faults: ('throws' | 'hangs' | 'sends and hangs')[];
  writes(message: FakeMessage): void;
  /** The library emits its latest message again. */
  emitsAgain(): void;
}

const modelOf = ({ chat, key, t, ...rest }: FakeMessage) => ({
  type: 'chat',
  ...rest,
  t: t ?? Math.floor(Date.now() / 1000),
  from: chat,
  id: { fromMe: false, remote: chat, _serialized: `false_${chat}_${key}` },
});

export function createFakeWhatsApp(): FakeWhatsApp {
  const fake: FakeWhatsApp = {
    open: (options, hear) => linkTo(fake, options, hear),
    clients: [],
    hooks: [],
    status: { socket: 'CONNECTED', synced: true, injected: true, armed: true },
    sent: [],
    messages: [],
    unseen: new Set(),
    cures: [],
    faults: [],
    writes(message) {
      fake.messages.push(message);
      fake.unseen.add(`${message.chat} ${message.key}`);
      fake.clients.at(-1)?.emit('message', { rawData: modelOf(message) });
    },
    emitsAgain() {
      const last = fake.messages.at(-1);
      if (last) fake.clients.at(-1)?.emit('message', { rawData: modelOf(last) });
    },
  };
  return fake;
}

/** The host in this process, with a Client of ours. */
const linkTo = (fake: FakeWhatsApp, options: Parameters<OpenLink>[0], hear: (event: ChildEvent) => void) => {
  const waiting = new Map<number, (event: ChildEvent) => void>();
  let over: (reason: EndReason) => void = () => undefined;
  let last: EndReason = 'failed';
  let calls = 0;
  const ended = new Promise<EndReason>((resolve) => (over = resolve));
  const host = createHost({
    open: openFake(fake),
    asMedia: () => ({}),
    post(event) {
      if (event.type === 'answer' || event.type === 'failure') waiting.get(event.id)?.(event);
      if (event.type === 'ended') last = event.reason;
      hear(event);
    },
    exit: () => over(last),
  });
  host.handle({ type: 'start', options });
  return {
    ended,
    stop: () => host.handle({ type: 'stop' }),
    kill: () => host.handle({ type: 'stop' }),
    async call(name: Parameters<typeof parseAnswer>[0], ask: unknown) {
      const id = (calls += 1);
      const event = await new Promise<ChildEvent>((resolve) => {
        waiting.set(id, resolve);
        host.handle({ type: 'call', id, name, ask });
      });
      if (event.type === 'answer') return parseAnswer(name, event.answer);
      throw new CallFailed(event.type === 'failure' ? event.failure : 'gone');
    },
  } as ReturnType<OpenLink>;
};

const openFake =
  (fake: FakeWhatsApp): OpenClient =>
  (_options, hooks): WebClient => {
    const emitter = Object.assign(new EventEmitter(), { destroyed: false });
    fake.clients.push(emitter);
    fake.hooks.push(hooks);
    return Object.assign(emitter, {
      pupPage: {
        evaluate: inPage(fake),
        metrics: async () => ({ JSHeapUsedSize: 1 }),
      } as unknown as WebClient['pupPage'],
      async initialize() {
        hooks.launched(0);
        if (fake.status.injected) emitter.emit('ready');
      },
      async destroy() {
        emitter.destroyed = true;
      },
      sendMessage: (chat: string, text: unknown) => sendIn(fake, chat, String(text)),
      getMessageById: async () => null,
    });
  };

async function sendIn(fake: FakeWhatsApp, chat: string, text: string) {
  const fault = fake.faults.shift();
  if (fault === 'throws') throw new Error(`Evaluation failed: ${chat} ${text}`);
  if (fault === 'hangs') return new Promise<never>(() => undefined);
  const id = `true_${chat}_${fake.sent.length + 1}`;
  fake.sent.push({ chat, text: text.toWellFormed(), id, t: Math.floor(Date.now() / 1000) });
  if (fault === 'sends and hangs') return new Promise<never>(() => undefined);
  return { id: { _serialized: id } };
}

/** Plays the functions that are sent into the page. */
const inPage =
  (fake: FakeWhatsApp) =>
  async (work: unknown, ...given: unknown[]): Promise<unknown> => {
    const [first, since] = given;
    switch (work) {
      case page.readStatus:
        return { ...fake.status };
      case page.sayHasSynced:
        fake.cures.push('has synced');
        return undefined;
      case page.refreshQr:
        fake.cures.push('refresh qr');
        return undefined;
      case page.markSeen:
        for (const each of fake.unseen) if (each.startsWith(`${String(first)} `)) fake.unseen.delete(each);
        return undefined;
      case page.findSent:
        return fake.sent
          .filter(
            ({ chat, text, t }) =>
              chat === first && t >= Number(since) && text === (given[2] as { text?: string }).text,
          )
          .map(({ id }) => id);
      case page.findMissed:
        return fake.messages.map(modelOf).filter((model) => model.t >= Number(first) && toWire(model));
      default:
        return undefined;
    }
  };
