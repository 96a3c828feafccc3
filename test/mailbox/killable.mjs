// What the processes have in common that the kill tests kill: a mailbox on a real store. `tell` writes a line for the test
// to read.
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

export const storeIn = ({ dataFolder, mongodbUri }) =>
  openStore({ dataFolder, ids: systemIds, ...(mongodbUri ? { mongodbUri } : {}) });

/** One that hurries. Effects go to `performElsewhere`, but those that the mailbox writes down itself. */
export const killableMailbox = (store, { performElsewhere = async () => {}, ...parts }) =>
  createMailbox({
    conversations: store.collection('conversations'),
    transcript: createTranscript(store.collection('messages'), store),
    seal: createSeal(Buffer.alloc(32, 7)),
    perform: createPerform({ gaps: store.collection('gaps'), tasks: store.collection('tasks') }, performElsewhere),
    ordered: store.ordered,
    clock: systemClock,
    ids: systemIds,
    log: silentLog,
    leaseMs: 700,
    pollMs: 50,
    ...parts,
  });

/** Says "ack <id>" when a message is durable. */
export async function hear(mailbox, activity) {
  const { type } = await mailbox.accept(activity);
  if (type === 'accepted' || type === 'repeated') tell(`ack ${activity.id}`);
}

/** Repeats a step until it has found nothing left to do three times in a row. */
export async function untilQuiet(step) {
  for (let quiet = 0; quiet < 3;) {
    quiet = (await step()) === 0 ? quiet + 1 : 0;
    await pause(50);
  }
}

/** What the test writes: a message as JSON, or "settle", after which "settled" is said. */
export function listen({ heard, settle }) {
  createInterface({ input: process.stdin }).on('line', (line) => {
    void (line === 'settle' ? settle().then(() => tell('settled')) : heard(JSON.parse(line)));
  });
}

/** A mailbox with a bot that counts. Both directions go by the channel that `channelOf` makes. */
export async function openKillable(place, channelOf) {
  const opened = await storeIn(place);
  const { store } = opened;
  const mailbox = killableMailbox(store, { channel: () => channel, bot: countingBot });
  const channel = await channelOf({ mailbox, ...opened });
  await mailbox.start({ alone: !store.shared });
  listen({
    heard: (activity) => channel.hear(activity),
    settle: () =>
      untilQuiet(async () => {
        await mailbox.settle();
        return store.collection('conversations').count({ due: { $gt: 0 } });
      }),
  });
}
