import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { payload, payloadNames } from '../../../fixtures/graph-server/payloads.mjs';
import { startHarness, type Harness } from './harness.js';

let harness: Harness;

beforeEach(async () => {
  harness = await startHarness();
});
afterEach(() => harness.close());

const shake = (query: Record<string, string>) => fetch(`${harness.webhook}?${new URLSearchParams(query).toString()}`);

describe('the handshake', () => {
  it('answers the challenge of who knows the verify token', async () => {
    const { verifyToken } = harness.server.credentials;
    const response = await shake({
      'hub.mode': 'subscribe',
      'hub.verify_token': verifyToken,
      'hub.challenge': '1158201444',
    });
    expect([response.status, await response.text()]).toEqual([200, '1158201444']);
    expect(response.headers.get('content-type')).toMatch('text/plain');
  });

  it.each([
    ['another token', { 'hub.mode': 'subscribe', 'hub.verify_token': 'x', 'hub.challenge': '1' }],
    ['no token', { 'hub.mode': 'subscribe', 'hub.challenge': '1' }],
    [
      'another mode',
      { 'hub.mode': 'unsubscribe', 'hub.verify_token': 'a-verify-token-of-our-own', 'hub.challenge': '1' },
    ],
    ['no challenge', { 'hub.mode': 'subscribe', 'hub.verify_token': 'a-verify-token-of-our-own' }],
  ])('refuses %s', async (_what, query) => {
    expect((await shake(query as Record<string, string>)).status).toBe(403);
  });
});

describe('a delivery that Meta has not signed', () => {
  const forged = createHmac('sha256', 'another secret').update('{}').digest('hex');

  it.each([
    ['without a signature', null],
    ['with an empty one', ''],
    ['with one of another secret', `sha256=${forged}`],
    ['with one that is too short', 'sha256=abcd'],
    ['with the old kind', `sha1=${forged.slice(0, 40)}`],
    ['with no hexadecimal digits', `sha256=${'z'.repeat(64)}`],
  ])('%s is refused, and nothing of it is kept', async (_what, signature) => {
    expect(await harness.server.post(harness.person.writes(payload('text')), { signature })).toBe(401);
    expect(harness.mailbox.attempts()).toBe(0);
  });

  it('is refused when one byte differs from what was signed', async () => {
    const raw = JSON.stringify(harness.person.writes(payload('text')));
    const signature = `sha256=${createHmac('sha256', harness.server.credentials.appSecret).update(raw).digest('hex')}`;
    expect(await harness.server.post(undefined, { raw: `${raw} `, signature })).toBe(401);
    expect(await harness.server.post(undefined, { raw, signature })).toBe(200);
    expect(harness.mailbox.attempts()).toBe(1);
  });

  it('is refused as too large before anything else is done with it', async () => {
    expect(await harness.server.post(undefined, { raw: 'x'.repeat(5 * 1024 * 1024) })).toBe(413);
  });
});

describe('a batch', () => {
  it('of a thousand messages in one delivery is taken whole, each once, each person in order', async () => {
    const people = Array.from({ length: 50 }, (_, index) => harness.server.user(`96650000${1000 + index}`));
    const deliveries = Array.from({ length: 20 }, (_, round) =>
      people.map((person, index) => {
        const number = round * people.length + index;
        return person.writes({ type: 'text', text: { body: `${number}` } }, { id: `wamid.b${number}` });
      }),
    ).flat();
    const entry = deliveries.flatMap((delivery) => delivery.entry);
    expect(
      await harness.server.post({ object: 'whatsapp_business_account', entry: [...entry, ...entry.slice(0, 300)] }),
    ).toBe(200);
    const { accepted } = harness.mailbox;
    expect(accepted()).toHaveLength(1000);
    for (const person of people) {
      const own = harness.mailbox.messages().filter(({ conversation }) => conversation.id === person.waId);
      expect(own.map(({ text }) => Number(text))).toEqual(
        own.map(({ text }) => Number(text)).toSorted((a, b) => a - b),
      );
    }
  });

  it('in the wrong order is put in the order of its times', async () => {
    const texts = Object.entries({ three: 3000, one: 1000, two: 2000 }).map(([body, at]) =>
      harness.person.writes({ type: 'text', text: { body } }, { at }),
    );
    await harness.server.post({ entry: texts.flatMap(({ entry }) => entry) });
    expect(harness.mailbox.texts()).toEqual(['one', 'two', 'three']);
  });

  it('stops at a message that is not taken, so that none behind it overtakes; other people are served', async () => {
    const other = harness.server.user('966500000009');
    const entry = [harness.person, harness.person, other].flatMap(
      (person, index) =>
        person.writes({ type: 'text', text: { body: `${index}` } }, { id: `wamid.s${index}`, at: 1000 + index }).entry,
    );
    harness.mailbox.refuse(1, { type: 'full' });
    expect(await harness.server.post({ entry })).toBe(503);
    expect(harness.mailbox.texts()).toEqual(['2']);
    expect(await harness.server.post({ entry })).toBe(200);
    expect(harness.mailbox.texts()).toEqual(['2', '0', '1']);
  });

  it('for another number of the same app is left alone', async () => {
    const delivery = harness.person.writes(payload('text'));
    for (const { value } of delivery.entry.flatMap(({ changes }) => changes))
      value['metadata'] = { phone_number_id: '999' };
    expect(await harness.server.post(delivery)).toBe(200);
    expect(harness.mailbox.attempts()).toBe(0);
  });
});

it('the same delivery ten times at once is one message', async () => {
  const delivery = harness.person.writes(payload('text'));
  const statuses = await Promise.all(Array.from({ length: 10 }, () => harness.server.post(delivery)));
  expect(new Set(statuses)).toEqual(new Set([200]));
  expect(harness.mailbox.texts()).toHaveLength(1);
});

it('a stopped channel has the delivery sent again', async () => {
  await harness.channel.stop();
  expect(await harness.server.post(harness.person.writes(payload('text')))).toBe(503);
  expect(harness.mailbox.attempts()).toBe(0);
});

describe('strange deliveries', () => {
  const json = fc.oneof(
    fc.json(),
    fc.anything().map((value) => JSON.stringify(value) ?? 'null'),
    fc.string({ unit: 'binary' }),
  );

  it('that are no JSON, or JSON of any other shape, never break anything, and nothing is kept', async () => {
    await fc.assert(
      fc.asyncProperty(json, async (raw) => {
        const bytes = raw.toWellFormed();
        expect([200, 400]).toContain(await harness.server.post(undefined, { raw: bytes }));
        expect(harness.mailbox.attempts()).toBe(0);
      }),
      { numRuns: 150 },
    );
  });

  const places = fc.constantFrom(
    'id',
    'from',
    'timestamp',
    'type',
    'text',
    'image',
    'interactive',
    'location',
    'contacts',
    'button',
  );
  const damage = fc.oneof(fc.jsonValue(), fc.constantFrom('\uD83D', '', '../..', 1e308, -1, null, [], {}));

  it('with one damaged field are answered, and what is kept of them is well-formed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...payloadNames()), places, damage, async (name, place, value) => {
        const delivery = harness.person.writes({ ...payload(name), [place]: value });
        // JSON with half a character in it, as a careless sender writes it.
        expect(await harness.server.post(delivery)).toBe(200);
      }),
      { numRuns: 300 },
    );
    for (const activity of harness.mailbox.messages()) expect((activity.text ?? '').isWellFormed()).toBe(true);
  });
});
