import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createTranscript } from '../../src/mailbox/transcript.js';
import type { MessageRecord } from '../../src/mailbox/record.js';
import type { RequestRecord } from '../../src/requests/record.js';
import { openStore } from '../../src/store/open.js';
import { liveAgainAndAgain } from '../fixtures/lives.js';
import { engines } from '../fixtures/stores.js';
import { message } from '../mailbox/harness.js';

const people = Array.from({ length: 24 }, (_, index) => `person-${index + 1}`);
const script = fileURLToPath(new URL('kill-child.mjs', import.meta.url));

for (const engine of engines) {
  describe(`requests, while the process is killed again and again, on ${engine.name}`, () => {
    if (!engine.available) return it.skip('is not run: set MONGODB_URI to the address of a MongoDB server');
    const kills = engine.name === 'MongoDB' ? 5 : 8;

    it(`lose no notice, and no event, over ${kills} kills`, async () => {
      const { options, destroy } = engine.create();
      const said: string[] = [];
      await liveAgainAndAgain(script, options, {
        kills,
        lifeMs: () => 20 + Math.random() * 400,
        written: people.map((chat) => message('أقدّم', { chat, id: chat })),
        afterMs: 1000,
        hear: (word, id) => word === 'said' && said.push(id),
      });
      await verify(options, said);
      await destroy();
    });
  });
}

async function verify(options: Parameters<typeof openStore>[0], said: readonly string[]): Promise<void> {
  const { store } = await openStore(options);
  const requests = await store.collection<RequestRecord>('requests').find({ submittedAt: { $gt: 0 } });
  expect(requests).toHaveLength(people.length);
  const transcript = createTranscript(store.collection<MessageRecord>('messages'));
  let told = 0;
  for (const request of requests) {
    const events = request.events.filter(({ type }) => type === 'submitted' || type === 'moved').map(({ id }) => id);
    expect(new Set(events).size).toBe(events.length);
    expect(request.events.slice(1).map(({ from }) => from)).toEqual(request.events.slice(0, -1).map(({ to }) => to));
    const lines = await transcript.read(request.conversation, 0, 1000);
    const notices = lines.filter(({ activity }) => activity.role === 'bot').map(({ activity }) => activity.id);
    expect(notices.toSorted()).toEqual(events.toSorted());
    for (const id of events) expect(said).toContain(id);
    told += events.length;
  }
  await store.close();
  process.stdout.write(`said ${said.length} notices for ${told} events\n`);
}
