// A process that takes messages as a channel would, and may be killed at any moment. It says "ready", "ack <id>" when a
// message is durable, "said <reply id>" when the channel has a reply, and "settled" when nothing is left to do.
import { createInterface } from 'node:readline';
import { systemClock } from '../../dist/core/clock.js';
import { systemIds } from '../../dist/core/ids.js';
import { silentLog } from '../../dist/core/log.js';
import { createSeal } from '../../dist/core/seal.js';
import { createPerform } from '../../dist/mailbox/effects.js';
import { createMailbox } from '../../dist/mailbox/mailbox.js';
import { createTranscript } from '../../dist/mailbox/transcript.js';
import { openStore } from '../../dist/store/open.js';

const [dataFolder, mongodbUri] = process.argv.slice(2);
const { store } = await openStore({ dataFolder, ids: systemIds, ...(mongodbUri ? { mongodbUri } : {}) });
const tell = (line) => process.stdout.write(`${line}\n`);
const pause = (most) => new Promise((resolve) => setTimeout(resolve, Math.random() * most));

const mailbox = createMailbox({
  conversations: store.collection('conversations'),
  transcript: createTranscript(store.collection('messages')),
  channel: () => ({
    send: async ({ conversation, id }) => {
      await pause(3);
      tell(`said ${conversation.id} ${id}`);
    },
  }),
  bot: {
    async turn(state, { text }) {
      await pause(3);
      const { turns, texts } = state ?? { turns: 0, texts: [] };
      return {
        state: { turns: turns + 1, texts: [...texts, text] },
        replies: [{ type: 'message', text: `${turns + 1}: ${text}` }],
        effects: [{ type: 'turn_failed', activityId: 'x' }],
      };
    },
    apology: () => ({ type: 'message', text: 'sorry' }),
  },
  seal: createSeal(Buffer.alloc(32, 7)),
  perform: createPerform(
    {
      gaps: store.collection('gaps'),
      tasks: store.collection('tasks'),
    },
    async () => {},
  ),
  ordered: store.ordered,
  clock: systemClock,
  ids: systemIds,
  log: silentLog,
  leaseMs: 700,
  pollMs: 50,
});
await mailbox.start({ alone: !store.shared });
tell('ready');

createInterface({ input: process.stdin }).on('line', (line) => void hear(line));

async function hear(line) {
  if (line === 'settle') {
    for (let quiet = 0; quiet < 3;) {
      await mailbox.settle();
      quiet = (await store.collection('conversations').count({ due: { $gt: 0 } })) === 0 ? quiet + 1 : 0;
      await pause(50);
    }
    tell('settled');
    return;
  }
  const activity = JSON.parse(line);
  const { type } = await mailbox.accept(activity);
  if (type === 'accepted' || type === 'repeated') tell(`ack ${activity.id}`);
}
