import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConversationRecord, MessageRecord } from '../../src/mailbox/record.js';
import { openStore } from '../../src/store/open.js';
import { startApp, testConfig, type TestApp } from '../fixtures/app.js';
import { graphEnvironment } from '../fixtures/graph-environment.js';
import { createEnginePlayer } from '../fixtures/engine-player.js';
import { startGraphServer, type GraphServer } from '../fixtures/graph-server/server.mjs';
import { startTerminals, telegramPlayer, webChatPlayer, whatsAppPlayer, type Beside } from '../fixtures/players.js';
import { startTelegramServer, type TelegramServer } from '../fixtures/telegram-server/server.mjs';
import { play } from '../transcripts/play.js';
import { transcripts, type Transcript } from '../transcripts/transcript.js';

const token = '110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw';
const served = transcripts().filter(({ organisation }) => organisation === 'asseb');

let telegram: TelegramServer;
let graph: GraphServer;
let app: TestApp;

beforeAll(async () => {
  telegram = await startTelegramServer({ token });
  graph = await startGraphServer();
  app = await startApp({
    TELEGRAM_BOT_TOKEN: token,
    TELEGRAM_API_ROOT: telegram.apiRoot,
    ...graphEnvironment(graph),
  });
  graph.setWebhook(`${app.base}/webhooks/whatsapp`);
});

afterAll(async () => {
  await app.close();
  await telegram.close();
  await graph.close();
});

async function playBeside(transcript: Transcript, beside: Beside): Promise<void> {
  await play(transcript, await beside(createEnginePlayer(transcript).player));
}

describe('web chat plays every transcript', () => {
  it.concurrent.for(served)('$name: $about', (transcript) =>
    playBeside(transcript, webChatPlayer(app.base, transcript.locale)),
  );
});

describe('Telegram plays every transcript', () => {
  for (const [index, transcript] of served.entries()) {
    if (transcript.locale !== 'ar') {
      it.skip(
        `${transcript.name} (Telegram tells the language of the phone's menus, which is not taken for the person's)`,
      );
      continue;
    }
    it.concurrent(`${transcript.name}: ${transcript.about}`, () =>
      playBeside(transcript, telegramPlayer(telegram.user(501_234_500 + index))),
    );
  }
});

describe('WhatsApp plays every transcript', () => {
  for (const [index, transcript] of served.entries()) {
    if (transcript.locale !== 'ar') {
      it.skip(`${transcript.name} (WhatsApp tells no language, so everybody is greeted in Arabic)`);
      continue;
    }
    it.concurrent(`${transcript.name}: ${transcript.about}`, () =>
      playBeside(transcript, whatsAppPlayer(graph.user(`96650123${4500 + index}`))),
    );
  }
});

describe('the terminal plays every transcript', () => {
  let terminals: Awaited<ReturnType<typeof startTerminals>>;
  const { config, destroy } = testConfig();

  beforeAll(async () => {
    terminals = await startTerminals({ ...app.options, config });
  });

  afterAll(async () => {
    await terminals.close();
    await destroy();
  });

  for (const transcript of served) {
    if (transcript.steps.some((step) => 'sends' in step)) {
      it.skip(`${transcript.name} (a terminal sends text only)`);
    } else if (!transcript.steps.some((step) => 'arrives' in step)) {
      it.skip(`${transcript.name} (who sits down at a terminal has arrived)`);
    } else {
      it(`${transcript.name}: ${transcript.about}`, async () => {
        const terminal = await terminals.sitDown(transcript);
        await play(transcript, terminal.player);
        await terminal.leaves();
      });
    }
  }
});

describe('the transcript of all this', () => {
  it('names with every reply the message that it answers, and holds each in its place', async () => {
    await app.stop();
    const { DATA_DIR: dataFolder, MONGODB_URI: mongodbUri } = app.options.config;
    const { store } = await openStore({ dataFolder, ids: app.options.ids, ...(mongodbUri ? { mongodbUri } : {}) });
    const conversations = await store.collection<ConversationRecord>('conversations').find({ due: null });
    const messages = store.collection<MessageRecord>('messages');
    const inArabic = served.filter(({ locale }) => locale === 'ar');
    expect(conversations.length).toBeGreaterThanOrEqual(served.length + 2 * inArabic.length);
    for (const { _id: conversation } of conversations) {
      const said = await messages.find({ conversation, sequence: { $gt: 0 } }, { sort: { sequence: 1 } });
      expect(said.map(({ sequence }) => sequence)).toEqual(said.map((_, index) => index + 1));
      const activities = said.map(({ activity }) => activity);
      for (const [index, reply] of activities.entries()) {
        if (reply.role === 'user') continue;
        const asked = activities.slice(0, index).findLast(({ role }) => role === 'user');
        expect(reply.replyToId).toBe(asked?.id);
      }
    }
    await store.close();
  });
});
