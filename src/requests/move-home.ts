import { conversationKey, offlineAddress, type Address } from '../core/activity.js';
import { derivedId } from '../core/ids.js';
import type { Notice } from '../core/notice.js';
import { changing } from './change.js';
import { usedLast } from './chats.js';
import type { RequestsContext } from './context.js';
import type { RequestRecord } from './record.js';

export interface Leaving {
  id: string;
  at: number;
  /** `applicant`, or an account. */
  by: string;
  conversation: string;
  beneficiary: string;
}

/**
 * What was followed in a chat that is the person's no longer is followed in another of theirs, or nowhere; and what waits to
 * be told there is told where the others are.
 */
export async function moveHome(
  context: RequestsContext,
  { id, at, by, conversation, beneficiary }: Leaving,
): Promise<void> {
  const others = (await context.chats.ofPerson(beneficiary)).filter(({ _id }) => _id !== conversation);
  const left = await usedLast(context, others);
  const address = left?.address ?? offlineAddress(beneficiary);
  const isFollowedHere = (record: RequestRecord): boolean => record.conversation === conversation;
  const isToldHere = ({ activity }: Notice): boolean => conversationKey(activity) === conversation;
  const own = await context.requests.find({ beneficiary, submittedAt: { $gt: 0 } }, { limit: 100 });
  for (const { _id } of own.filter((record) => isFollowedHere(record) || record.notices.some(isToldHere))) {
    await changing(context, { _id }, (record) => ({
      type: 'change',
      event: { id: derivedId(id, _id), at, by, type: 'chat_unlinked' },
      set: {
        ...(isFollowedHere(record) ? { conversation: conversationKey(address), address } : {}),
        ...(record.notices.some(isToldHere)
          ? { notices: record.notices.map((notice) => (isToldHere(notice) ? readdressed(notice, address) : notice)) }
          : {}),
      },
    }));
  }
}

const readdressed = (notice: Notice, address: Address): Notice => ({
  ...notice,
  activity: { ...notice.activity, ...address },
});
