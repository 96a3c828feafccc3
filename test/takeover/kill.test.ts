import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Activity } from '../../src/core/activity.js';
import { createTranscript } from '../../src/mailbox/transcript.js';
import type { MessageRecord } from '../../src/mailbox/record.js';
import { openStore } from '../../src/store/open.js';
import type { DeskConversation } from '../../src/takeover/desk.js';
import { liveAgainAndAgain } from '../fixtures/lives.js';
import { engines } from '../fixtures/stores.js';
import { message } from '../mailbox/harness.js';

const chats = Array.from({ length: 8 }, (_, index) => `chat-${index + 1}`);
const perChat = 12;
const messages = chats.flatMap((chat) =>
  Array.from({ length: perChat }, (_, index) => ({ chat, id: `${chat}-${index + 1}`, text: `message ${index + 1}` })),
);
const script = fileURLToPath(new URL('kill-child.mjs', import.meta.url));

for (const engine of engines) {
  describe(`takeovers, while the process is killed again and again, on ${engine.name}`, () => {
    if (!engine.available) return it.skip('is not run: set MONGODB_URI to the address of a MongoDB server');
    const kills = engine.name === 'MongoDB' ? 5 : 8;

    it(`lose no word, and the bot never speaks in between, over ${kills} kills`, async () => {
      const { options, destroy } = engine.create();
      const words: string[] = [];
      await liveAgainAndAgain(script, options, {
        kills,
        lifeMs: () => 50 + Math.random() * 500,
        written: messages.map(({ chat, id, text }) => message(text, { chat, id })),
        afterMs: 1200,
        hear: (word, id) => word === 'word' && words.push(id),
      });
      await verify(options, words);
      await destroy();
    });
  });
}

async function verify(options: Parameters<typeof openStore>[0], words: readonly string[]): Promise<void> {
  const { store } = await openStore(options);
  const transcript = createTranscript(store.collection<MessageRecord>('messages'));
  const said: string[] = [];
  let returns = 0;
  for (const chat of chats) {
    const conversation = `telegram/${chat}`;
    const record = await store.collection<DeskConversation>('conversations').findOne({ _id: conversation });
    expect(record).toMatchObject({ inbox: [], outgoing: [] });
    const lines = (await transcript.read(conversation, 0, 5000)).map(({ activity }) => activity);
    const own = messages.filter((one) => one.chat === chat).map(({ id }) => id);
    expect(
      lines
        .filter(({ role }) => role === 'user')
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(own.toSorted());
    said.push(...lines.flatMap(wordOf));
    expect(spokenInBetween(lines), `${chat}: the bot spoke while staff had the conversation`).toEqual([]);
    const returned = lines.filter((line) => isEvent(line, 'takeover/returned')).map(({ id }) => id);
    const answered = lines
      .filter(({ replyToId }) => returned.includes(replyToId ?? ''))
      .map(({ replyToId }) => replyToId);
    // Who is taken again before the bot has answered the return hears nothing of it.
    expect(new Set(answered).size).toBe(answered.length);
    returns += returned.length;
  }
  expect(new Set(said).size).toBe(said.length);
  expect(words.filter((word) => !said.includes(word))).toEqual([]);
  expect(returns).toBeGreaterThan(0);
  await store.close();
  process.stdout.write(`${said.length} words of staff, ${words.length} of them acknowledged; ${returns} returns\n`);
}

const isEvent = (activity: Activity, name: string): boolean => activity.type === 'event' && activity.name === name;

const wordOf = (activity: Activity): string[] =>
  activity.type === 'message' && activity.role === 'staff' && activity.text?.startsWith('word ')
    ? [activity.text.slice(5)]
    : [];

/** What the bot said after somebody took the conversation, and before it was given back. */
function spokenInBetween(lines: readonly Activity[]): string[] {
  let held = false;
  return lines
    .filter((activity) => {
      if (isEvent(activity, 'staff/taken')) held = true;
      if (isEvent(activity, 'takeover/returned')) held = false;
      return held && activity.role === 'bot';
    })
    .map(({ id }) => id);
}
