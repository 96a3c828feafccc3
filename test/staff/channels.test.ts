import { afterAll, beforeAll, expect, it } from 'vitest';
import { channelCalls, type ChannelView } from '../../src/staff/channels/calls.js';
import { openStore } from '../../src/store/open.js';
import type { OpenedStore } from '../../src/store/opened.js';
import { startApp } from '../fixtures/app.js';
import { admin, adminEnvironment, say, signedIn, signIn, startStaff, stranger } from '../fixtures/staff.js';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemIds } from '../../src/core/ids.js';
import { eventually } from '../fixtures/eventually.js';

const views: ChannelView[] = [
  {
    id: 'whatsapp',
    state: 'failing',
    reason: 'Not linked',
    details: {
      step: 'qr',
      since: '2026-01-01T00:00:00.000Z',
      connectedSince: null,
      lastMessageAt: '2026-01-01T00:00:00.000Z',
      errors: 2,
      qr: '2@ref',
    },
  },
  { id: 'telegram', state: 'off', reason: 'set TELEGRAM_BOT_TOKEN' },
];

let folder: string;
let opened: OpenedStore;
let staff: Awaited<ReturnType<typeof startStaff>>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wasl-channels-'));
  opened = await openStore({ dataFolder: folder, ids: systemIds });
  staff = await startStaff(opened.store, { calls: channelCalls({ channels: () => views, t: say }) });
});

afterAll(async () => {
  await staff.close();
  await opened.store.close();
  rmSync(folder, { recursive: true, force: true });
});

it('Officers and administrators see every channel, what is to be done in their language, and the code to scan', async () => {
  const officer = await signedIn(staff.base, ['officer']);
  const { status, body } = await officer('/channels', { headers: { 'accept-language': 'en' } });
  expect(status).toBe(200);
  expect(body).toMatchObject({ total: 2, next: null });
  expect(body.items[0]).toMatchObject({ id: 'whatsapp', step: 'qr', qr: '2@ref', pairingCode: null, errors: 2 });
  expect(body.items[1]).toMatchObject({ id: 'telegram', state: 'off', connectedSince: null, qr: null, errors: 0 });
  const sentences = body.items.map(({ says }: { says: string }) => says);
  expect([say('ar', 'staff.channel.qr'), say('en', 'staff.channel.qr')]).toContain(sentences[0]);
});

it('Nobody else does', async () => {
  const committee = await signedIn(staff.base, ['committee', 'researcher']);
  expect((await committee('/channels')).status).toBe(403);
  expect((await stranger(staff.base)('/channels')).status).toBe(401);
});

it('Without a browser WhatsApp Web is off with a word on how to get one, and the bot runs and is ready', async () => {
  const app = await startApp({
    ...adminEnvironment,
    WHATSAPP_PROVIDER: 'web',
    CHROME_PATH: '/no/such/chrome',
  });
  const boss = await signIn(app.base, admin);
  const whatsapp = async () => (await boss('/channels')).body.items.find(({ id }: { id: string }) => id === 'whatsapp');
  const off = { state: 'off', step: 'no_browser', reason: expect.stringMatching(/CHROME_PATH/) };
  await eventually(async () => expect(await whatsapp()).toMatchObject(off));
  expect((await fetch(`${app.base}/readyz`)).status).toBe(200);
  const webchat = (await boss('/channels')).body.items.find(({ id }: { id: string }) => id === 'webchat');
  expect(webchat).toMatchObject({ state: 'on', connectedSince: expect.stringMatching(/Z$/), errors: 0 });
  await app.close();
});
