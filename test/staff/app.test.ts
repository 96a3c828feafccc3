import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp, type TestApp } from '../fixtures/app.js';
import { admin, adminEnvironment, signIn, stranger } from '../fixtures/staff.js';

let app: TestApp;

beforeAll(async () => {
  app = await startApp(adminEnvironment);
});

afterAll(() => app.close());

it('The whole server serves the staff API to the first administrator, also after a restart', async () => {
  expect(app.started.setUpToken).toBeUndefined();
  const { cookie } = await signIn(app.base, admin);
  await app.restart();
  expect((await stranger(app.base, cookie)('/session')).body).toMatchObject({ email: admin.email, roles: ['admin'] });
  expect((await stranger(app.base)('/openapi.json')).body.openapi).toBe('3.1.0');
});

interface Described {
  paths: Record<string, Record<string, { security: object[] }>>;
}

it('No call of the whole server answers a stranger with more than 401, but those that say so', async () => {
  const ask = stranger(app.base);
  const { paths }: Described = (await ask('/openapi.json')).body;
  const calls = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { security }]) => ({ path, method: method.toUpperCase(), security })),
  );
  const open = calls.filter(({ security }) => security.length === 0).map(({ method, path }) => `${method} ${path}`);
  expect(open.toSorted()).toEqual([
    'DELETE /session',
    'GET /invitations/{token}',
    'GET /openapi.json',
    'POST /invitations/{token}',
    'POST /session',
  ]);
  const closed = calls.filter(({ security }) => security.length > 0);
  const answers = await Promise.all(closed.map(({ path, method }) => ask(path.replace(/\{\w+\}/g, 'x'), { method })));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
});
