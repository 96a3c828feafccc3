// How much memory the browser takes over a long time of traffic on the stub page. By hand, after a build:
//   node test/channels/whatsapp/web/endurance.mjs 60        for sixty minutes; a second number is messages a second (2)
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const [minutes = 10, perSecond = 2] = process.argv.slice(2).map(Number);
const root = fileURLToPath(new URL('../../../../', import.meta.url));
const load = async (path) => (await runnerImport(join(root, path))).module;

const { startStubPhone } = await load('test/fixtures/whatsapp-stub/phone.ts');
const { chromiumProgram } = await load('test/fixtures/chromium.ts');
const { createWhatsAppWebChannel } = await import(`${root}dist/channels/whatsapp/web/channel.js`);
const { memoryOf } = await import(`${root}dist/channels/whatsapp/web/browser-process.js`);
const { forkedLink } = await import(`${root}dist/channels/whatsapp/web/link.js`);
const { silentLog } = await import(`${root}dist/core/log.js`);

const phone = await startStubPhone();
const folder = mkdtempSync(join(tmpdir(), 'wasl-endurance-'));
const program = join(root, 'dist/channels/whatsapp/web/child/main.js');
const fork = forkedLink(program);
const clock = { now: () => Date.now() };
let browser = 0;
let starts = 0;
let accepted = 0;
let heard;
const seen = new Set();

const channel = createWhatsAppWebChannel({
  ports: {
    reported: async () => ({ type: 'recorded' }),
    async accept(activity) {
      if (seen.has(activity.id)) return { type: 'repeated' };
      seen.add(activity.id);
      accepted += 1;
      void answer(activity);
      return { type: 'accepted' };
    },
    files: {
      save: async () => ({ id: 'f', name: 'f', contentType: 'image/jpeg', size: 1 }),
      open: async () => undefined,
    },
  },
  keep: {
    lease: { take: async () => true, renew: async () => true, release: async () => undefined },
    session: { current: async () => undefined, save: async (content) => drain(content), forget: async () => undefined },
    heard: { read: async () => heard, write: async (value) => (heard = value) },
  },
  folder,
  program,
  chromePath: await chromiumProgram(),
  messagesPerMinute: 100_000,
  typingMs: 0,
  maxFileBytes: 10_000_000,
  show: () => undefined,
  clock,
  log: silentLog,
  page: { version: 'stub', path: phone.folder },
  browserArgs: ['--no-sandbox'],
  open: (options, hear) => {
    starts += 1;
    return fork(options, (event) => {
      if (event.type === 'launched') browser = event.browser;
      hear(event);
    });
  },
});

async function drain(content) {
  for await (const chunk of content) void chunk;
  return 'saved';
}

async function answer({ conversation, id, text }) {
  const reply = { channelId: 'whatsapp', conversation, from: conversation, type: 'message', role: 'bot' };
  const activity = { ...reply, id: `r ${id}`, timestamp: new Date().toISOString(), text: `جواب: ${text}` };
  for (let attempt = 0; attempt < 20; attempt += 1) {
    if (await channel.send(activity).then(() => true, () => false)) return; // prettier-ignore
    await sleep(500);
  }
}

await channel.start();
while (channel.state().state !== 'on') await sleep(100);
const until = Date.now() + minutes * 60_000;
let written = 0;
const report = async () => {
  const megabytes = Math.round(((await memoryOf(browser)) ?? 0) / 2 ** 20);
  const own = Math.round(process.memoryUsage.rss() / 2 ** 20);
  console.log(JSON.stringify({ secondsLeft: Math.round((until - Date.now()) / 1000), written, accepted, sent: phone.sent.length, starts, browserMB: megabytes, ownMB: own })); // prettier-ignore
};
await report();
const timer = setInterval(() => void report(), 30_000);
while (Date.now() < until) {
  written += 1;
  phone.writes({ chat: `9665${String(written % 200).padStart(8, '0')}@c.us`, body: `رسالة رقم ${written}` });
  await sleep(1000 / perSecond);
}
clearInterval(timer);
await sleep(2_000);
await report();
await channel.stop();
await phone.close();
rmSync(folder, { recursive: true, force: true });
