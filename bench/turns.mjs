// Turns per second through the whole mailbox: accept, turn by the Bot Framework runner, delivery, transcript; every
// message on disk before it is acknowledged. The bot does what the peer's does: it counts.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTurnRunner } from '../dist/conversation/bot.js';
import { systemClock } from '../dist/core/clock.js';
import { systemIds } from '../dist/core/ids.js';
import { silentLog } from '../dist/core/log.js';
import { createSeal } from '../dist/core/seal.js';
import { createMailbox } from '../dist/mailbox/mailbox.js';
import { createTranscript } from '../dist/mailbox/transcript.js';
import { openStore } from '../dist/store/open.js';

const seal = createSeal(Buffer.alloc(32, 7));

/**
 * `conversations` people write at once; each keeps `outstanding` messages under way and writes the next when an answer
 * has come: in the transcript, as on web chat, or by `send`, as on the other channels.
 */
export async function turnsBench({
  turns,
  conversations,
  outstanding = 1,
  mongodbUri,
  reads = true,
  converse = count,
}) {
  const dataFolder = mkdtempSync(join(tmpdir(), 'wasl-bench-'));
  const opened = await openStore({
    dataFolder,
    ids: systemIds,
    ...(mongodbUri ? { mongodbUri: databaseUri(mongodbUri) } : {}),
  });
  const { store } = opened;
  const waiting = new Map();
  const transcript = createTranscript(store.collection('messages'), store);
  const runner = createTurnRunner({ converse });
  const mailbox = createMailbox({
    conversations: store.collection('conversations'),
    transcript,
    channel: () => ({
      ...(reads ? { readsTranscript: true } : {}),
      send: async ({ replyToId }) => waiting.get(replyToId)?.(),
    }),
    bot: { turn: runner, apology: () => ({ type: 'message', text: '' }) },
    seal,
    perform: async () => {},
    ordered: store.ordered,
    clock: systemClock,
    ids: systemIds,
    log: silentLog,
  });
  await mailbox.start({ alone: true });
  const perPerson = Math.ceil(turns / conversations);
  const started = performance.now();
  await Promise.all(
    Array.from({ length: conversations }, async (_, person) => {
      const leave = reads ? readAlong({ transcript, waiting, person }) : () => {};
      await talk({ mailbox, waiting, person, perPerson, outstanding });
      leave();
    }),
  );
  await mailbox.settle();
  const seconds = (performance.now() - started) / 1000;
  await mailbox.stop();
  await store.close();
  rmSync(dataFolder, { recursive: true });
  return { turnsPerSecond: (perPerson * conversations) / seconds };
}

async function talk({ mailbox, waiting, person, perPerson, outstanding }) {
  let number = 0;
  const write = async () => {
    while (number < perPerson) {
      const id = `${person}-${(number += 1)}`;
      const answered = new Promise((resolve) => waiting.set(id, resolve));
      await mailbox.accept(message(person, id));
      await answered;
      waiting.delete(id);
    }
  };
  await Promise.all(Array.from({ length: outstanding }, write));
}

/** Reads on whenever something was written down; returns how to stop. */
function readAlong({ transcript, waiting, person }) {
  let read = 0;
  let reading = Promise.resolve();
  const readOn = async () => {
    for (const { activity, sequence } of await transcript.read(`webchat/c${person}`, read, 100)) {
      read = sequence;
      if (activity.role === 'bot') waiting.get(activity.replyToId)?.();
    }
  };
  return transcript.subscribe(`webchat/c${person}`, () => (reading = reading.then(readOn)));
}

const message = (person, id) => ({
  type: 'message',
  channelId: 'webchat',
  conversation: { id: `c${person}` },
  from: { id: `p${person}` },
  id,
  timestamp: new Date().toISOString(),
  role: 'user',
  text: 'متى يطلع قرار اللجنة؟',
});

const count = (state, { text }) => ({
  state: { turns: (state?.turns ?? 0) + 1 },
  replies: [{ type: 'message', text: `${state?.turns ?? 0}: ${text}` }],
  effects: [],
});

function databaseUri(uri) {
  const own = new URL(uri);
  own.pathname = `/wasl-bench-${systemIds.uuid().slice(0, 8)}`;
  return own.href;
}
