import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { startApp } from '../fixtures/app.js';
import { content } from '../fixtures/assets.js';
import { png } from '../fixtures/players.js';
import { adminEnvironment } from '../fixtures/staff.js';
import { visit, type ChatActivity, type Visitor } from '../fixtures/visitor.js';
import { openOffice } from '../stories/office.js';

const day = 24 * 60 * 60 * 1000;

/** What a willing person answers to each type of question. */
const answers: Record<string, string> = {
  text: 'جواب يكفي لهذا السؤال',
  'yes-no': 'نعم',
  choice: '1',
  number: '4',
  money: '3000',
  date: '1985-03-20',
  'saudi-id': '1000000008',
  'saudi-mobile': '0500000000',
  review: 'نعم',
};

describe.each([...content().organisations.keys()])('the support request of %s', (organisation) => {
  it('is filled in, studied, accepted after its fourteen days, and told', async () => {
    const clock = { shift: 0 };
    const environment = { ...adminEnvironment, ORGANISATION: organisation, QUIET_HOURS: 'none', QUIET_FRIDAY: 'none' };
    const now = () => Date.now() + clock.shift;
    const app = await startApp(environment, { clock: { now }, beatMs: 50 });
    try {
      const visitor = await visit(app.base);
      await visitor.arrives();
      await visitor.post({ type: 'message', value: 'start:support-request' });
      await fillIn(visitor);
      const reference = /[A-Z]{3}-\w{4}-\w/.exec(await heard(visitor, 'ورقمه'))?.[0] ?? '';
      expect(reference.slice(0, 3)).toBe(content().organisations.get(organisation)?.prefix);
      const office = await openOffice(() => app.base);
      await office.moves(reference, { to: 'verification' });
      await office.moves(reference, { to: 'committee' });
      await office.decides(reference, { decision: 'accept', reason: 'مستحق بعد الدراسة' });
      clock.shift = 13.9 * day;
      await pause(200);
      // The page comes back with the token that it kept.
      expect(await all(await visit(app.base, visitor.token))).not.toContain('نبشّرك');
      clock.shift = 14.1 * day;
      await heard(await visit(app.base, visitor.token), 'مستحق بعد الدراسة');
    } finally {
      await app.close();
    }
  }, 60_000);
});

/** Answers whatever is asked, by its type, until the form is done. */
async function fillIn(visitor: Visitor): Promise<void> {
  const asked = new Set<string>();
  for (let questions = 0; questions < 60; questions += 1) {
    const question = await nextQuestion(visitor, asked);
    const expects = question?.channelData?.expects;
    if (!question || !expects) return;
    asked.add(question.id);
    if (expects.type === 'attachments') await sendPapers(visitor, question);
    else if (expects.type === 'declaration') await say(visitor, expects.choices ? 'نعم' : 'نورة سالم العنزي');
    else await say(visitor, answers[expects.type] ?? '');
  }
  expect.fail('The form has no end');
}

/** A photo for each paper that is asked for. */
async function sendPapers(visitor: Visitor, { text = '', suggestedActions }: ChatActivity): Promise<void> {
  const [first] = suggestedActions?.actions ?? [];
  if (text.includes('أي ورقة') && first) await visitor.post({ type: 'message', text: first.title, value: first.value });
  else if (suggestedActions?.actions.some(({ title }) => title === 'انتهيت')) await say(visitor, 'انتهيت');
  else await visitor.uploads({ name: 'ورقة.png', bytes: png });
}

const say = (visitor: Visitor, text: string) => visitor.post({ type: 'message', text });

/** Undefined when nothing more is asked. */
async function nextQuestion(visitor: Visitor, asked: ReadonlySet<string>): Promise<ChatActivity | undefined> {
  for (;;) {
    const said = (await visitor.history()).filter(({ from }) => from.role === 'bot');
    if (said.some(({ text }) => text?.includes('رقم طلبك في الرسالة التالية'))) return undefined;
    const last = said.findLast(({ channelData }) => channelData?.expects?.flow === 'support-request');
    if (last && !asked.has(last.id)) return last;
    await pause(10);
  }
}

const all = async (visitor: Visitor): Promise<string> =>
  (await visitor.history())
    .filter(({ from }) => from.role === 'bot')
    .map(({ text }) => text)
    .join('\n');

async function heard(visitor: Visitor, words: string): Promise<string> {
  for (let tries = 0; tries < 400; tries += 1) {
    const said = await all(visitor);
    if (said.includes(words)) return said;
    await pause(25);
  }
  return expect.fail(`never heard ${words}; heard:\n${await all(visitor)}`);
}
