import { z } from 'zod';
import type { MessageRecord } from '../../mailbox/record.js';
import { isHeld, queues, type DeskConversation } from '../../takeover/desk.js';
import { urgentReasons } from '../../takeover/call.js';
import { lastLines, previewOf, unansweredSince } from '../../takeover/lines.js';
import { localeOf } from '../../takeover/words.js';
import { fields, isoOf } from '../fields.js';
import type { ConversationCallsContext } from './context.js';
import { publicId } from './id.js';

const person = z.object({ id: z.string(), name: z.string() });

/**
 * A conversation in a list.
 * Sample: `{"id": "dGVsZWdyYW0vNzc", "channel": "telegram", "locale": "ar", "status": "waiting", "queue": "officer",
 * "reason": "asked", "waitingSince": "2026-11-22T06:00:00.000Z", "answerBy": "2026-11-22T07:00:00.000Z", "raised": false,
 * "urgent": false, "owner": null, "until": null, "preview": "ابي اكلم موظف"}`
 */
export const conversationSummary = z
  .object({
    id: z.string(),
    channel: z.string(),
    locale: z.enum(['ar', 'en']),
    status: z.enum(['bot', 'waiting', 'taken', 'snoozed', 'closed']),
    queue: z.enum(queues).nullable(),
    reason: z.string().nullable().meta({ description: 'Why it is, or was, before the staff' }),
    waitingSince: fields.time.nullable().meta({ description: 'Since when the person waits for a word of staff' }),
    answerBy: fields.time.nullable().meta({ description: 'What the person was told' }),
    raised: z.boolean().meta({ description: 'Nobody has answered in time' }),
    urgent: z.boolean(),
    owner: person.nullable().meta({ description: 'The member of staff who has it' }),
    until: fields.time.nullable().meta({ description: 'Of a snoozed one' }),
    preview: z.string().meta({ description: 'The beginning of the last message of the person or of staff' }),
  })
  .meta({ id: 'ConversationSummary' });

const message = z
  .object({
    id: z.string(),
    sequence: z.int(),
    at: fields.time,
    role: z.enum(['user', 'bot', 'staff']),
    kind: z.string().meta({ description: '`message`, or what staff did: `staff/note`, `staff/taken` …' }),
    text: z.string(),
    by: person.nullable().meta({ description: 'Of what staff said or did' }),
    attachments: z.array(z.object({ name: z.string(), contentType: z.string(), path: z.string().nullable() })),
    delivery: z.string().nullable().meta({ description: 'Of what was said: `sent`, `delivered`, `read`, or why not' }),
  })
  .meta({ id: 'Message' });

export const conversationDetails = conversationSummary
  .extend({
    name: z.string().nullable().meta({ description: 'As the channel shows the person' }),
    requests: z.array(z.string()).meta({ description: 'References of the support requests of this chat' }),
    messages: z.array(message).meta({ description: 'In order; the last ones, or those before `before`' }),
    more: z.boolean().meta({ description: 'There are earlier ones' }),
  })
  .meta({ id: 'Conversation' });

export type ConversationSummary = z.infer<typeof conversationSummary>;

export async function summaryOf(
  calls: ConversationCallsContext,
  record: DeskConversation,
): Promise<ConversationSummary> {
  const { desk, owner, address, _id } = record;
  const lines = await lastLines(calls.takeover.messages, _id, { limit: 30 });
  const status = isHeld(record) && desk?.status !== 'snoozed' ? 'taken' : (desk?.status ?? 'bot');
  const since = status === 'waiting' ? (desk?.since ?? null) : isHeld(record) ? unansweredSince(lines) : null;
  return {
    id: publicId(_id),
    channel: address.channelId,
    locale: localeOf(record),
    status,
    queue: desk?.queue ?? null,
    reason: desk?.reason ?? null,
    waitingSince: since === null ? null : isoOf(since),
    answerBy: desk && status === 'waiting' ? isoOf(desk.answerBy) : null,
    raised: desk?.raised ?? false,
    urgent: desk !== undefined && urgentReasons.has(desk.reason),
    owner: isHeld(record) ? await nameOf(calls, owner) : null,
    until: desk?.until === undefined ? null : isoOf(desk.until),
    preview: previewOf(lines),
  };
}

const pageLength = 100;

export async function detailsOf(
  calls: ConversationCallsContext,
  record: DeskConversation,
  before?: number,
): Promise<z.infer<typeof conversationDetails>> {
  const { _id, address } = record;
  const found = await lastLines(calls.takeover.messages, _id, {
    limit: pageLength + 1,
    ...(before === undefined ? {} : { before }),
  });
  const lines = found.slice(0, pageLength).toReversed();
  return {
    ...(await summaryOf(calls, record)),
    name: address.from.name ?? null,
    requests: await calls.requestsOf(_id),
    messages: await Promise.all(lines.map((line) => messageOf(calls, line))),
    more: found.length > pageLength,
  };
}

type Message = z.infer<typeof message>;

async function messageOf(calls: ConversationCallsContext, line: MessageRecord): Promise<Message> {
  const { activity, sequence, at, delivery, conversation } = line;
  const value = activity.type === 'event' ? readMark(activity.value) : {};
  const speaker = activity.type === 'message' ? activity.channelData?.speaker : undefined;
  return {
    id: activity.id,
    sequence,
    at: isoOf(at),
    role: activity.role,
    kind: activity.type === 'event' ? activity.name : activity.type,
    text: activity.type === 'message' ? (activity.text ?? '') : (value.note ?? ''),
    by:
      value.by === undefined
        ? speaker === undefined
          ? null
          : { id: '', name: speaker }
        : await nameOf(calls, value.by),
    attachments:
      activity.type === 'message'
        ? (activity.attachments ?? []).map(({ name = '', contentType, contentUrl }, index) => ({
            name,
            contentType,
            path: contentUrl?.startsWith('wasl-file:')
              ? `/conversations/${publicId(conversation)}/messages/${encodeURIComponent(activity.id)}/files/${index}`
              : null,
          }))
        : [],
    delivery: delivery === undefined ? null : delivery.status === 'failed' ? delivery.kind : delivery.status,
  };
}

const markValue = z.object({ by: z.string().optional(), note: z.string().optional() });

const readMark = (value: unknown): z.infer<typeof markValue> => markValue.safeParse(value).data ?? {};

export const nameOf = async ({ accounts }: ConversationCallsContext, id: string) => ({
  id,
  name: (await accounts.findOne({ _id: id }))?.name ?? id,
});
