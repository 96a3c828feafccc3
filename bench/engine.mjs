// The conversation engine and the matcher alone, over the shipped content.
import { fileURLToPath } from 'node:url';
import { converse } from '../dist/conversation/converse.js';
import { createAssets } from '../dist/conversation/create-assets.js';
import { loadContent } from '../dist/flows/load.js';

const content = loadContent(fileURLToPath(new URL('..', import.meta.url)));
const limits = { messagesPerMinute: 1e9, messageLength: 4000 };

/** What a visit is made of: questions in dialect and in English, the menu, numbers, a form with a step back. */
const visit = [
  'السلام عليكم', 'كم تاخذ دراسة الطلب', 'وش الاوراق المطلوبه', 'القائمة', '1', 'وين موقعكم', 'عندي اقتراح', 'english',
  'what papers do I need?', 'عربي', 'قدم اقتراح', '٢', 'رجوع', '1', 'زيدوا مواعيد الاستقبال', 'ايه', 'شكرا',
]; // prettier-ignore

/** State in and out as JSON for each turn, as the mailbox does it. */
export function engineBench({ turns }) {
  const assets = createAssets(content, content.organisations.get('asseb'), limits);
  let state = 'null';
  const start = performance.now();
  for (let turn = 0; turn < turns; turn += 1) {
    const now = 1.8e12 + turn * 2000;
    const result = converse(assets, {
      state: JSON.parse(state),
      activity: message(turn, visit[turn % visit.length]),
      now,
    });
    state = JSON.stringify(result.state);
  }
  return { turnsPerSecond: Math.round(turns / ((performance.now() - start) / 1000)) };
}

export function matchBench({ questions }) {
  const start = performance.now();
  const { matcher } = createAssets(content, content.organisations.get('asseb'), limits);
  const trainMs = Math.round(performance.now() - start);
  const times = Array.from({ length: questions }, (_, index) => {
    const { ar } = content.faq[index % content.faq.length].questions;
    const begun = performance.now();
    matcher.match(`${ar[index % ar.length]} لو سمحت`, 'ar');
    return (performance.now() - begun) * 1000;
  }).toSorted((a, b) => a - b);
  return { trainMs, p50: Math.round(times[questions >> 1]), p95: Math.round(times[Math.floor(questions * 0.95)]) };
}

const message = (turn, text) => ({
  type: 'message',
  channelId: 'webchat',
  conversation: { id: 'c' },
  from: { id: 'p' },
  id: `m${turn}`,
  timestamp: '2026-11-21T06:00:00.000Z',
  role: 'user',
  text,
});
