import { EventEmitter, once } from 'node:events';
import { connect } from 'node:net';
import * as fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import type { Route, Upgrade } from '../../src/core/http.js';
import { createLog, silentLog } from '../../src/core/log.js';
import { createServer, type Listening, type SeenRequest, type ServerOptions } from '../../src/web/server.js';
import { eventually } from '../fixtures/eventually.js';

const secret = 'the person wrote this';

const routes: Route[] = [
  { method: 'get', path: '/hello/:name', handle: (_request, response) => void response.json({ ok: true }) },
  {
    method: 'post',
    path: '/json',
    body: 'json',
    handle: (request, response) => void response.json(request.body ?? null),
  },
  {
    method: 'post',
    path: '/raw',
    body: 'raw',
    handle: (request, response) =>
      void response.json({ bytes: Buffer.isBuffer(request.body) ? request.body.length : -1 }),
  },
  { method: 'get', path: '/broken', handle: () => Promise.reject(new Error(secret)) },
  {
    method: 'get',
    path: '/half',
    handle: (_request, response) => {
      response.write('begun');
      throw new Error(secret);
    },
  },
];

let running: Listening[] = [];
afterEach(async () => {
  await Promise.all(running.map((server) => server.close()));
  running = [];
});

async function start(options: Partial<ServerOptions> = {}) {
  const lines: string[] = [];
  const seen: SeenRequest[] = [];
  const log = createLog({ level: 'debug', format: 'json', write: (line) => lines.push(line) });
  const onRequest = (request: SeenRequest): void => void seen.push(request);
  const server = await createServer({ routes, log, bodyLimitBytes: 1000, graceMs: 200, onRequest, ...options }).listen(
    0,
    '127.0.0.1',
  );
  running.push(server);
  return { url: `http://127.0.0.1:${server.port}`, port: server.port, server, lines, seen };
}

const post = (url: string, body: string | Uint8Array<ArrayBuffer>, type = 'application/json'): Promise<Response> =>
  fetch(url, { method: 'POST', body, headers: { 'content-type': type } });

/** Sends bytes as they are and returns all that comes back. */
const raw = (port: number, bytes: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.end(bytes, 'latin1'));
    socket.on('data', (data) => (answer += data.toString('latin1')));
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });

