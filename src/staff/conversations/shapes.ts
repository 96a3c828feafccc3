import { z } from 'zod';
import { openUntil } from '../../mailbox/record.js';
import { isHeld, queues, type DeskConversation } from '../../takeover/desk.js';
import { urgentReasons } from '../../takeover/call.js';
import { lastLines, previewOf, unansweredSince } from '../../takeover/lines.js';
import { localeOf } from '../../takeover/words.js';
import { fields, isoOf } from '../fields.js';
import type { Say } from '../delivery.js';
import type { ConversationCallsContext } from './context.js';
import { publicId } from './id.js';
import { message, messageOf, nameOf, person, waitingIn, waitingMessage } from './messages.js';

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

export const conversationDetails = conversationSummary
  .extend({
    name: z.string().nullable().meta({ description: 'As the channel shows the person' }),
    requests: z.array(z.string()).meta({ description: 'References of the support requests of this chat' }),
    window: z
      .object({ open: z.boolean(), until: fields.time })
      .nullable()
      .meta({ description: 'Until when the channel takes words of ours; null where it always does, or nobody knows' }),
    messages: z.array(message).meta({ description: 'In order; the last ones, or those before `before`' }),
    waiting: z.array(waitingMessage).meta({ description: 'Said, and not yet taken by the channel' }),
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
  { say, before }: { say: Say; before?: number | undefined },
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
    window: windowOf(calls, record),
    messages: await Promise.all(lines.map((line) => messageOf(calls, line, say))),
    waiting: await waitingIn(calls, record),
    more: found.length > pageLength,
  };
}

/** Of a channel that takes words of ours only for a while after the person's. */
export function windowOf(
  { windowMs, takeover: { clock } }: ConversationCallsContext,
  record: DeskConversation,
): { open: boolean; until: string } | null {
  const until = openUntil(record, windowMs(record.address.channelId));
  return until === undefined ? null : { open: clock.now() < until, until: isoOf(until) };
}
