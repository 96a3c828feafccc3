// What the processes have in common that the kill tests kill: a mailbox on a real store, behind it a bot that counts.
// Both directions go by the channel that `channelOf` makes; `tell` writes a line for the test to read.
import { createInterface } from 'node:readline';
import { systemClock } from '../../dist/core/clock.js';
import { systemIds } from '../../dist/core/ids.js';
import { silentLog } from '../../dist/core/log.js';
import { createSeal } from '../../dist/core/seal.js';
import { createPerform } from '../../dist/mailbox/effects.js';
import { createMailbox } from '../../dist/mailbox/mailbox.js';
import { createTranscript } from '../../dist/mailbox/transcript.js';
import { openStore } from '../../dist/store/open.js';

export const pause = (most) => new Promise((resolve) => setTimeout(resolve, Math.random() * most));
export const tell = (line) => process.stdout.write(`${line}\n`);

const countingBot = {
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
};

export async function openKillable({ dataFolder, mongodbUri }, channelOf) {
  const opened = await openStore({ dataFolder, ids: systemIds, ...(mongodbUri ? { mongodbUri } : {}) });
  const { store } = opened;
  const mailbox = createMailbox({
    conversations: store.collection('conversations'),
    transcript: createTranscript(store.collection('messages'), store),
    channel: () => channel,
    bot: countingBot,
    seal: createSeal(Buffer.alloc(32, 7)),
    perform: createPerform({ gaps: store.collection('gaps'), tasks: store.collection('tasks') }, async () => {}),
    ordered: store.ordered,
    clock: systemClock,
    ids: systemIds,
    log: silentLog,
    leaseMs: 700,
    pollMs: 50,
  });
  const channel = await channelOf({ mailbox, ...opened });
  await mailbox.start({ alone: !store.shared });

  /** Says "settled" when nothing is left to do. */
  async function settle() {
    for (let quiet = 0; quiet < 3;) {
      await mailbox.settle();
      quiet = (await store.collection('conversations').count({ due: { $gt: 0 } })) === 0 ? quiet + 1 : 0;
      await pause(50);
    }
    tell('settled');
  }

  createInterface({ input: process.stdin }).on('line', (line) => {
    void (line === 'settle' ? settle() : channel.hear(JSON.parse(line)));
  });
}
