import { z } from 'zod';
import { queues } from '../../takeover/desk.js';
import { giveBack, snooze, take, transfer } from '../../takeover/hold.js';
import { fields } from '../fields.js';
import { problem } from '../problem.js';
import { defineCall, type Call } from '../route.js';
import { about, answered, byId, colleague, handlers, words } from './answered.js';
import type { ConversationCallsContext } from './context.js';
import { keyOf } from './id.js';
import { readingCalls } from './lists.js';
import { conversationDetails } from './shapes.js';
import { speakingCalls } from './words.js';

/** What staff do with conversations. */
export const conversationCalls = (calls: ConversationCallsContext): Call[] => [
  ...readingCalls(calls),
  takeConversation(calls),
  ...speakingCalls(calls),
  transferConversation(calls),
  snoozeConversation(calls),
  returnConversation(calls),
];

const takeConversation = (calls: ConversationCallsContext): Call =>
  defineCall({
    method: 'post',
    path: '/conversations/{id}/take',
    summary: 'Take a conversation; the bot is silent from now on. 409 names who has it',
    roles: handlers,
    params: byId,
    body: z.strictObject({}),
    answer: conversationDetails,
    problems: [404, 409],
    audit: { action: 'conversation_taken', about },
    handle: async ({ params, account, request }) =>
      answered(calls, request, await take(calls.takeover, keyOf(params.id), colleague(account))),
  });

const transferConversation = (calls: ConversationCallsContext): Call =>
  defineCall({
    method: 'post',
    path: '/conversations/{id}/transfer',
    summary: 'Pass it on to a colleague, or into a queue, with a note; the bot stays silent',
    roles: handlers,
    params: byId,
    body: z.strictObject({
      to: z.union([z.strictObject({ account: fields.id }), z.strictObject({ queue: z.enum(queues) })]),
      note: words.optional(),
    }),
    answer: conversationDetails,
    problems: [404, 409, 422],
    audit: { action: 'conversation_transferred', about },
    async handle({ params, body: { to, note: why }, account, request }) {
      if ('account' in to && !(await mayHold(calls, to.account))) return problem(422, 'takeover.refusal.colleague');
      const step = { by: colleague(account), to, ...(why === undefined ? {} : { note: why }) };
      return answered(calls, request, await transfer(calls.takeover, keyOf(params.id), step));
    },
  });

async function mayHold({ accounts }: ConversationCallsContext, id: string): Promise<boolean> {
  const account = await accounts.findOne({ _id: id });
  return account?.status === 'active' && account.roles.some((role) => (handlers as readonly string[]).includes(role));
}

const snoozeConversation = (calls: ConversationCallsContext): Call =>
  defineCall({
    method: 'post',
    path: '/conversations/{id}/snooze',
    summary: 'Put it aside until a moment, or until the person writes',
    roles: handlers,
    params: byId,
    body: z.strictObject({ until: fields.time }),
    answer: conversationDetails,
    problems: [404, 409, 422],
    audit: { action: 'conversation_snoozed', about },
    async handle({ params, body, account, request }) {
      const until = Date.parse(body.until);
      if (until <= calls.takeover.clock.now()) return problem(422, 'takeover.refusal.past');
      const step = { by: colleague(account), until };
      return answered(calls, request, await snooze(calls.takeover, keyOf(params.id), step));
    },
  });

const returnConversation = (calls: ConversationCallsContext): Call =>
  defineCall({
    method: 'post',
    path: '/conversations/{id}/return',
    summary: 'Give it back to the bot, which tells the person and goes on where a form stopped',
    roles: handlers,
    params: byId,
    body: z.strictObject({}),
    answer: conversationDetails,
    problems: [404, 409],
    audit: { action: 'conversation_returned', about },
    handle: async ({ params, account, request }) =>
      answered(calls, request, await giveBack(calls.takeover, keyOf(params.id), colleague(account))),
  });
