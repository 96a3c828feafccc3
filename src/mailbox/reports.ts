import { conversationKey, type Address } from '../core/activity.js';
import { isNotice, refusedNotice } from './deliver.js';
import type { MailboxContext } from './context.js';
import { messageId, type Delivery } from './record.js';

/** What a provider tells of a message after it has taken it. */
export interface DeliveryReport extends Pick<Address, 'channelId' | 'conversation'> {
  activityId: string;
  delivery: Delivery;
}

export type Reported =
  | { type: 'recorded' }
  /** No such message was ever said. */
  | { type: 'unknown' }
  /** The message is still in the queue: its report is worth something once that is settled. */
  | { type: 'too_early' };

/** Writes a report down in the transcript, in whatever order and however often reports come. */
export async function report(
  context: MailboxContext,
  { activityId, delivery, ...about }: DeliveryReport,
): Promise<Reported> {
  const key = conversationKey(about);
  const id = messageId(key, activityId);
  let said = await context.transcript.delivered(id, delivery);
  if (!said) {
    const record = await context.conversations.findOne({ _id: key });
    if (record?.outgoing.some((item) => item.id === activityId)) return { type: 'too_early' };
    // Between the two looks it may have left the queue for the transcript.
    said = await context.transcript.delivered(id, delivery);
  }
  if (!said) return { type: 'unknown' };
  const { activity } = said;
  const lost = delivery.status === 'failed' && said.delivery?.status === 'failed';
  if (lost && isNotice(activity)) await context.perform([refusedNotice(context, activity)]);
  return { type: 'recorded' };
}