describe('answers', () => {
  it('carry headers that allow nothing by default', async () => {
    const { url } = await start();
    const { headers } = await fetch(`${url}/hello/a`);
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none';frame-ancestors 'none';base-uri 'none';form-action 'none'",
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it('reads JSON and raw bodies as the route declares them', async () => {
    const { url } = await start();
    expect(await (await post(`${url}/json`, '{"a":[1]}')).json()).toEqual({ a: [1] });
    expect(await (await post(`${url}/json`, '{"a":1}', 'text/plain')).json()).toBeNull();
    expect(await (await post(`${url}/raw`, '{"a":1}')).json()).toEqual({ bytes: 7 });
  });

  it.each([
    ['malformed JSON', 400, (url: string) => post(`${url}/json`, `{"text": "${secret}`)],
    ['a broken percent-encoding', 400, (url: string) => fetch(`${url}/hello/%E0%A4%A`)],
    ['an unknown address', 404, (url: string) => fetch(`${url}/nothing`)],
    ['an unknown method', 405, (url: string) => fetch(`${url}/json`)],
    ['a body over the limit', 413, (url: string) => post(`${url}/json`, JSON.stringify({ text: 'x'.repeat(2000) }))],
    ['an unknown character set', 415, (url: string) => post(`${url}/json`, '{}', 'application/json; charset=x-none')],
    ['a handler that fails', 500, (url: string) => fetch(`${url}/broken`)],
  ])('%s is a problem %d that quotes nothing', async (_name, status, ask) => {
    const { url, lines } = await start();
    const response = await ask(url);
    const text = await response.text();
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(JSON.parse(text)).toMatchObject({ type: 'about:blank', status });
    expect(text + lines.join('')).not.toContain(secret);
    expect(text).not.toMatch(/\.[jt]s:\d|node_modules/);
  });

  it('says which methods an address answers', async () => {
    const { url } = await start();
    expect((await fetch(`${url}/json`, { method: 'DELETE' })).headers.get('allow')).toBe('POST');
    const options = await fetch(`${url}/hello/a`, { method: 'OPTIONS' });
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, HEAD']);
  });

  it('breaks off an answer whose handler fails half-way', async () => {
    const { url, lines } = await start();
    await expect(fetch(`${url}/half`).then((response) => response.text())).rejects.toThrow(/terminated|fetch failed/);
    expect(lines.filter((line) => line.includes('request failed'))).toHaveLength(1);
  });
});

describe('the request log', () => {
  it('has the pattern of the route, never the address', async () => {
    const { url, seen, lines } = await start();
    await fetch(`${url}/hello/Huda?token=abc`);
    await fetch(`${url}/Huda?token=abc`);
    await eventually(() => expect(seen.length).toBe(2));
    expect(seen.map(({ method, route, status }) => [method, route, status])).toEqual([
      ['GET', '/hello/:name', 200],
      ['GET', 'unmatched', 404],
    ]);
    expect(lines).toHaveLength(2);
    expect(lines.join('')).not.toMatch(/Huda|abc/);
    expect(Object.keys(JSON.parse(lines[0] ?? '{}')).toSorted()).toEqual(
      ['level', 'method', 'ms', 'msg', 'route', 'status', 'time'], // prettier-ignore
    );
  });
});

describe('WebSocket doors', () => {
  const sockets = new WebSocketServer({ noServer: true });
  const door: Upgrade = (request, socket, head) => {
    if (request.url !== '/door') return false;
    sockets.handleUpgrade(request, socket, head, (open) => open.on('message', (data) => open.send(data)));
    return true;
  };

  it('are opened by the part that knows the address', async () => {
    const { port } = await start({ upgrades: [() => false, door] });
    const client = new WebSocket(`ws://127.0.0.1:${port}/door`);
    client.on('open', () => client.send('salam'));
    expect(await new Promise((resolve) => client.on('message', (data: Buffer) => resolve(data.toString())))).toBe(
      'salam',
    );
  });

  it('do not exist elsewhere', async () => {
    const { port } = await start({ upgrades: [door] });
    const client = new WebSocket(`ws://127.0.0.1:${port}/elsewhere`);
    const error = await new Promise<Error>((resolve) => client.on('error', resolve));
    expect(error.message).toContain('404');
  });

  it('survive a door that throws', async () => {
    const failing: Upgrade = () => {
      throw new Error(secret);
    };
    const { port, url, lines } = await start({ upgrades: [failing] });
    const client = new WebSocket(`ws://127.0.0.1:${port}/door`);
    const error = await new Promise<Error>((resolve) => client.on('error', resolve));
    expect(error.message).toContain('500');
    expect((await fetch(`${url}/hello/a`)).status).toBe(200);
    expect(lines.join('')).not.toContain(secret);
  });
});

describe('start and stop', () => {
  it('says that the port is taken', async () => {
    const { port } = await start();
    const second = createServer({ routes, log: silentLog, bodyLimitBytes: 1 });
    await expect(second.listen(port, '127.0.0.1')).rejects.toMatchObject({ code: 'port_in_use' });
  });

  it('lets an answer under way finish and takes nothing new', async () => {
    const events = new EventEmitter();
    const [begun, finish] = [once(events, 'begun'), once(events, 'finish')];
    const slow: Route = {
      method: 'get',
      path: '/slow',
      handle: async (_request, response) => {
        events.emit('begun');
        await finish;
        response.send('done');
      },
    };
    const { url, server } = await start({ routes: [slow], graceMs: 60_000 });
    const answer = fetch(`${url}/slow`).then((response) => response.text());
    await begun;
    const closed = server.close();
    await expect(fetch(`${url}/slow`)).rejects.toThrow('fetch failed');
    events.emit('finish');
    expect(await answer).toBe('done');
    await closed;
    running = [];
  });

  it('ends connections that would never end', async () => {
    const endless: Route = {
      method: 'get',
      path: '/endless',
      handle: (_request, response) => void response.write('…'),
    };
    const { url, server } = await start({ routes: [endless], graceMs: 10 });
    const response = await fetch(`${url}/endless`);
    await server.close();
    await expect(response.text()).rejects.toThrow('terminated');
    running = [];
  });
});

describe('whatever arrives', () => {
  const path = fc.oneof(
    fc.string({
      unit: fc.constantFrom(
        '/',
        '%',
        '.',
        '\\',
        '?',
        '#',
        ':',
        '*',
        '{',
        '}',
        'a',
        '2',
        '\0',
        '\x7f',
        'ÿ',
        ';',
        '=',
        '[',
      ),
    }),
    fc.webPath(),
    fc.constantFrom('*', '//', '/hello/%00', '/hello/%ff', 'http://[', '/json?__proto__[x]=1', '//evil.example/..'),
  );

  it('no address is a failure of ours', async () => {
    const { port, lines } = await start();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('GET', 'POST', 'OPTIONS', 'HEAD', 'PUT', 'M-SEARCH'),
        path,
        async (method, address) => {
          const answer = await raw(port, `${method} ${address} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
          expect(answer).toMatch(/^HTTP\/1\.1 (200|204|400|404|405) /);
        },
      ),
      { numRuns: 300 },
    );
    expect(lines.filter((line) => line.includes('failed'))).toEqual([]);
  });

  it('no body is a failure of ours', async () => {
    const { url } = await start();
    const body = fc.oneof(
      fc.uint8Array({ maxLength: 1500 }),
      fc.json().map((text) => new TextEncoder().encode(text)),
    );
    const types = fc.constantFrom('application/json', 'text/plain', 'application/json;charset=utf-16', 'x');
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('/json', '/raw'), body, types, async (address, bytes, type) => {
        const { status } = await post(url + address, new Uint8Array(bytes), type);
        expect([200, 400, 413, 415]).toContain(status);
      }),
      { numRuns: 200 },
    );
  });
});
