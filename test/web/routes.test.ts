import { request } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../src/core/log.js';
import { createWebRoutes } from '../../src/web/routes.js';
import { createServer, type Listening } from '../../src/web/server.js';
import { readOrganisation, translate } from './widget/content.js';

let server: Listening;
const brand = { colour: '#7a1f5c' };
beforeAll(async () => {
  const organisation = { ...readOrganisation(), brand };
  const routes = createWebRoutes({ organisation, t: translate, maxUploadBytes: 1_000_000 });
  server = await createServer({ routes, log: silentLog, bodyLimitBytes: 1000 }).listen(0, '127.0.0.1');
});
afterAll(() => server.close());

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`http://127.0.0.1:${server.port}${path}`, { headers });

interface Answer {
  status: number | undefined;
  encoding: string | undefined;
  body: Buffer;
}

/** Without fetch, which decodes by itself and forbids caches to answer. */
const raw = (path: string, headers: Record<string, string>): Promise<Answer> =>
  new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: server.port, path, headers }, (response) => {
      const chunks: Buffer[] = [];
      const { statusCode: status, headers: received } = response;
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status, encoding: received['content-encoding'], body: Buffer.concat(chunks) }),
      );
    })
      .on('error', reject)
      .end();
  });

const language = async (path: string, accept: string): Promise<string | null> =>
  (await get(path, { 'accept-language': accept })).headers.get('content-language');

describe('the page', () => {
  it('speaks Arabic unless its address asks for English, whatever the browser is set to', async () => {
    expect(await language('/', 'en-GB,en')).toBe('ar');
    expect(await language('/', 'ar-SA')).toBe('ar');
    expect(await language('/?lang=en', 'ar')).toBe('en');
    expect(await language('/?lang=en&lang=ar', 'ar')).toBe('ar');
  });

  it('allows own files only', async () => {
    const policy = (await get('/')).headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(policy).not.toContain('unsafe');
  });

  it('and its styles wear the colour of the organisation', async () => {
    expect(await (await get('/page.css')).text()).toContain(':root{--brand:#7a1f5c');
    expect(await (await get('/favicon.svg')).text()).toContain('#7a1f5c');
  });
});

describe.each(['/chat.js', '/chat.css', '/chat/config'])('%s', (path) => {
  it('may be loaded by every site', async () => {
    const { headers } = await get(path);
    expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(headers.get('access-control-allow-origin')).toBe('*');
  });

  it('is sent once and then only confirmed', async () => {
    const first = await get(path);
    const again = await raw(path, { 'if-none-match': first.headers.get('etag') ?? '' });
    expect([again.status, again.body.length]).toEqual([304, 0]);
  });

  it('comes as small as the browser understands', async () => {
    const plain = await raw(path, { 'accept-encoding': 'identity' });
    expect(plain.encoding).toBeUndefined();
    const gzip = await raw(path, { 'accept-encoding': 'gzip' });
    expect([gzip.encoding, gunzipSync(gzip.body)]).toEqual(['gzip', plain.body]);
    const br = await raw(path, { 'accept-encoding': 'gzip, br' });
    expect([br.encoding, brotliDecompressSync(br.body)]).toEqual(['br', plain.body]);
  });
});

it('tells the widget what it needs to know', async () => {
  expect(await (await get('/chat/config')).json()).toEqual({
    name: { ar: 'مؤسسة عسيب للأعمال الإنسانية', en: 'Asseb Foundation for Humanitarian Work' },
    shortName: { ar: 'عسيب', en: 'Asseb' },
    maxUploadBytes: 1_000_000,
    theme: expect.stringMatching(/^:host\{--brand:#7a1f5c;/) as unknown,
  });
});
