import { z } from 'zod';
import { sayTo } from '../delivery.js';
import { listOf, pageQuery, readPage } from '../list.js';
import { defineCall, type Call } from '../route.js';
import { about, byId, handlers, unknown } from './answered.js';
import type { ConversationCallsContext } from './context.js';
import { keyOf } from './id.js';
import { conversationDetails, conversationSummary, detailsOf, summaryOf } from './shapes.js';

/** Who waits, who has whom, and what was said. */
export const readingCalls = (calls: ConversationCallsContext): Call[] => [
  listConversations(calls),
  readConversation(calls),
];

const listConversations = (calls: ConversationCallsContext): Call =>
  defineCall({
    method: 'get',
    path: '/conversations',
    summary: 'Conversations: who waits, the longest first; what you have; those with the bot, put aside, given back',
    roles: handlers,
    query: z.strictObject({
      queue: z.enum(['waiting', 'mine', 'bot', 'snoozed', 'closed']).default('waiting'),
      ...pageQuery,
    }),
    answer: listOf(conversationSummary),
    async handle({ query: { queue, ...page }, account }) {
      const { conversations } = calls.takeover;
      const byOwner = { order: 'activeAt', newestFirst: true, ...page } as const;
      const byDesk = { order: 'desk.since', newestFirst: queue === 'closed', ...page };
      const found =
        queue === 'mine'
          ? await readPage(conversations, { filter: { owner: account._id, activeAt: { $gte: 0 } }, ...byOwner })
          : queue === 'bot'
            ? await readPage(conversations, { filter: { owner: 'bot', activeAt: { $gte: 0 } }, ...byOwner })
            : await readPage(conversations, {
                filter: { 'desk.status': queue, 'desk.since': { $gte: 0 } },
                ...byDesk,
              });
      return { ...found, items: await Promise.all(found.items.map((record) => summaryOf(calls, record))) };
    },
  });

const readConversation = (calls: ConversationCallsContext): Call =>
  defineCall({
    method: 'get',
    path: '/conversations/{id}',
    summary: 'One conversation with its last hundred lines; `before` a sequence gives those before it',
    roles: handlers,
    params: byId,
    query: z.strictObject({ before: z.coerce.number().int().positive().optional() }),
    answer: conversationDetails,
    problems: [404],
    audit: { action: 'conversation_seen', about },
    async handle({ params: { id }, query: { before }, request }) {
      const record = await calls.takeover.conversations.findOne({ _id: keyOf(id) });
      return record ? detailsOf(calls, record, { say: sayTo(calls.takeover.t, request), before }) : unknown();
    },
  });
