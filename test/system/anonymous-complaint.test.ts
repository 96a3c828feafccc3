import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conversationKey } from '../../src/core/activity.js';
import { derivedId } from '../../src/core/ids.js';
import type { SubmissionRecord } from '../../src/inquiries/record.js';
import { messageId } from '../../src/mailbox/record.js';
import { openStore } from '../../src/store/open.js';
import type { Document } from '../../src/store/collection.js';
import { startApp, type TestApp } from '../fixtures/app.js';
import { everythingIn } from '../fixtures/everything.js';
import { visit, type Visitor } from '../fixtures/visitor.js';

const words = {
  what: 'الموظف فلان الفلاني طلب مني مالًا، ورقم هويتي ١٠٠٠٠٠٠٠٠٨ عندكم',
  id: '١٠٠٠٠٠٠٠٠٨',
  culprit: 'فلان الفلاني',
};

let app: TestApp;
let visitor: Visitor;
let said: string[];
let kept: { name: string; document: Document }[];

const says = async (text: string, value?: string): Promise<string> => {
  const id = await visitor.post({ type: 'message', text, ...(value === undefined ? {} : { value }) });
  await visitor.replies(id);
  return id;
};

/** Somebody complains without a name; then everything is read that the server has written. */
beforeAll(async () => {
  app = await startApp();
  visitor = await visit(app.base);
  await visitor.arrives();
  said = [
    await says('أقدّم شكوى', 'start:complaint'),
    await says('من غير اسم'),
    await says('١'),
    await says('قصير'),
    await says(words.what),
  ];
  await app.stop();
  const { DATA_DIR: dataFolder, MONGODB_URI: mongodbUri } = app.options.config;
  const { store } = await openStore({ dataFolder, ids: app.options.ids, ...(mongodbUri ? { mongodbUri } : {}) });
  kept = await everythingIn(store);
  await store.close();
});

afterAll(() => app.close());

const submission = (): SubmissionRecord => {
  const [only, ...others] = kept.filter(({ name }) => name === 'submissions');
  expect(others).toEqual([]);
  return only?.document as SubmissionRecord;
};

describe('a complaint without a name', () => {
  it('is kept, and the chat it was made in as well', () => {
    expect(submission()).toMatchObject({ form: 'complaint', status: 'open', conversation: null });
    expect(
      kept.some(({ name, document }) => name === 'conversations' && document._id.includes(visitor.conversationId)),
    ).toBe(true);
  });

  it.each(Object.entries(words))('is nowhere readable: %s', (_what, text) => {
    const holding = kept.filter(({ document }) => JSON.stringify(document).includes(text));
    expect(holding.map(({ name }) => name)).toEqual([]);
    expect(app.lines.filter((line) => line.includes(text))).toEqual([]);
  });

  it('names nothing of the chat: neither its ids nor those of its messages nor the moment', () => {
    const text = JSON.stringify(submission());
    const messages = kept.filter(({ name }) => name === 'messages').map(({ document }) => document);
    expect(messages.length).toBeGreaterThan(said.length);
    const moments = messages.map((message) => String((message as unknown as { at: number }).at));
    const traces = [visitor.conversationId, ...said, ...messages.map(({ _id }) => _id), ...moments];
    expect(traces.filter((trace) => text.includes(trace))).toEqual([]);
  });

  it('has an id that nobody can derive who knows the chat', () => {
    const key = conversationKey({ channelId: 'webchat', conversation: { id: visitor.conversationId } });
    const derivable = said.flatMap((id) => [
      messageId(key, id),
      ...Array.from({ length: 10 }, (_, index) => derivedId(key, id, String(index))),
    ]);
    expect(derivable).not.toContain(submission()._id);
  });

  it('is named by nothing else that was written', () => {
    const { _id, reference } = submission();
    const others = kept.filter(({ name }) => name !== 'submissions').map(({ document }) => JSON.stringify(document));
    expect(others.filter((text) => text.includes(_id) || text.includes(reference))).toEqual([]);
  });
});
