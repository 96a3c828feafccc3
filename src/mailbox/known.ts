import type { Filter } from '../store/collection.js';
import type { MailboxContext } from './context.js';
import type { ConversationRecord } from './record.js';

/**
 * Of these ids, those that the conversation as it was read, or its transcript, knows. A message goes from the inbox to what
 * is to be said and on to the transcript, and is there before it is taken away here: who reads the conversation first and
 * the transcript then misses none on its way, however many came after it.
 */
export async function knownIds(
  { transcript }: Pick<MailboxContext, 'transcript'>,
  { key, record, ids }: { key: string; record: ConversationRecord | undefined; ids: readonly string[] },
): Promise<ReadonlySet<string>> {
  const here = new Set(record && idsIn(record));
  const known = ids.filter((id) => here.has(id));
  const others = ids.filter((id) => !here.has(id));
  return new Set([...known, ...(await transcript.known(key, others))]);
}

/**
 * Holds of a conversation that knows none of them at the moment of the write. It remembers the ids of the last messages
 * only; while the last one of those that were read is among them, none that came since is forgotten.
 */
export const withoutIds = (ids: readonly string[], { seen }: Pick<ConversationRecord, 'seen'>): Filter => ({
  seen: { $nin: ids, ...(seen.length > 0 ? { $in: seen.slice(-1) } : {}) },
  'inbox.id': { $nin: ids },
  'outgoing.id': { $nin: ids },
});

const idsIn = ({ seen, inbox, outgoing }: ConversationRecord): string[] => [
  ...seen,
  ...[...inbox, ...outgoing].map(({ id }) => id),
];
