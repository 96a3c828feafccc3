// A server's insides that may be killed at any moment: people apply, staff move their requests about at random, notices
// are relayed. It says "ready", "ack <id>" when a message is durable, "said <activity id>" when the channel has a notice,
// and "settled" when nothing is left to do.
import { fileURLToPath } from 'node:url';
import { factsOf } from '../../dist/conversation/conditions.js';
import { createTranslate } from '../../dist/conversation/texts.js';
import { systemClock } from '../../dist/core/clock.js';
import { canonicalJson, sha256Hex } from '../../dist/core/digest.js';
import { systemIds } from '../../dist/core/ids.js';
import { silentLog } from '../../dist/core/log.js';
import { createSeal } from '../../dist/core/seal.js';
import { loadContent } from '../../dist/flows/load.js';
import { move, movesFor } from '../../dist/requests/staff.js';
import { createSupport } from '../../dist/wiring/support.js';
import { hear, killableMailbox, listen, pause, storeIn, tell, untilQuiet } from '../mailbox/killable.mjs';

const [dataFolder, mongodbUri] = process.argv.slice(2);
const { store } = await storeIn({ dataFolder, mongodbUri });
const content = loadContent(fileURLToPath(new URL('../..', import.meta.url)));
const organisation = content.organisations.get('asseb');
// What the engine would need besides is not there: no conversation takes place.
const assets = {
  organisation,
  forms: new Map(),
  papers: new Map(),
  facts: factsOf(organisation),
  t: createTranslate(content.locales),
};

const support = createSupport({
  store,
  assets,
  seal: createSeal(Buffer.alloc(32, 7)),
  quiet: { daily: null, friday: null },
  clock: systemClock,
  ids: systemIds,
  log: silentLog,
  enqueue: (activity) => mailbox.enqueue(activity),
  heardAt: (conversation) => mailbox.heardAt(conversation),
  emit: async () => {},
  beatMs: 40,
});

const mailbox = killableMailbox(store, {
  channel: () => ({
    send: async ({ id }) => {
      await pause(3);
      tell(`said ${id}`);
    },
  }),
  bot: {
    async turn(state, { conversation }) {
      await pause(3);
      return {
        state,
        replies: [],
        effects: [{ type: 'form_submitted', form: 'support-request', ...applicationOf(conversation.id) }],
      };
    },
    apology: () => ({ type: 'message', text: 'sorry' }),
  },
  performElsewhere: support.perform,
  performed: support.wake,
});

/** Everybody applies for themselves, once. */
function applicationOf(chat) {
  const answers = { nationalId: chat, fullName: 'نورة سالم', mobile: '+966500000000' };
  return {
    version: 1,
    opens: 'request',
    locale: 'ar',
    answers,
    signature: {
      statement: 'أقر.',
      statementVersion: 1,
      statementHash: sha256Hex('أقر.'),
      answersHash: sha256Hex(canonicalJson(answers)),
      name: 'نورة سالم',
      at: 0,
      messageId: 'm',
    },
  };
}

await mailbox.start({ alone: !store.shared });
support.start();
tell('ready');
listen({ heard: (activity) => hear(mailbox, activity), settle });
const day = { isOver: false };
const staff = ['huda', 'salem'].map((account) => work({ account, roles: ['officer', 'admin'] }));

/** Moves any request anywhere it may go; two officers get into each other's way. */
async function work(by) {
  while (!day.isOver) {
    const requests = await store.collection('requests').find({ submittedAt: { $gt: 0 } });
    const movable = requests.filter((request) => movesFor(request, by).length > 0 && request.events.length < 12);
    for (const request of movable) {
      if (day.isOver) break;
      const possible = movesFor(request, by);
      await move(support.context, request.reference, {
        to: possible[Math.floor(Math.random() * possible.length)],
        reason: 'سبب',
        by,
      });
      await pause(4);
    }
    await pause(20);
  }
}

async function settle() {
  day.isOver = true;
  await Promise.all(staff);
  await untilQuiet(async () => {
    await support.beat();
    await mailbox.settle();
    const waiting = await store.collection('conversations').count({ due: { $gt: 0 } });
    return waiting + (await store.collection('requests').count({ noticesDue: { $gte: 0 } }));
  });
}
