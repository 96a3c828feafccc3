import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/open.js';
import { createTranscript } from '../../src/mailbox/transcript.js';
import type { ConversationRecord, MessageRecord } from '../../src/mailbox/record.js';
import type { TaskRecord } from '../../src/mailbox/effects.js';
import { live, type Life } from '../fixtures/lives.js';
import { engines } from '../fixtures/stores.js';
import { message } from './harness.js';

const chats = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const perChat = 60;
const script = fileURLToPath(new URL('kill-child.mjs', import.meta.url));

/** What a provider knows: which messages it has an acknowledgement for. It sends the others again, in order. */
interface Provider {
  acknowledged: Set<string>;
  said: string[];
}

for (const engine of engines) {
  describe(`a mailbox that is killed again and again, on ${engine.name}`, () => {
    if (!engine.available) return it.skip('is not run: set MONGODB_URI to the address of a MongoDB server');
    const kills = engine.name === 'MongoDB' ? 10 : 32;

    it(`loses no message and doubles no turn over ${kills} kills`, async () => {
      const { options, destroy } = engine.create();
      const args = [options.dataFolder, ...(options.mongodbUri ? [options.mongodbUri] : [])];
      const provider: Provider = { acknowledged: new Set(), said: [] };
      for (let kill = 1; kill <= kills; kill += 1) {
        // Messages are spread over the lives, so that the last ones are as busy as the first.
        await live(
          script,
          args,
          course(provider, { until: Math.ceil((perChat * kill) / kills), lifeMs: 10 + Math.random() * 150 }),
        );
      }
      await live(script, args, course(provider, { until: perChat }));
      await verify(options, provider);
      await destroy();
    });
  });
}

const idOf = (chat: string, number: number): string => `${chat}${number}`;

/** Without an end, until everything is done. */
const course = (provider: Provider, { until, lifeMs }: { until: number; lifeMs?: number }): Life => ({
  lifeMs,
  hear(word, rest, life) {
    if (word === 'ready') for (const chat of chats) void deliver(provider, life, { chat, until });
    if (word === 'ack') provider.acknowledged.add(rest);
    if (word === 'said') provider.said.push(rest);
    const all = word === 'ack' && chats.every((chat) => provider.acknowledged.has(idOf(chat, until)));
    if (all && lifeMs === undefined) life.tell('settle');
  },
});

/** In order, three on the way at a time; every fifth is sent again although it was acknowledged. */
async function deliver(
  provider: Provider,
  { tell, isOver }: Parameters<Life['hear']>[2],
  { chat, until }: { chat: string; until: number },
): Promise<void> {
  for (let number = 1; number <= until && !isOver(); number += 1) {
    const id = idOf(chat, number);
    if (provider.acknowledged.has(id) && number % 5 > 0 && number < until) continue;
    tell(JSON.stringify(message(id, { chat, id })));
    if (number % 3 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function verify(options: Parameters<typeof openStore>[0], { said, acknowledged }: Provider): Promise<void> {
  const { store } = await openStore(options);
  const wanted = Array.from({ length: perChat }, (_, index) => index + 1);
  const transcript = createTranscript(store.collection<MessageRecord>('messages'));
  const tasks = await store.collection<TaskRecord>('tasks').find({ status: 'open' });
  expect(acknowledged.size).toBe(chats.length * perChat);
  expect(tasks).toHaveLength(chats.length * perChat);
  for (const chat of chats) {
    const record = await store.collection<ConversationRecord>('conversations').findOne({ _id: `telegram/${chat}` });
    expect(record?.state).toEqual({ turns: perChat, texts: wanted.map((number) => idOf(chat, number)) });
    expect(record).toMatchObject({ inbox: [], outgoing: [], lease: null, due: null });
    const heard = new Set(said.filter((line) => line.startsWith(`${chat} `)));
    expect([...heard].toSorted()).toEqual(wanted.map((number) => `${chat} ${idOf(chat, number)}.1`).toSorted());
    const lines = await transcript.read(`telegram/${chat}`, 0, 1000);
    expect(lines).toHaveLength(2 * perChat);
    expect(new Set(lines.map(({ activity }) => activity.id)).size).toBe(2 * perChat);
  }
  await store.close();
  process.stdout.write(`said ${said.length} replies for ${chats.length * perChat} messages\n`);
}
