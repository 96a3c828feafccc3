import { Readable } from 'node:stream';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { isProblem, problem } from '../../src/staff/problem.js';
import { defineCall, noContent } from '../../src/staff/route.js';
import type { Store } from '../../src/store/collection.js';
import { signedIn, say, startStaff, stranger, type StaffClient } from '../fixtures/staff.js';
import { describeOnEachStore } from '../fixtures/stores.js';

const item = z.object({ name: z.string(), count: z.int() });
const failing = new Error('a failure that quotes what the person wrote');

const calls = [
  defineCall({
    method: 'post',
    path: '/things/{reference}/moves',
    summary: 'Move a thing',
    roles: ['officer', 'committee'],
    params: z.strictObject({ reference: z.string().max(20) }),
    body: z.strictObject({ to: z.enum(['a', 'b']), reason: z.string().max(100).optional() }),
    status: 201,
    answer: z.object({ to: z.string() }),
    problems: [409],
    audit: { action: 'thing_moved', about: ({ params }) => params.reference, reason: ({ body }) => body.reason },
    handle({ body, account }) {
      if (body.to === 'b') return problem(409, 'staff.lastAdmin', { possible: ['a'], status: 'ignored' });
      if (body.reason === 'fail') throw failing;
      return { to: body.to, secret: account.password };
    },
  }),
  defineCall({
    method: 'post',
    path: '/echo',
    summary: 'Echo',
    roles: 'signed-in',
    body: z.strictObject({
      text: z.string(),
      list: z.array(item).optional(),
      map: z.record(z.string(), z.json()).optional(),
    }),
    answer: z.object({ text: z.string() }),
    audit: 'own',
    handle: ({ body }) => ({ text: body.text }),
  }),
  defineCall({
    method: 'post',
    path: '/import',
    summary: 'Import',
    roles: 'anyone',
    query: z.strictObject({ dryRun: z.stringbool().default(false) }),
    body: 'csv',
    answer: z.object({ text: z.string(), dryRun: z.boolean() }),
    audit: 'own',
    handle: ({ body, query }) => ({ text: body.toUpperCase(), dryRun: query.dryRun }),
  }),
  defineCall({
    method: 'get',
    path: '/file',
    summary: 'A file',
    roles: 'anyone',
    answer: { contentType: 'text/csv; charset=utf-8' },
    handle: () => ({ content: Readable.from(['a,', 'ب']), name: 'محضر.csv' }),
  }),
  defineCall({
    method: 'delete',
    path: '/nothing',
    summary: 'Nothing',
    roles: 'anyone',
    answer: noContent,
    audit: { action: 'nothing_done' },
    handle: () => undefined,
  }),
];

