import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { install, type Installation, type Running } from '../fixtures/installation.js';
import { png } from '../fixtures/players.js';
import { startTelegramServer, type Fault, type TelegramServer } from '../fixtures/telegram-server/server.mjs';
import { visit } from '../fixtures/visitor.js';
import { until } from '../fixtures/eventually.js';

/** What must be in no log, no metric and no health report. Each is long and odd enough to be nobody else's. */
const secrets = {
  text: 'عندي ظرف خاصّ لا يعرفه أحد',
  name: 'نورة القحطانيّة',
  phone: '966512345678',
  fileName: 'تقرير-طبي-سرّي',
  caption: 'هذه صورة هويّتي',
  answer: 'أقترح أمرًا لا يعرفه غيري',
  telegramToken: '110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw',
  directLineSecret: 'directline-secret-5f3c',
  appPassword: 'app-password-91ab',
  dataKey: Buffer.alloc(32, 9).toString('base64'),
  bearer: 'eyJhbGciOiJub25lIn0.c2VjcmV0.x',
  address: 'secret-in-an-address',
};

let installed: Installation;
let telegram: TelegramServer;
let server: Running;
let base: string;
let printed: string;
const found: string[] = [];
let reports: string;

beforeAll(async () => {
  installed = install({ content: 'small' });
  telegram = await startTelegramServer({ token: secrets.telegramToken });
  server = installed.run('main', {
    LOG_LEVEL: 'debug',
    TELEGRAM_BOT_TOKEN: secrets.telegramToken,
    TELEGRAM_API_ROOT: telegram.apiRoot,
    MICROSOFT_APP_ID: '00000000-0000-4000-8000-000000000000',
    MICROSOFT_APP_PASSWORD: secrets.appPassword,
    DIRECT_LINE_SECRET: secrets.directLineSecret,
    DATA_KEY: secrets.dataKey,
  });
  base = await server.address;
  await Promise.all([overTelegram(), overWebChat(), overHttp()]);
  reports = (
    await Promise.all(['/metrics', '/readyz', '/healthz'].map(async (at) => (await fetch(base + at)).text()))
  ).join();
  server.kill('SIGTERM');
  printed = (await server.ended).output;
});

afterAll(async () => {
  await telegram.close();
  installed.remove();
});

async function overTelegram(): Promise<void> {
  const person = telegram.user(501_234_567, secrets.name);
  person.says('/start');
  await person.waitForReply();
  for (const send of [
    () => person.says(secrets.text),
    () => person.sharesContact({ phone_number: secrets.phone }),
    () => person.sends({ photo: { bytes: png }, caption: secrets.caption }),
    () => person.sends({ document: { bytes: png, name: `${secrets.fileName}.png` } }),
    () => person.sends({ document: { bytes: Buffer.from('no known type'), name: `${secrets.fileName}.exe` } }),
  ]) {
    send();
    await person.waitForReply();
  }
  const faults: Fault[] = [
    { status: 400, description: `Bad Request: ${secrets.text}` },
    { status: 403, description: `Forbidden: ${secrets.name}` },
    { status: 429, retryAfter: 1 },
    { status: 500, body: `<html>${secrets.text}</html>` },
    { status: 401, description: secrets.telegramToken },
    { drop: true },
  ];
  const sent = (): number => telegram.calls.filter(({ method }) => method === 'sendMessage').length;
  for (const [index, fault] of faults.entries()) {
    const before = sent();
    telegram.fail('sendMessage', fault);
    telegram.user(501_234_600 + index, secrets.name).says(secrets.text);
    await until(() => sent() > before);
  }
  telegram.push({ message: { text: secrets.text, chat: secrets.phone } });
  found.push(String(person.id));
}

