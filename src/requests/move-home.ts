import { conversationKey, offlineAddress } from '../core/activity.js';
import { derivedId } from '../core/ids.js';
import { changing } from './change.js';
import { usedLast } from './chats.js';
import type { RequestsContext } from './context.js';

export interface Leaving {
  id: string;
  at: number;
  /** `applicant`, or an account. */
  by: string;
  conversation: string;
  beneficiary: string;
}

/** What was followed in a chat that is the person's no longer is followed in another of theirs, or nowhere. */
export async function moveHome(
  context: RequestsContext,
  { id, at, by, conversation, beneficiary }: Leaving,
): Promise<void> {
  const followed = await context.requests.find({ conversation, submittedAt: { $gt: 0 } }, { limit: 100 });
  const others = (await context.chats.ofPerson(beneficiary)).filter(({ _id }) => _id !== conversation);
  const left = await usedLast(context, others);
  const address = left?.address ?? offlineAddress(beneficiary);
  for (const { _id } of followed.filter((record) => record.beneficiary === beneficiary)) {
    await changing(context, { _id, conversation }, ({ notices }) => ({
      type: 'change',
      event: { id: derivedId(id, _id), at, by, type: 'chat_unlinked' },
      set: {
        conversation: conversationKey(address),
        address,
        ...(notices.length > 0
          ? { notices: notices.map((notice) => ({ ...notice, activity: { ...notice.activity, ...address } })) }
          : {}),
      },
    }));
  }
}
