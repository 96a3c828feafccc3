import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { ConversationRecord, MessageRecord } from '../../../src/mailbox/record.js';
import { openStore } from '../../../src/store/open.js';
import { chromiumProgram, noBrowser } from '../../fixtures/chromium.js';
import { startGraphServer } from '../../fixtures/graph-server/server.mjs';
import { live, type Life } from '../../fixtures/lives.js';
import { engines } from '../../fixtures/stores.js';
import { startStubPhone } from '../../fixtures/whatsapp-stub/phone.js';
import { program } from './web/harness.js';

const script = fileURLToPath(new URL('kill-child.mjs', import.meta.url));

/** WhatsApp's side, which outlives the bot. */
interface Outside {
  /** For the process. */
  about: object;
  write(chat: string, text: string): void;
  /** What the person's phone shows of ours, in order. */
  received(chat: string): string[];
  /** The bot listens on this port. */
  found(port: string): void;
  close(): Promise<void>;
}

async function graphOutside(): Promise<Outside> {
  const graph = await startGraphServer();
  return {
    about: { provider: 'cloud', graph: { ...graph.credentials, apiRoot: graph.apiRoot } },
    write: (chat, text) => void graph.user(chat).says(text),
    received: (chat) => graph.user(chat).messages.map(({ text }) => text),
    found: (port) => graph.setWebhook(`http://127.0.0.1:${port}/webhooks/whatsapp`),
    close: graph.close,
  };
}

async function phoneOutside(): Promise<Outside> {
  const phone = await startStubPhone();
  return {
    about: { provider: 'web', program, page: phone.folder, chromePath: await chromiumProgram() },
    write: (chat, body) => void phone.writes({ chat, body }),
    received: (to) => phone.sent.filter(({ chat }) => chat === to).map(({ body = '' }) => body),
    found: () => undefined,
    close: phone.close,
  };
}

interface Course {
  outside: Outside;
  args: object;
  chats: readonly string[];
  perChat: number;
}

const textOf = (number: number): string => `رسالة ${number}`;

/** People write meanwhile; without an end, until everything is answered. */
const life = (course: Course, round: { from: number; until: number; lifeMs?: number }): Life => ({
  lifeMs: round.lifeMs,
  hear(word, port, { tell }) {
    if (word !== 'ready') return;
    course.outside.found(port);
    void write(course, round);
    if (round.lifeMs === undefined) void answered(course).then(() => tell('settle'));
  },
});

async function answered({ outside, chats, perChat }: Course): Promise<void> {
  while (!chats.every((chat) => new Set(outside.received(chat)).size >= perChat))
    await new Promise((resolve) => setTimeout(resolve, 50));
}

async function write({ outside, chats }: Course, { from, until }: { from: number; until: number }): Promise<void> {
  for (let number = from + 1; number <= until; number += 1) {
    for (const chat of chats) outside.write(chat, textOf(number));
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function killAgainAndAgain(course: Course, { kills, most }: { kills: number; most: number }): Promise<void> {
  const again = (round: Parameters<typeof life>[1]) => live(script, [JSON.stringify(course.args)], life(course, round));
  const upTo = (kill: number): number => Math.floor((course.perChat * kill) / (kills + 1));
  for (let kill = 1; kill <= kills; kill += 1)
    await again({ from: upTo(kill - 1), until: upTo(kill), lifeMs: Math.random() * most });
  await again({ from: upTo(kills), until: course.perChat });
}

/** Every message had its one turn, in order; returns what each person's phone shows. */
async function verify({ outside, chats, perChat }: Course, options: Parameters<typeof openStore>[0]) {
  const { store } = await openStore(options);
  const texts = Array.from({ length: perChat }, (_, index) => textOf(index + 1));
  for (const chat of chats) {
    const _id = `whatsapp/${chat}`;
    const record = await store.collection<ConversationRecord>('conversations').findOne({ _id });
    expect(record?.state).toEqual({ turns: perChat, texts });
    expect(record).toMatchObject({ inbox: [], outgoing: [], lease: null, due: null });
    const lines = await store
      .collection<MessageRecord>('messages')
      .find({ conversation: _id, sequence: { $gt: 0 } }, { sort: { sequence: 1 } });
    expect(lines).toHaveLength(2 * perChat);
  }
  await store.close();
  return { received: chats.map(outside.received), wanted: texts.map((text, index) => `${index + 1}: ${text}`) };
}

for (const engine of engines) {
  describe(`a bot on WhatsApp that is killed again and again, on ${engine.name}`, () => {
    if (!engine.available) return it.skip('is not run: set MONGODB_URI to the address of a MongoDB server');

    it('by the Cloud API loses no message and doubles no turn', async () => {
      const { options, destroy } = engine.create();
      const outside = await graphOutside();
      const chats = Array.from({ length: 6 }, (_, index) => `96650000100${index}`);
      const course = { outside, args: { ...outside.about, place: options }, chats, perChat: 30 };
      await killAgainAndAgain(course, { kills: 8, most: 200 });
      const { received, wanted } = await verify(course, options);
      // Meta has no key for repeats: what was under way while the process died may be shown twice, and never not at all.
      for (const texts of received) expect([...new Set(texts)]).toEqual(wanted);
      await outside.close();
      await destroy();
    });

    it.skipIf(noBrowser !== undefined)(
      'by WhatsApp Web loses nothing, doubles nothing, and keeps the order',
      async () => {
        const { options, destroy } = engine.create();
        const outside = await phoneOutside();
        const chats = ['966500002000@c.us', '77701@lid'];
        const course = { outside, args: { ...outside.about, place: options }, chats, perChat: 24 };
        await killAgainAndAgain(course, { kills: 3, most: 900 });
        const { received, wanted } = await verify(course, options);
        for (const texts of received) expect(texts).toEqual(wanted);
        await outside.close();
        await destroy();
      },
      120_000,
    );
  });
}