async function overWebChat(): Promise<void> {
  const visitor = await visit(base);
  await visitor.arrives();
  const from = { id: secrets.phone, name: secrets.name };
  await visitor.replies(await visitor.post({ type: 'message', text: secrets.text, from }));
  await visitor.replies(await visitor.post({ type: 'message', text: 'note', value: 'start:note' }));
  await visitor.replies(await visitor.post({ type: 'message', text: secrets.answer }));
  await visitor.replies(await visitor.uploads({ name: `${secrets.fileName}.png`, bytes: png }));
  await visitor.uploads({ name: `${secrets.fileName}.exe`, bytes: Buffer.from('MZ') }).catch(() => undefined);
  await visitor.post({ type: secrets.text, text: { text: secrets.text } }).catch(() => undefined);
  const links = (await visitor.history()).flatMap(({ attachments }) => attachments ?? []);
  for (const link of links) {
    const { contentUrl } = link as { contentUrl?: string };
    if (contentUrl !== undefined) found.push(new URL(contentUrl).pathname.split('/').at(-1) ?? '');
    if (contentUrl !== undefined) await fetch(contentUrl);
  }
  found.push(visitor.token, visitor.conversationId);
}

/** Doors that stay shut, and what is wrong about the asking. */
async function overHttp(): Promise<void> {
  const headers = { authorization: `Bearer ${secrets.bearer}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ type: 'message', text: secrets.text, from: { name: secrets.name } });
  const to = (path: string, content = body) => fetch(base + path, { method: 'POST', headers, body: content });
  await to('/api/messages');
  await to('/api/messages', `{"text": "${secrets.text}`);
  await to('/chat/token', `{"token": "${secrets.bearer}`);
  await to('/v3/directline/conversations');
  await to('/v3/directline/tokens/generate');
  await to(`/webhooks/telegram/${secrets.address}`);
  await fetch(`${base}/v3/directline/conversations/${secrets.address}/activities?watermark=${secrets.address}`, {
    headers,
  });
  await fetch(`${base}/chat/files/${secrets.address}`);
  await fetch(`${base}/${secrets.address}?token=${secrets.bearer}&phone=${secrets.phone}`);
  await fetch(`${base}/${encodeURIComponent(secrets.text)}`);
  const authorization = `Bearer ${secrets.directLineSecret}`;
  await fetch(`${base}/v3/directline/tokens/generate`, { method: 'POST', headers: { authorization } });
}

const asWritten = (secret: string): string[] => [
  secret,
  encodeURIComponent(secret),
  JSON.stringify(secret).slice(1, -1),
  Buffer.from(secret).toString('base64'),
];

describe('what people write and are, and what opens doors', () => {
  it('has really been sent, and the log at its most talkative has something to say of it', () => {
    expect(printed).toMatch(/"channel":"telegram"/);
    expect(printed).toMatch(/"kind":"(blocked|invalid)"/);
    expect(printed).toMatch(/"route":"\/v3\/directline\/conversations\/:id\/activities"/);
    expect(printed).toMatch(/"route":"\/api\/messages","status":40[01]/);
    expect(reports).toMatch(/wasl_messages_accepted_total\{channel="telegram"/);
    expect(found.length).toBeGreaterThan(3);
  });

  it.each(Object.entries(secrets))('%s is in no line that the process prints', (_what, secret) => {
    expect(asWritten(secret).filter((form) => printed.includes(form))).toEqual([]);
  });

  it.each(Object.entries(secrets))('%s is in no metric and no health report', (_what, secret) => {
    expect(asWritten(secret).filter((form) => reports.includes(form))).toEqual([]);
  });

  it('neither are tokens, links to files, and ids of conversations and people', () => {
    expect(found.filter((one) => printed.includes(one) || reports.includes(one))).toEqual([]);
  });

  it('are not printed by the terminal either, beside its answers', async () => {
    const input = `${secrets.text}\nnote\n${secrets.answer}\n${secrets.phone}\n`;
    const { code, output } = await installed.run('chat', { LOG_LEVEL: 'debug' }, input).ended;
    expect(code).toBe(0);
    expect([secrets.text, secrets.answer, secrets.phone].filter((secret) => output.includes(secret))).toEqual([]);
  });
});
