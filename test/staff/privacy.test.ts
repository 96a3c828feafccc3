import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.js';
import { startLines } from '../../src/start-lines.js';
import { startApp, type TestApp } from '../fixtures/app.js';
import { signIn, stranger } from '../fixtures/staff.js';

/** What must be in no log and no metric. */
const secrets = {
  email: 'very.secret@example.org',
  name: 'منيرة السرّيّة',
  password: 'كلمة مرور سرّيّة جدًّا',
  wrong: 'a wrong secret password',
  invited: 'invited.secret@example.org',
};

let app: TestApp;
let metrics: string;
const tokens: string[] = [];

beforeAll(async () => {
  app = await startApp({ LOG_LEVEL: 'debug' });
  const { base, started } = app;
  const { email, name, password } = secrets;
  const ask = stranger(base);
  tokens.push(started.setUpToken ?? '');
  await ask(`/invitations/${tokens[0]}`);
  const made = await ask(`/invitations/${tokens[0]}`, { body: { email, name, password } });
  const boss = await signIn(base, { email, password });
  const invited = await boss('/accounts', { body: { email: secrets.invited, name, roles: ['officer'] } });
  tokens.push(boss.cookie.split('=')[1] ?? '', invited.body.invitation, made.body.id);
  await ask('/session', { body: { email, password: secrets.wrong } });
  await ask('/session', { body: { email: secrets.invited, password: secrets.wrong } });
  await ask('/session', {
    method: 'POST',
    body: `{"email": "${email}`,
    headers: { 'content-type': 'application/json' },
  });
  await ask(`/accounts?cursor=${encodeURIComponent(name)}`);
  await boss(`/accounts?${encodeURIComponent(name)}=${tokens[1]}`);
  await boss('/accounts', { body: { email: secrets.invited, name, roles: ['officer'] } });
  await boss(`/${encodeURIComponent(email)}`);
  metrics = await (await fetch(`${base}/metrics`)).text();
});

afterAll(() => app.close());

describe('of staff', () => {
  it('the log and the metrics have the calls', () => {
    expect(app.lines.join('')).toContain('/api/staff/invitations/:token');
    expect(metrics).toContain('/api/staff/session');
  });

  it.each(Object.entries(secrets))('%s is in neither', (_what, secret) => {
    const forms = [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)];
    const printed = app.lines.join('') + metrics;
    expect(forms.filter((form) => printed.includes(form))).toEqual([]);
  });

  it('tokens and ids are in neither', () => {
    expect(tokens.every((token) => token.length > 20)).toBe(true);
    const printed = app.lines.join('') + metrics;
    expect(tokens.filter((token) => printed.includes(token))).toEqual([]);
  });

  it('the operator alone reads the link, at the start', () => {
    const config = (url?: string) => readConfig(url === undefined ? {} : { PUBLIC_URL: url }, '/nowhere/.env');
    const { started } = app;
    const link = `/staff/setup#${started.setUpToken}`;
    expect(startLines(started, config()).join('\n')).toContain(`http://localhost:${started.port}${link}`);
    expect(startLines(started, config('https://a.org')).join('\n')).toContain(`https://a.org${link}`);
    expect(startLines({ ...started, setUpToken: undefined }, config()).join('\n')).not.toContain('/staff/setup');
  });
});
