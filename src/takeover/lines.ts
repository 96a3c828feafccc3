import type { MessageRecord } from '../mailbox/record.js';
import type { Collection } from '../store/collection.js';

/** The last lines of a conversation, the newest first. */
export const lastLines = (
  messages: Collection<MessageRecord>,
  conversation: string,
  { before = Number.MAX_SAFE_INTEGER, limit }: { before?: number; limit: number },
): Promise<MessageRecord[]> =>
  messages.find({ conversation, sequence: { $gt: 0, $lt: before } }, { sort: { sequence: -1 }, limit });

/** Since when the person waits for a word of staff: their first message after the last one; null when they do not. */
export function unansweredSince(newestFirst: readonly MessageRecord[]): number | null {
  let since: number | null = null;
  for (const { activity, at } of newestFirst) {
    if (activity.type !== 'message') continue;
    if (activity.role === 'staff' && activity.channelData?.notice !== true) return since;
    if (activity.role === 'user') since = at;
  }
  return since;
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
