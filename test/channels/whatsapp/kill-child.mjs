// The mailbox behind a real WhatsApp channel, to be killed at any moment. It says "ready <port>" when it takes messages,
// and "settled" when nothing is left to do.
import { join } from 'node:path';
import { createWhatsAppCloudChannel } from '../../../dist/channels/whatsapp/cloud/channel.js';
import { createWhatsAppWebChannel } from '../../../dist/channels/whatsapp/web/channel.js';
import { systemClock } from '../../../dist/core/clock.js';
import { systemIds } from '../../../dist/core/ids.js';
import { silentLog } from '../../../dist/core/log.js';
import { createKeptContent } from '../../../dist/store/kept-content.js';
import { createLease } from '../../../dist/store/lease.js';
import { createSetting } from '../../../dist/store/setting.js';
import { createServer } from '../../../dist/web/server.js';
import { openKillable, pause, tell } from '../../mailbox/killable.mjs';

const { provider, place, ...about } = JSON.parse(process.argv[2]);
let channel;
await openKillable(place, async ({ mailbox, store, blobs }) => {
  const ports = {
    async accept(activity) {
      const { type } = await mailbox.accept(activity);
      return { type: type === 'unknown_conversation' ? 'full' : type };
    },
    files: { save: async () => ({}), open: async () => undefined },
    reported: (report) => mailbox.report({ channelId: 'whatsapp', ...report }),
    heardAt: async () => undefined,
  };
  const common = { ports, clock: systemClock, log: silentLog };
  channel = provider === 'cloud' ? cloud(common) : web(common, store, blobs);
  return channel;
});

await channel.start();
const { port } = await createServer({ routes: channel.routes, log: silentLog, bodyLimitBytes: 65_536 }).listen(
  0,
  '127.0.0.1',
);
while (channel.state().state !== 'on') await pause(20);
tell(`ready ${port}`);

function cloud(common) {
  return createWhatsAppCloudChannel({
    ...common,
    ...about.graph,
    templates: {},
    labels: () => ({ choose: 'اختر' }),
    settleMs: 200,
    backoff: () => 20,
  });
}

function web(common, store, blobs) {
  return createWhatsAppWebChannel({
    ...common,
    keep: {
      lease: createLease({
        records: store.collection('settings'),
        name: 'lease',
        forMs: 1_500,
        alone: !store.shared,
        clock: systemClock,
        ids: systemIds,
      }),
      session: createKeptContent({
        records: store.collection('settings'),
        blobs,
        name: 'session',
        key: Buffer.alloc(32),
        limit: 1e8,
      }),
      heard: createSetting(store.collection('settings'), 'heard'),
    },
    folder: join(place.dataFolder, 'whatsapp-web'),
    program: about.program,
    chromePath: about.chromePath,
    messagesPerMinute: 60_000,
    typingMs: 0,
    maxFileBytes: 1e6,
    show: () => undefined,
    page: { version: 'stub', path: about.page },
    browserArgs: ['--no-sandbox'],
    care: { heartbeat: 300, retry: 50, longestRetry: 200, firstSave: 3_600_000 },
    timing: { watch: 50, call: 15_000, load: 15_000, takeover: 200 },
  });
}
