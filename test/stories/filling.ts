import { expect } from 'vitest';
import { eventually } from '../fixtures/eventually.js';
import { png } from '../fixtures/players.js';
import type { ChatActivity, Visitor } from '../fixtures/visitor.js';

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

/** Answers whatever is asked, by its type, until the form is done. */
export async function fillIn(visitor: Visitor): Promise<void> {
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
  return eventually(async () => {
    const said = (await visitor.history()).filter(({ from }) => from.role === 'bot');
    if (said.some(({ text }) => text?.includes('رقم طلبك في الرسالة التالية'))) return undefined;
    const last = said.findLast(({ channelData }) => channelData?.expects?.flow === 'support-request');
    if (!last || asked.has(last.id)) expect.fail('nothing new is asked');
    return last;
  });
}

export const all = async (visitor: Visitor): Promise<string> =>
  (await visitor.history())
    .filter(({ from }) => from.role === 'bot')
    .map(({ text }) => text)
    .join('\n');

/** Waits until these words are said; resolves to all that was. */
export const heard = (visitor: Visitor, words: string): Promise<string> =>
  eventually(async () => {
    const said = await all(visitor);
    expect(said).toContain(words);
    return said;
  });