describeOnEachStore('a call', (open) => {
  let running: Awaited<ReturnType<typeof startStaff>>;
  let store: Store;
  let base: string;
  let officer: StaffClient;
  let researcher: StaffClient;

  beforeAll(async () => {
    store = (await open()).store;
    running = await startStaff(store, { calls, publicUrl: 'http://chat.example.org' });
    base = running.base;
    officer = await signedIn(base, ['officer']);
    researcher = await signedIn(base, ['researcher']);
  });
  afterAll(() => running.close());

  const move = '/things/T-1/moves';
  const audited = (about: string) => store.collection('audit').find({ about, at: { $gte: 0 } }, { sort: { at: 1 } });

  it('is for those who may: 401 for a stranger, 403 for another role, whatever else is wrong', async () => {
    const refused = await stranger(base)(move, { body: { to: 1 } });
    expect([refused.status, refused.body.detail]).toEqual([401, say('ar', 'staff.signIn')]);
    expect(refused.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect((await researcher(move, { body: { to: 1 } })).status).toBe(403);
    expect((await officer(move, { body: { to: 'a' } })).status).toBe(201);
  });

  it('answers only what its schema documents', async () => {
    expect((await officer(move, { body: { to: 'a' } })).body).toEqual({ to: 'a' });
    const nothing = await stranger(base)('/nothing', { method: 'DELETE' });
    expect([nothing.status, nothing.body]).toEqual([204, '']);
  });

  it('refuses as a problem, with further members that do not displace its own', async () => {
    const { status, body } = await officer(move, { body: { to: 'b' } });
    expect(status).toBe(409);
    expect(body).toEqual({
      type: 'about:blank',
      title: 'Conflict',
      status: 409,
      detail: say('ar', 'staff.lastAdmin'),
      possible: ['a'],
    });
  });

  it('speaks the language that is asked for, else the account’s', async () => {
    const said = async (language?: string) => {
      const headers = language === undefined ? {} : { 'accept-language': language };
      const answer = await officer(move, { body: { to: 'b' }, headers });
      return [answer.headers.get('content-language'), answer.body.detail];
    };
    const ar = ['ar', say('ar', 'staff.lastAdmin')];
    const en = ['en', say('en', 'staff.lastAdmin')];
    expect(await said()).toEqual(ar);
    expect(await said('en-GB,en;q=0.9,ar;q=0.8')).toEqual(en);
    expect(await said('fr, ar-SA;q=0.8, en;q=0.5')).toEqual(ar);
    expect(await said('fr')).toEqual(ar);
  });

  it('names every field that does not fit, and takes none that it does not know', async () => {
    const { status, body } = await officer('/echo', { body: { list: [{ name: 'x', count: 1.5 }], extra: 1 } });
    expect(status).toBe(400);
    expect(body.errors.map(({ path }: { path: string }) => path).toSorted()).toEqual(['', 'list.0.count', 'text']);
    expect(body.detail).toBe(say('ar', 'staff.invalid'));
  });

  it.each([
    ['malformed JSON', '{"text": ', 400],
    ['JSON that is no object', '[]', 400],
    ['a number', '1', 400],
    ['no body', '', 400],
    ['a key of the prototype', '{"text": "x", "__proto__": {"admin": true}}', 400],
    ['another', '{"text": "x", "constructor": {"prototype": {}}}', 400],
    ['lists in lists without end', `{"text": ${'['.repeat(60_000)}${']'.repeat(60_000)}}`, 400],
    ['a body over the limit', JSON.stringify({ text: 'x'.repeat(300_000) }), 413],
  ])('meets %s with a problem', async (_what, body, status) => {
    const answer = await officer('/echo', { method: 'POST', body, headers: { 'content-type': 'application/json' } });
    expect([answer.status, answer.body.status]).toEqual([status, status]);
    expect(Object.prototype).not.toHaveProperty('admin');
  });

  it('takes no form and no file for JSON', async () => {
    for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x']) {
      const answer = await officer('/echo', { method: 'POST', body: 'text=x', headers: { 'content-type': type } });
      expect(answer.status).toBe(415);
    }
  });

  it('mends halves of characters, which the store would change', async () => {
    const headers = { 'content-type': 'application/json' };
    const { body } = await officer('/echo', { method: 'POST', body: '{"text": "a\\ud800"}', headers });
    expect(body.text).toBe('a\ufffd');
  });

  it('reads CSV as UTF-8 or as Arabic Excel writes it, and parameters by their schema', async () => {
    const ask = stranger(base);
    expect((await ask('/import?dryRun=true', { body: '\ufeffقبول,a' })).body).toEqual({ text: 'قبول,A', dryRun: true });
    const answer = await fetch(`${base}/api/staff/import`, {
      method: 'POST',
      body: Uint8Array.from([0xde, 0xc8, 0xe6, 0xe1]),
      headers: { 'content-type': 'text/csv' },
    });
    expect(await answer.json()).toEqual({ text: 'قبول', dryRun: false });
    expect((await ask('/import?dryRun=maybe', { body: 'a' })).status).toBe(400);
    expect((await ask('/import?dryrun=true', { body: 'a' })).status).toBe(400);
    expect((await ask('/import', { body: '{}', headers: { 'content-type': 'application/json' } })).status).toBe(415);
  });

  it('sends a file by its name', async () => {
    const { headers, body } = await stranger(base)('/file');
    expect(body).toBe('a,ب');
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(headers.get('content-disposition')).toContain(`filename*=UTF-8''${encodeURIComponent('محضر.csv')}`);
  });

  it('is refused when another site’s page asks', async () => {
    const from = async (headers: Record<string, string>) =>
      (await officer('/echo', { body: { text: 'x' }, headers })).status;
    expect(await from({ 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await from({ 'sec-fetch-site': 'same-site' })).toBe(403);
    expect(await from({ 'sec-fetch-site': 'cross-site', origin: base })).toBe(403);
    expect(await from({ origin: 'https://evil.example.org' })).toBe(403);
    expect(await from({ origin: 'null' })).toBe(403);
    expect(await from({ 'sec-fetch-site': 'same-origin' })).toBe(200);
    expect(await from({ 'sec-fetch-site': 'none' })).toBe(200);
    expect(await from({ origin: base })).toBe(200);
    expect(await from({ origin: 'http://chat.example.org' })).toBe(200);
    const signIn = await stranger(base)('/session', { body: {}, headers: { origin: 'https://evil.example.org' } });
    expect(signIn.status).toBe(403);
  });

  it('leaves an entry in the audit log, also when it was refused or failed', async () => {
    const at = '/things/T-2/moves';
    await officer(at, { body: { to: 'a', reason: 'كل الأوراق مكتملة' } });
    running.later(1);
    await officer(at, { body: { to: 'b' } });
    running.later(1);
    await officer(at, { body: { to: 'c' } });
    expect((await officer(at, { body: { to: 'a', reason: 'fail' } })).status).toBe(500);
    expect(await audited('T-2')).toMatchObject([
      { by: officer.id, action: 'thing_moved', reason: 'كل الأوراق مكتملة', outcome: 'done' },
      { by: officer.id, action: 'thing_moved', outcome: 'refused' },
      { by: officer.id, action: 'thing_moved', reason: 'fail', outcome: 'failed' },
    ]);
    await researcher(at, { body: { to: 'a' } });
    const refused = await store.collection('audit').find({ by: researcher.id, at: { $gte: 0 } }, { sort: { at: -1 } });
    expect(refused[0]).toMatchObject({ action: 'thing_moved', about: null, outcome: 'refused' });
  });

  it('never fails for what is sent', async () => {
    const keys = fc.constantFrom(
      'text',
      'list',
      'map',
      'to',
      'email',
      '__proto__',
      'constructor',
      '$where',
      'a.b',
      '\0',
    );
    const body = fc.dictionary(keys, fc.oneof(fc.jsonValue({ maxDepth: 4 }), fc.string({ unit: 'binary' })));
    const to = fc.constantFrom(
      '/echo',
      move,
      '/session',
      '/session/password',
      '/invitations/x',
      '/accounts',
      '/import',
    );
    const query = fc
      .string({ unit: 'binary', maxLength: 20 })
      .map((text) => `?cursor=${encodeURIComponent(text.toWellFormed())}`);
    await fc.assert(
      fc.asyncProperty(to, body, fc.oneof(fc.constant(''), query), async (path, sent, asked) => {
        const { status } = await officer(path + asked, { body: sent });
        expect(status).toBeLessThan(500);
      }),
      { numRuns: 150 },
    );
  });

  it('that failed quotes nothing', async () => {
    const { body } = await officer(move, { body: { to: 'a', reason: 'fail' } });
    expect(JSON.stringify(body) + running.lines.join('')).not.toContain(failing.message);
  });
});

describe('a problem', () => {
  it('is told from a record with the same fields', () => {
    expect(isProblem(problem(404, 'staff.unknownAccount'))).toBe(true);
    expect(isProblem({ status: 404, detail: 'staff.unknownAccount', extra: {} })).toBe(false);
  });
});
