import { conversationKey, type Activity } from '../core/activity.js';
import { derivedId } from '../core/ids.js';
import type { Appended } from '../mailbox/accept.js';
import { usedLast } from '../requests/chats.js';
import type { RequestsContext } from '../requests/context.js';

/**
 * What becomes of a notice that a chat does not take: it is told in another chat of the same person, once; when there is
 * none, or that one does not take it either, staff are asked to call.
 */
export function createRedirect(context: RequestsContext, enqueue: (activity: Activity) => Promise<Appended>) {
  return async (task: string, notice: Activity): Promise<void> => {
    const conversation = conversationKey(notice);
    const chat = isRedirected(notice) ? undefined : await otherChat(context, notice);
    if (chat && notice.type === 'message') {
      const { recipient: _recipient, serviceUrl: _serviceUrl, replyToId: _replyToId, ...words } = notice;
      const { type } = await enqueue({
        ...words,
        ...chat.address,
        id: derivedId(notice.id, 'redirected'),
        channelData: { ...notice.channelData, redirected: true },
      });
      if (type !== 'unknown_conversation') return;
    }
    await context.task({ id: task, kind: 'call', conversation, reason: notice.id });
  };
}

const isRedirected = (notice: Activity): boolean =>
  notice.type === 'message' && notice.channelData?.redirected === true;

async function otherChat(context: RequestsContext, notice: Activity) {
  const conversation = conversationKey(notice);
  const offline = notice.channelId === 'offline' ? notice.conversation.id : undefined;
  const person = offline ?? (await context.chats.of(conversation))?.beneficiary;
  const chats = person === undefined ? [] : await context.chats.ofPerson(person);
  return usedLast(
    context,
    chats.filter(({ _id }) => _id !== conversation),
  );
}
