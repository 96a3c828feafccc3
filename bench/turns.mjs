// Turns per second through the whole mailbox: accept, turn by the Bot Framework runner, delivery, transcript; every
// message on disk before it is acknowledged. The bot does what the peer's does: it counts.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTurnRunner } from '../dist/conversation/bot.js';
import { systemClock } from '../dist/core/clock.js';
import { systemIds } from '../dist/core/ids.js';
import { silentLog } from '../dist/core/log.js';
import { createMailbox } from '../dist/mailbox/mailbox.js';
import { createTranscript } from '../dist/mailbox/transcript.js';
import { openStore } from '../dist/store/open.js';

/** `conversations` people write at once; each writes the next message when the answer to the last has come. */
export async function turnsBench({ turns, conversations, mongodbUri, converse = count }) {
  const dataFolder = mkdtempSync(join(tmpdir(), 'wasl-bench-'));
  const opened = await openStore({
    dataFolder,
    ids: systemIds,
    ...(mongodbUri ? { mongodbUri: databaseUri(mongodbUri) } : {}),
  });
  const { store } = opened;
  const waiting = new Map();
  const runner = createTurnRunner({ converse });
  const mailbox = createMailbox({
    conversations: store.collection('conversations'),
    transcript: createTranscript(store.collection('messages')),
    channel: () => ({ idempotent: true, send: async ({ replyToId }) => waiting.get(replyToId)?.() }),
    bot: { turn: runner, apology: () => ({ type: 'message', text: '' }) },
    perform: async () => {},
    clock: systemClock,
    ids: systemIds,
    log: silentLog,
  });
  await mailbox.start({ alone: true });
  const perPerson = Math.ceil(turns / conversations);
  const started = performance.now();
  await Promise.all(
    Array.from({ length: conversations }, (_, person) => talk({ mailbox, waiting, person, perPerson })),
  );
  await mailbox.settle();
  const seconds = (performance.now() - started) / 1000;
  await mailbox.stop();
  await store.close();
  rmSync(dataFolder, { recursive: true });
  return { turnsPerSecond: (perPerson * conversations) / seconds };
}

async function talk({ mailbox, waiting, person, perPerson }) {
  for (let number = 0; number < perPerson; number += 1) {
    const id = `${person}-${number}`;
    const answered = new Promise((resolve) => waiting.set(id, resolve));
    await mailbox.accept({
      type: 'message',
      channelId: 'webchat',
      conversation: { id: `c${person}` },
      from: { id: `p${person}` },
      id,
      timestamp: new Date().toISOString(),
      role: 'user',
      text: 'متى يطلع قرار اللجنة؟',
    });
    await answered;
    waiting.delete(id);
  }
}

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
