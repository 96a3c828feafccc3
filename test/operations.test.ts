import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.js';
import { createLog } from '../src/core/log.js';
import { createMetrics, createOperationsRoutes, type NamedState } from '../src/operations.js';
import { startLines } from '../src/start-lines.js';
import { systemIds } from '../src/core/ids.js';
import { openStore } from '../src/store/open.js';
import { createServer, type Listening } from '../src/web/server.js';
import { content } from './fixtures/assets.js';
import { startApp, testConfig, type TestApp } from './fixtures/app.js';
import { startTelegramServer } from './fixtures/telegram-server/server.mjs';
import { visit } from './fixtures/visitor.js';

interface Readiness {
  status: string;
  parts: NamedState[];
}

const ready = async (base: string): Promise<{ status: number; body: Readiness }> => {
  const response = await fetch(`${base}/readyz`);
  return { status: response.status, body: (await response.json()) as Readiness };
};

const stateOf = ({ body }: { body: Readiness }, id: string) => body.parts.find((part) => part.id === id)?.state;

async function until<T>(look: () => Promise<T>, done: (seen: T) => boolean): Promise<T> {
  for (;;) {
    const seen = await look();
    if (done(seen)) return seen;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('a running server', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startApp();
  });

  afterAll(() => app.close());

  it('says that it is alive', async () => {
    const response = await fetch(`${app.base}/healthz`);
    expect([response.status, await response.json()]).toEqual([200, { status: 'ok' }]);
  });

  it('says that each part is ready, by name', async () => {
    const { status, body } = await ready(app.base);
    expect([status, body.status]).toEqual([200, 'ready']);
    expect(body.parts.map(({ id, state }) => [id, state])).toEqual([
      ['store', 'on'],
      ['webchat', 'on'],
    ]);
  });

  it('counts messages, turns and requests by channel and route', async () => {
    const visitor = await visit(app.base);
    await visitor.arrives();
    await visitor.replies(await visitor.post({ type: 'message', text: 'القائمة' }));
    const response = await fetch(`${app.base}/metrics`);
    const text = await response.text();
    expect(response.headers.get('content-type')).toContain('text/plain');
    expect(text).toMatch(/^wasl_messages_accepted_total\{channel="webchat",outcome="accepted"\} 2$/m);
    expect(text).toMatch(/^wasl_messages_delivered_total\{channel="webchat",outcome="sent"\} 2$/m);
    expect(text).toMatch(/^wasl_turn_seconds_count\{channel="webchat"\} 2$/m);
    expect(text).toMatch(/^wasl_channel_on\{channel="webchat"\} 1$/m);
    expect(text).toMatch(/route="\/v3\/directline\/conversations\/:id\/activities",status="200"/);
    expect(text).not.toContain(visitor.conversationId);
  });

  it('puts addresses that are not there under one label, whatever they are called', async () => {
    await Promise.all(['a', 'b', 'c'].map((name) => fetch(`${app.base}/${name}-0501234567`)));
    const text = await (await fetch(`${app.base}/metrics`)).text();
    expect(text).toMatch(/route="unmatched",status="404"/);
    expect(text).not.toContain('0501234567');
  });
});

describe('a server whose channel fails', () => {
  it('is not ready, names the channel, and says why', async () => {
    const telegram = await startTelegramServer({ token: '1:right' });
    const app = await startApp({ TELEGRAM_BOT_TOKEN: '1:wrong', TELEGRAM_API_ROOT: telegram.apiRoot });
    const seen = await until(
      () => ready(app.base),
      (now) => stateOf(now, 'telegram') === 'failing',
    );
    expect(seen).toMatchObject({ status: 503, body: { status: 'failing' } });
    expect(JSON.stringify(seen.body)).not.toContain('1:wrong');
    expect(stateOf(seen, 'webchat')).toBe('on');
    expect(await (await fetch(`${app.base}/metrics`)).text()).toContain('wasl_channel_on{channel="telegram"} 0');
    expect((await fetch(`${app.base}/healthz`)).status).toBe(200);
    await app.close();
    await telegram.close();
  });
});

describe('a server whose store is away', () => {
  const { config, destroy } = testConfig();
  const lines: string[] = [];
  let listening: Listening;

  beforeAll(async () => {
    const log = createLog({ level: 'debug', format: 'json', write: (line) => void lines.push(line) });
    const { DATA_DIR: dataFolder, MONGODB_URI: mongodbUri } = config;
    const { store } = await openStore({ dataFolder, ids: systemIds, ...(mongodbUri ? { mongodbUri } : {}) });
    const routes = createOperationsRoutes({ store, metrics: createMetrics(), channels: () => [], log });
    listening = await createServer({ routes, log, bodyLimitBytes: 1000 }).listen(0, '127.0.0.1');
    await store.close();
  });

  afterAll(async () => {
    await listening.close();
    await destroy();
  });

  it('is alive and not ready, names the store, and tells the operator', async () => {
    const base = `http://127.0.0.1:${listening.port}`;
    const { status, body } = await ready(base);
    expect([status, body.status]).toEqual([503, 'failing']);
    expect(body.parts).toEqual([{ id: 'store', state: 'failing', reason: 'The store does not answer.' }]);
    expect(lines.join('')).toContain('store_failed');
    expect((await fetch(`${base}/healthz`)).status).toBe(200);
    expect((await fetch(`${base}/metrics`)).status).toBe(200);
  });
});

describe('the lines of a start', () => {
  const organisation = content().organisations.get('asseb')!;
  const started = { port: 3000, place: '/data/wasl.mdb', keyMade: false, organisation, channels: [] };
  const lines = (environment: NodeJS.ProcessEnv, own: Partial<typeof started> = {}): string =>
    startLines({ ...started, ...own }, readConfig(environment, '/nowhere/.env')).join('\n');

  it('name the address for people, and the one on this machine', () => {
    expect(lines({})).toContain('Chat page     http://localhost:3000/');
    expect(lines({ PUBLIC_URL: 'https://chat.example.org/' })).toContain(
      'Chat page     https://chat.example.org/ (here: http://localhost:3000/)',
    );
  });

  it('speak of the key, the moved clock and the examples only where there is something to say', () => {
    const plain = lines({}, { organisation: { ...organisation, examples: [] } });
    expect(plain).not.toMatch(/key|clock|example/);
    expect(lines({ WASL_TIME_SHIFT: 'P1D' }, { keyMade: true })).toMatch(
      /key was made[\s\S]*clock is moved[\s\S]*Still an example/,
    );
  });
});
