import { isMessage } from '../core/activity.js';
import { isNotice } from '../mailbox/deliver.js';
import type { MessageRecord } from '../mailbox/record.js';
import type { Collection } from '../store/collection.js';

/** The last lines of a conversation, the newest first. */
export const lastLines = (
  messages: Collection<MessageRecord>,
  conversation: string,
  { before = Number.MAX_SAFE_INTEGER, limit }: { before?: number; limit: number },
): Promise<MessageRecord[]> =>
  messages.find({ conversation, sequence: { $gt: 0, $lt: before } }, { sort: { sequence: -1 }, limit });

/**
 * Since when the person waits for a word of staff: their first message that came after the last one was written; null when
 * they do not. A word may have waited for its channel, and stand behind what it does not answer.
 */
export function unansweredSince(newestFirst: readonly MessageRecord[]): number | null {
  const messages = newestFirst.filter(({ activity }) => isMessage(activity) && !isNotice(activity));
  const words = messages.filter(({ activity }) => activity.role === 'staff').map(({ at }) => at);
  const last = Math.max(-Infinity, ...words);
  const waiting = messages.filter(({ activity, at }) => activity.role === 'user' && at > last);
  return waiting.at(-1)?.at ?? null;
}

const longest = 120;

/** The beginning of the last message that the person or staff wrote; empty when there is none. */
export function previewOf(newestFirst: readonly MessageRecord[]): string {
  const last = newestFirst.find(({ activity }) => activity.type === 'message' && activity.role !== 'bot');
  if (last?.activity.type !== 'message') return '';
  const text = last.activity.text ?? '';
  const signs = Array.from(text);
  return signs.length > longest ? `${signs.slice(0, longest).join('')}…` : text;
}
