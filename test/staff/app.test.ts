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
