import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import { contentTypes, type MessageActivity } from '../../../../src/core/activity.js';
import type { GraphMessage } from '../../../fixtures/graph-server/server.mjs';
import { reply, startHarness, type Harness } from './harness.js';

let harness: Harness;

beforeEach(async () => {
  harness = await startHarness();
  harness.server.holdReports();
});
afterEach(() => harness.close());

async function seen(more: Partial<MessageActivity>, text = 'وش تحتاج؟'): Promise<GraphMessage[]> {
  const before = harness.person.messages.length;
  await harness.channel.send(reply(text, more));
  return harness.person.messages.slice(before);
}

const offer = (titles: readonly string[]): Partial<MessageActivity> => ({
  suggestedActions: { actions: titles.map((title, index) => ({ type: 'postBack', title, value: `v${index + 1}` })) },
});
const numbers = (count: number): string[] => Array.from({ length: count }, (_, index) => `خيار ${index + 1}`);

describe('choices', () => {
  it.each([
    [1, 'button'],
    [3, 'button'],
    [4, 'list'],
    [10, 'list'],
  ])('%i of them are a %s', async (count, kind) => {
    const [message] = await seen(offer(numbers(count)));
    expect(message).toMatchObject({ kind, text: 'وش تحتاج؟' });
    expect(message?.choices.map(({ title, id }) => [title, id])).toEqual(
      numbers(count).map((title, index) => [title, `v${index + 1}`]),
    );
  });

  it('more than ten are numbered lines', async () => {
    const [message] = await seen(offer(numbers(11)));
    expect(message).toMatchObject({ type: 'text', choices: [] });
    expect(message?.text).toContain('١١. خيار 11');
  });

  it('too long for a button are a list, and the row tells the whole', async () => {
    const long = 'مساعدة في مصاريف المعيشة لهذا الشهر';
    const [message] = await seen(offer([long, 'لا']));
    expect(message?.kind).toBe('list');
    expect(message?.choices[0]).toMatchObject({ description: long });
    expect(message?.choices[0]?.title).toMatch(/^مساعدة في مصاريف.*…$/);
  });

  it('are a list when the text is too long for buttons, and follow the last part of one that is longer still', async () => {
    expect((await seen(offer(['نعم', 'لا']), 'ن'.repeat(1025)))[0]).toMatchObject({ kind: 'list' });
    const parts = await seen(offer(['نعم', 'لا']), 'كلمة '.repeat(1500));
    expect(parts.map(({ choices }) => choices.length)).toEqual([0, 2]);
  });

  it('that cannot come back as they are, are numbered', async () => {
    const value = 'v'.repeat(300);
    const [message] = await seen({ suggestedActions: { actions: [{ type: 'postBack', title: 'نعم', value }] } });
    expect(message?.text).toContain('١. نعم');
  });

  it('that look the same on buttons stand in a list, which may', async () => {
    const [message] = await seen(offer(['نعم ', 'نعم']), 'موافق؟');
    expect(message).toMatchObject({ kind: 'list', choices: [{ title: 'نعم' }, { title: 'نعم' }] });
  });

  it('without a sentence get one', async () => {
    expect((await seen(offer(['نعم']), ''))[0]?.text).toBe('اختر من هنا');
  });

  it('and texts of any content keep every limit of the API', async () => {
    const piece = fc.constantFrom('أ', '👨‍👩‍👧‍👦', ' ', '\n', '\uD83D', 'كلمة طويلة ', 'ـ'.repeat(300));
    const words = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''));
    await fc.assert(
      fc.asyncProperty(words, fc.array(words, { maxLength: 12 }), async (text, titles) => {
        harness.clock.advance(600_000);
        // The server refuses what breaks a limit.
        for (const message of await seen(offer(titles), text)) expect(message.text.isWellFormed()).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

describe('other things', () => {
  it('quote the message that they answer', async () => {
    expect((await seen({ replyToId: 'wamid.HBgMOTY2' }))[0]?.quotes).toBe('wamid.HBgMOTY2');
    expect((await seen({ replyToId: 'an-id-of-our-own' }))[0]?.quotes).toBeUndefined();
  });

  it('are texts cut at the end of a sentence when they are longer than a message', async () => {
    const text = 'هذه جملة طويلة بعض الشيء. '.repeat(400).trim();
    const parts = await seen({}, text);
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.map((part) => part.text).join(' ')).toBe(text);
    for (const part of parts) expect(part.text).toMatch(/\.$/);
  });

  it('are cards and links as text, locations as locations', async () => {
    const parts = await seen({
      attachments: [
        { contentType: contentTypes.card, content: { title: 'العنوان', text: 'السطر' } },
        { contentType: 'application/pdf', contentUrl: 'https://example.org/a.pdf', name: 'اللائحة' },
        { contentType: contentTypes.location, content: { latitude: 29.97, longitude: 40.2 } },
      ],
    });
    expect(parts.map(({ type }) => type)).toEqual(['location', 'text']);
    expect(parts[1]?.text).toMatch(/وش تحتاج؟[^]*العنوان\nالسطر[^]*https:\/\/example\.org\/a\.pdf/);
  });

  it('are files that were uploaded, with their names', async () => {
    const bytes = Buffer.from('%PDF-1.7 a paper');
    const { id } = await harness.mailbox.ports.files.save(chunks(bytes), { name: 'قرار.pdf' });
    const parts = await seen({
      attachments: [{ contentType: 'application/pdf', contentUrl: `wasl-file:${id}`, name: 'قرار.pdf' }],
    });
    expect(parts[0]).toMatchObject({ type: 'document', filename: 'قرار.pdf', media: { type: 'application/pdf' } });
    expect(Buffer.from(parts[0]?.media?.bytes ?? [])).toEqual(bytes);
  });
});

// oxlint-disable-next-line require-await -- a stream of one piece
async function* chunks(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}
