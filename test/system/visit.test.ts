import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../fixtures/app.js';
import { visit, type ChatActivity, type Visitor } from '../fixtures/visitor.js';

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
});

afterAll(() => app.close());

async function says(visitor: Visitor, text: string, value?: string): Promise<ChatActivity[]> {
  const id = await visitor.post({ type: 'message', text, ...(value === undefined ? {} : { value }) });
  return visitor.replies(id);
}

const stepOf = (replies: readonly ChatActivity[]) => replies.at(-1)?.channelData?.expects?.step;

describe('who closes the page and comes back', () => {
  it('finds the whole conversation, and goes on in the middle of a form', async () => {
    const before = await visit(app.base);
    await before.arrives();
    await says(before, 'قدّم اقتراحًا', 'start:suggestion');
    await says(before, '1');
    const seen = await before.history();

    const after = await visit(app.base, before.token);
    expect(after.conversationId).toBe(before.conversationId);
    await after.arrives();
    expect(await after.history()).toEqual(seen);
    expect(stepOf(await says(after, 'ليت الاستقبال يبدأ أبكر'))).toBe('mayContact');
  });

  it('goes on also when the server was restarted in between, and in the same language', async () => {
    const before = await visit(app.base);
    await before.arrives('en');
    expect((await says(before, 'Make a suggestion', 'start:suggestion'))[0]?.locale).toBe('en');
    await says(before, '2');
    const seen = await before.history();

    await app.restart();
    const after = await visit(app.base, before.token);
    expect(after.conversationId).toBe(before.conversationId);
    await after.arrives();
    expect(await after.history()).toEqual(seen);
    const replies = await says(after, 'Open an hour earlier in the morning');
    expect(stepOf(replies)).toBe('mayContact');
    const done = await says(after, 'yes');
    expect(done.map(({ text }) => text).join('\n')).toContain('Your suggestion has arrived');
    expect([...replies, ...done].map(({ locale }) => locale)).not.toContain('ar');
  });

  it('keeps the language that was chosen by the switch of the page', async () => {
    const before = await visit(app.base);
    await before.arrives();
    const id = await before.post({ type: 'event', name: 'webchat/language', value: 'en' });
    await before.replies(id);
    const after = await visit(app.base, before.token);
    expect((await says(after, 'menu'))[0]?.locale).toBe('en');
  });

  it('gets a conversation of its own with a token that is not ours', async () => {
    const before = await visit(app.base);
    const after = await visit(app.base, `${before.token}x`);
    expect(after.conversationId).not.toBe(before.conversationId);
    expect(await after.history()).toEqual([]);
  });

  it('hears a message once that the page has sent again after a restart', async () => {
    const visitor = await visit(app.base);
    await visitor.arrives();
    const message = { type: 'message', text: 'وين موقعكم', channelData: { clientActivityID: 'the first one' } };
    const id = await visitor.post(message);
    await visitor.replies(id);
    const seen = await visitor.history();
    await app.restart();
    const again = await visit(app.base, visitor.token);
    expect(await again.post(message)).toBe(id);
    const next = await again.post({ type: 'message', text: 'القائمة' });
    await again.replies(next);
    expect((await again.history()).slice(0, seen.length + 1)).toEqual([...seen, expect.objectContaining({ id: next })]);
  });
});
