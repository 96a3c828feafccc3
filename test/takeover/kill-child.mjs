// Conversations before staff, in a process that may be killed at any moment: people write and ask for a person, two
// members of staff take, answer and give back at random. It says "ready", "ack <id>" when a message is durable, "word <id>"
// when a word of staff is, and "settled" when nothing is left to do.
import { fileURLToPath } from 'node:url';
import { createTranslate } from '../../dist/conversation/texts.js';
import { systemClock } from '../../dist/core/clock.js';
import { systemIds } from '../../dist/core/ids.js';
import { silentLog } from '../../dist/core/log.js';
import { loadContent } from '../../dist/flows/load.js';
import { answerPerson, giveBack, take } from '../../dist/takeover/hold.js';
import { createTakeover } from '../../dist/takeover/takeover.js';
import { hear, killableMailbox, listen, pause, storeIn, tell } from '../mailbox/killable.mjs';

const [dataFolder, mongodbUri] = process.argv.slice(2);
const { store } = await storeIn({ dataFolder, mongodbUri });
const content = loadContent(fileURLToPath(new URL('../..', import.meta.url)));

const mailbox = killableMailbox(store, {
  channel: () => ({ send: () => pause(3) }),
  bot: {
    async turn(state, activity) {
      await pause(3);
      const wanted = activity.type === 'message';
      const answerBy = Date.now() + 60_000;
      return {
        state: { turns: (state?.turns ?? 0) + 1 },
        replies: [{ type: 'message', text: 'reply' }],
        effects: wanted ? [{ type: 'person_wanted', reason: 'asked', answerBy }] : [],
      };
    },
    apology: () => ({ type: 'message', text: 'sorry' }),
  },
  performElsewhere: (keyed) => takeover.call(keyed),
});

const takeover = createTakeover({
  store,
  // What the engine would need besides is not there: no form is filled in.
  assets: {
    organisation: content.organisations.get('asseb'),
    working: { days: [0, 1, 2, 3, 4, 5, 6], from: 0, to: 24 * 60 },
    answerWithin: 60,
    t: createTranslate(content.locales),
  },
  intervene: mailbox.intervene,
  clock: systemClock,
  ids: systemIds,
  log: silentLog,
  beatMs: 40,
});

await mailbox.start({ alone: !store.shared });
takeover.start();
tell('ready');
listen({ heard: (activity) => hear(mailbox, activity), settle });
const day = { isOver: false };
const staff = ['huda', 'salem'].map((id) => work({ id, name: id, admin: false }));

/** Two who get into each other's way: both take what waits, one of them gets it. */
async function work(by) {
  const { context } = takeover;
  while (!day.isOver) {
    const waiting = await context.conversations.find(
      { 'desk.status': 'waiting' },
      { sort: { 'desk.since': 1 }, limit: 5 },
    );
    const mine = await context.conversations.find({ owner: by.id }, { sort: { activeAt: -1 }, limit: 20 });
    for (const { _id } of [...waiting, ...mine]) {
      if ((await take(context, _id, by)).type !== 'done') continue;
      await pause(4);
      const id = systemIds.uuid();
      const said = await answerPerson(context, _id, { by, id, text: `word ${id}` });
      if (said.type === 'done') tell(`word ${id}`);
      await pause(4);
      if (Math.random() < 0.7) await giveBack(context, _id, by);
    }
    await pause(5);
  }
}

async function settle() {
  day.isOver = true;
  await Promise.all(staff);
  await takeover.beat();
  await mailbox.settle();
}
