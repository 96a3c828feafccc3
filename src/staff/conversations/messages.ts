import { z } from 'zod';
import { type Activity, fileIdOf } from '../../core/activity.js';
import type { MessageRecord, OutgoingItem } from '../../mailbox/record.js';
import type { DeskConversation } from '../../takeover/desk.js';
import { deliveryFields, deliveryShown, type Say } from '../delivery.js';
import { fields, isoOf } from '../fields.js';
import type { ConversationCallsContext } from './context.js';
import { publicId } from './id.js';

export const person = z.object({ id: z.string(), name: z.string() });

/** One line of a conversation. */
export const message = z
  .object({
    id: z.string(),
    sequence: z.int(),
    at: fields.time,
    role: z.enum(['user', 'bot', 'staff']),
    kind: z.string().meta({ description: '`message`, or what staff did: `staff/note`, `staff/taken` …' }),
    text: z.string(),
    by: person.nullable().meta({ description: 'Of what staff said or did' }),
    attachments: z.array(z.object({ name: z.string(), contentType: z.string(), path: z.string().nullable() })),
    ...deliveryFields,
  })
  .meta({ id: 'Message' });

/** What the channel has not taken yet. */
export const waitingMessage = message
  .omit({ sequence: true, delivery: true, problem: true })
  .extend({ tries: z.int(), next: fields.time.nullable().meta({ description: 'When it is tried again' }) })
  .meta({ id: 'WaitingMessage' });

export async function messageOf(
  calls: ConversationCallsContext,
  { activity, sequence, at, delivery, conversation }: MessageRecord,
  say: Say,
): Promise<z.infer<typeof message>> {
  return { ...(await wordsOf(calls, { conversation, activity, at })), sequence, ...deliveryShown(delivery, say) };
}

export function waitingIn(
  calls: ConversationCallsContext,
  { _id, outgoing }: DeskConversation,
): Promise<z.infer<typeof waitingMessage>[]> {
  const waiting = outgoing.filter(({ activity }) => activity.role !== 'user' && activity.type === 'message');
  return Promise.all(waiting.map((item) => waitingOf(calls, _id, item)));
}

async function waitingOf(
  calls: ConversationCallsContext,
  conversation: string,
  { activity, at, attempts, notBefore }: OutgoingItem,
): Promise<z.infer<typeof waitingMessage>> {
  const next = notBefore === 0 ? null : isoOf(notBefore);
  return { ...(await wordsOf(calls, { conversation, activity, at })), tries: attempts, next };
}

async function wordsOf(
  calls: ConversationCallsContext,
  { conversation, activity, at }: { conversation: string; activity: Activity; at: number },
) {
  const common = { id: activity.id, at: isoOf(at), role: activity.role };
  if (activity.type === 'message') {
    const { text = '', channelData: { speaker } = {} } = activity;
    const by = speaker === undefined ? null : { id: '', name: speaker };
    return { ...common, kind: activity.type, text, by, attachments: filesOf(conversation, activity) };
  }
  const { by, note } = activity.type === 'event' ? readMark(activity.value) : {};
  return {
    ...common,
    kind: activity.type === 'event' ? activity.name : activity.type,
    text: note ?? '',
    by: by === undefined ? null : await nameOf(calls, by),
    attachments: [],
  };
}

const filesOf = (conversation: string, { id, attachments = [] }: Extract<Activity, { type: 'message' }>) =>
  attachments.map((attachment, index) => ({
    name: attachment.name ?? '',
    contentType: attachment.contentType,
    path:
      fileIdOf(attachment) === undefined
        ? null
        : `/conversations/${publicId(conversation)}/messages/${encodeURIComponent(id)}/files/${index}`,
  }));

const markValue = z.object({ by: z.string().optional(), note: z.string().optional() });

const readMark = (value: unknown): z.infer<typeof markValue> => markValue.safeParse(value).data ?? {};

export const nameOf = async ({ accounts }: ConversationCallsContext, id: string) => ({
  id,
  name: (await accounts.findOne({ _id: id }))?.name ?? id,
});
