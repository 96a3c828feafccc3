import { createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MessageRecord } from '../../src/mailbox/record.js';
import type { ConversationRecord } from '../../src/mailbox/record.js';
import { openStore } from '../../src/store/open.js';
import { startApp, type TestApp } from '../fixtures/app.js';
import { graphEnvironment } from '../fixtures/graph-environment.js';
import {
  startGraphServer,
  type Delivery,
  type GraphPerson,
  type GraphServer,
} from '../fixtures/graph-server/server.mjs';
import { eventually } from '../fixtures/eventually.js';

let graph: GraphServer;
let app: TestApp;

beforeEach(async () => {
  graph = await startGraphServer();
  app = await startApp(graphEnvironment(graph));
  graph.setWebhook(`${app.base}/webhooks/whatsapp`);
});

afterEach(async () => {
  await app.close();
  await graph.close();
});

/** What is in the store once the server is down. */
async function transcript(): Promise<{
  conversations: ConversationRecord[];
  messages(id: string): Promise<MessageRecord[]>;
}> {
  await app.stop();
  const { DATA_DIR: dataFolder, MONGODB_URI: mongodbUri } = app.options.config;
  const { store } = await openStore({ dataFolder, ids: app.options.ids, ...(mongodbUri ? { mongodbUri } : {}) });
  const conversations = await store.collection<ConversationRecord>('conversations').find({ due: null });
  const all = new Map<string, MessageRecord[]>();
  for (const { _id: conversation } of conversations) {
    const filter = { conversation, sequence: { $gt: 0 } };
    all.set(conversation, await store.collection<MessageRecord>('messages').find(filter, { sort: { sequence: 1 } }));
  }
  await store.close();
  return { conversations, messages: async (id) => all.get(`whatsapp/${id}`) ?? [] };
}

const heardIn = (messages: readonly MessageRecord[]): string[] =>
  messages.flatMap(({ activity }) =>
    activity.type === 'message' && activity.role === 'user' ? [activity.text ?? ''] : [],
  );

const shuffled = <T>(list: readonly T[]): T[] =>
  list
    .map((value) => ({ value, at: Math.random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ value }) => value);

/** WHATSAPP_DELIVERIES=10000 for the whole measure. */
const total = Number(process.env['WHATSAPP_DELIVERIES'] ?? 300);

describe('deliveries as Meta makes them', () => {
  const perPerson = 10;

  it(`${total} with 30 % repeats in any order: none lost, none twice, each conversation in order`, async () => {
    graph.holdReports();
    const people = Array.from({ length: total / perPerson }, (_, index) =>
      graph.user(`9665${String(index).padStart(8, '0')}`),
    );
    const rounds = Array.from({ length: perPerson }, (_, number) =>
      people.map((person) => person.writes({ type: 'text', text: { body: `${number}` } }, { at: number * 1000 })),
    );
    let sent: Delivery[] = [];
    // A person writes the next message after the last one; around that, everything comes in any order, and again.
    for (const round of rounds) {
      const repeats = shuffled([...sent, ...round]).slice(0, Math.round(round.length * 0.3));
      await pooled(shuffled([...round, ...repeats]), async (delivery) => {
        while ((await graph.post(delivery)) !== 200);
      });
      sent = sent.concat(round).slice(-5000);
    }
    await answered(people, perPerson);
    const { messages } = await transcript();
    const wanted = Array.from({ length: perPerson }, (_, number) => `${number}`);
    for (const { waId } of people) expect(heardIn(await messages(waId))).toEqual(wanted);
  }, 600_000);

  it('messages of one person a millisecond apart stay in order, the same one ten times at once is one', async () => {
    const person = graph.user('966500000001');
    const at = Date.now();
    const deliveries = Array.from({ length: 40 }, (_, number) =>
      person.writes({ type: 'text', text: { body: `${number}` } }, { at }),
    );
    const line = await openLines(`${app.base}/webhooks/whatsapp`, 50);
    const answers: Promise<number>[] = [];
    for (const delivery of deliveries) {
      answers.push(line.post(JSON.stringify(delivery)));
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    answers.push(...Array.from({ length: 10 }, () => graph.post(deliveries[7])));
    expect(new Set(await Promise.all(answers))).toEqual(new Set([200]));
    line.close();
    await answered([person], 40);
    const { messages } = await transcript();
    expect(heardIn(await messages('966500000001'))).toEqual(deliveries.map((_, number) => `${number}`));
  });

  it('what comes again after the server was away for days is known', async () => {
    const person = graph.user('966500000002');
    const delivery = person.says('السلام عليكم');
    await person.waitForReply();
    await app.restart();
    graph.setWebhook(`${app.base}/webhooks/whatsapp`);
    expect(await graph.post(delivery)).toBe(200);
    const { messages } = await transcript();
    expect(heardIn(await messages('966500000002'))).toHaveLength(1);
  });
});

/** Connections that stand open, so that what is written first arrives first. */
async function openLines(url: string, count: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: count, maxFreeSockets: count });
  const post = (body: string): Promise<number> =>
    new Promise((resolve, reject) => {
      const signature = `sha256=${createHmac('sha256', graph.credentials.appSecret).update(body).digest('hex')}`;
      const headers = { 'x-hub-signature-256': signature, 'content-length': Buffer.byteLength(body) };
      const sent = request(url, { method: 'POST', agent, headers }, (response) => {
        response.resume().once('end', () => resolve(response.statusCode ?? 0));
      });
      sent.once('error', reject).end(body);
    });
  await Promise.all(Array.from({ length: count }, () => post('{}')));
  return { post, close: () => agent.destroy() };
}

/** Waits until each person has an answer to so many messages. */
const answered = (people: readonly GraphPerson[], count: number) =>
  eventually(
    () => {
      for (const { messages } of people) expect(new Set(messages.map(({ quotes }) => quotes)).size).toBe(count);
    },
    { timeout: 25_000 + total * 50, interval: 200 },
  );

async function pooled<T>(list: readonly T[], run: (one: T) => Promise<void>): Promise<void> {
  const rest = [...list];
  const work = async (): Promise<void> => {
    for (let one = rest.shift(); one !== undefined; one = rest.shift()) await run(one);
  };
  await Promise.all(Array.from({ length: 50 }, work));
}

describe('a reply', () => {
  it('is in the transcript as delivered, and as read once the person has looked', async () => {
    const person = graph.user('966500000003');
    person.says('السلام عليكم');
    const { id } = await person.waitForReply();
    person.reports(id, ['read', 'delivered', 'sent']);
    await eventually(() => expect(graph.pendingCount()).toBe(0));
    const { messages } = await transcript();
    expect((await messages('966500000003')).find(({ activity }) => activity.role === 'bot')?.delivery).toEqual({
      status: 'read',
    });
  });

  it('waits while the token has ended: /readyz says why, and it arrives with the next good one', async () => {
    const person = graph.user('966500000004');
    graph.expireToken();
    person.says('السلام عليكم');
    const part = async () => {
      const response = await fetch(`${app.base}/readyz`);
      const { parts } = (await response.json()) as { parts: { id: string; state: string; reason: string }[] };
      return { status: response.status, ...parts.find(({ id }) => id === 'whatsapp') };
    };
    await eventually(async () => expect(await part()).toMatchObject({ status: 503, state: 'failing' }));
    expect((await part()).reason).toContain('WHATSAPP_CLOUD_TOKEN');
    graph.renewToken();
    expect((await person.waitForReply()).text).not.toBe('');
  });
});
