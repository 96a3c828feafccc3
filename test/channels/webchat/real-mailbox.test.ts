import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TranscriptPort } from '../../../src/channels/channel.js';
import { systemIds } from '../../../src/core/ids.js';
import { openStore } from '../../../src/store/open.js';
import type { OpenedStore } from '../../../src/store/opened.js';
import { createHarness } from '../../mailbox/harness.js';
import { connect } from './directline.js';
import { eventually } from '../../fixtures/eventually.js';
import { startWorld, type World } from './world.js';

/** With the real mailbox on the real store: what the fake one promises in the other tests holds. */
let folder: string;
let opened: OpenedStore;
let harness: ReturnType<typeof createHarness>;
let world: World;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wasl-webchat-'));
  opened = await openStore({ dataFolder: folder, ids: systemIds });
  harness = createHarness(opened.store);
  const { mailbox, transcript } = harness;
  const port: TranscriptPort = {
    read: ({ id }, sequence, limit) => transcript.read(`webchat/${id}`, sequence, limit),
    subscribe: ({ id }, wake) => transcript.subscribe(`webchat/${id}`, wake),
  };
  world = await startWorld({
    transcript: port,
    ports: {
      accept: async (activity) => {
        const { type } = await mailbox.accept(activity);
        return { type: type === 'unknown_conversation' ? 'full' : type };
      },
      files: { save: () => Promise.reject(new Error('unused')), open: () => Promise.resolve(undefined) },
    },
  });
  await mailbox.start({ alone: true });
});

afterEach(async () => {
  await world.close();
  await harness.mailbox.stop();
  await opened.store.close();
  await rm(folder, { recursive: true, force: true });
});

test('thirty messages in a row, with sockets that drop: each message and each answer once and in order', async () => {
  const { token } = await world.visit();
  const client = connect({ domain: world.domain, token }, 1000);
  await eventually(() => expect(client.texts()).toEqual(['1: conversationUpdate']));
  for (let n = 1; n <= 30; n += 1) {
    if (n % 10 === 0) client.sockets.at(-1)?.terminate();
    const activity = { type: 'message', from: { id: 'x' }, text: `m${n}`, channelData: { clientActivityID: `c${n}` } };
    const id = await client.post(activity);
    expect(await client.post(activity)).toBe(id);
  }
  const answers = Array.from({ length: 30 }, (_, index) => `${index + 2}: m${index + 1}`);
  await eventually(() =>
    expect(client.texts().filter((text) => text?.includes(':'))).toEqual(['1: conversationUpdate', ...answers]),
  );
  expect(client.texts()).toHaveLength(61);
  expect(new Set(client.received.map(({ id }) => id)).size).toBe(61);

  const later = connect({ domain: world.domain, token, webSocket: false });
  await eventually(() => expect(later.texts()).toEqual(client.texts()));
  client.line.end();
  later.line.end();
});
