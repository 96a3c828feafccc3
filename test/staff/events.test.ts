import type { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { eventCalls } from '../../src/staff/conversations/events.js';
import { createStaffEvents, type EventsRecord } from '../../src/takeover/events.js';
import { describeOnEachStore } from '../fixtures/stores.js';
import type { AccountRecord } from '../../src/staff/account.js';

const account: AccountRecord = {
  _id: 'huda', at: 0, email: 'huda@example.org', name: 'هدى', roles: ['officer'], locale: 'ar', password: null,
  status: 'active', version: 1,
}; // prettier-ignore

describeOnEachStore('the stream of events', (openStore) => {
  it('gives signs of life also while it looks again and again for what other processes have done', async () => {
    const { store } = await openStore();
    const settings = store.collection<EventsRecord>('settings');
    const events = createStaffEvents({ settings, clock: { now: () => 7 }, lookEveryMs: 5 });
    const [call] = eventCalls(events, { aliveMs: 50 });
    const answer = await call?.handle({
      account,
      params: {},
      query: {},
      body: {},
      request: { address: '127.0.0.1', locale: 'ar', session: 's', header: () => undefined, setHeader: () => {} },
    });
    const { content } = answer as { content: Readable };
    const heard: string[] = [];
    for await (const line of content) if (heard.push(String(line)) === 3) break;
    expect(heard.map((line) => line.trim().split('\n').at(-1))).toEqual([': connected', ': alive', ': alive']);
  });
});
