import { z } from 'zod';
import type { TaskRecord } from '../../mailbox/effects.js';
import { fields, isoOf } from '../fields.js';
import { listOf, pageQuery, readPage } from '../list.js';
import { problem } from '../problem.js';
import { defineCall, type Call } from '../route.js';
import type { RequestCallsContext } from './context.js';

const handlers = ['officer', 'researcher', 'admin'] as const;

const task = z
  .object({
    id: z.string(),
    at: fields.time,
    kind: z.string().meta({
      description:
        'call: somebody to be called, because a notice reached no channel or because they ask for it (then reason is the number of the submission); locked_code, turn_failed; disputed: `reason` is a request that its person never asked for',
    }),
    status: z.enum(['open', 'done']),
    conversation: z.string(),
    reason: z.string(),
  })
  .meta({ id: 'Task' });

/** What waits for a member of staff. */
export const taskCalls = ({ tasks }: RequestCallsContext): Call[] => [
  defineCall({
    method: 'get',
    path: '/tasks',
    summary: 'What waits for a member of staff, the oldest first',
    roles: handlers,
    query: z.strictObject({ status: z.enum(['open', 'done']).default('open'), ...pageQuery }),
    answer: listOf(task),
    async handle({ query: { status, ...page } }) {
      const found = await readPage(tasks, { filter: { status, at: { $gt: 0 } }, order: 'at', ...page });
      return { ...found, items: found.items.map(shown) };
    },
  }),
  defineCall({
    method: 'post',
    path: '/tasks/{id}/done',
    summary: 'Say that a task is done',
    roles: handlers,
    params: z.strictObject({ id: fields.id }),
    body: z.strictObject({}),
    answer: task,
    problems: [404],
    audit: { action: 'task_done', about: ({ params }) => params.id },
    async handle({ params: { id } }) {
      const done = await tasks.findOneAndUpdate({ _id: id }, { $set: { status: 'done' } });
      return done ? shown(done) : problem(404, 'request.refusal.unknown');
    },
  }),
];

const shown = ({ _id, at, kind, status, conversation, reason }: TaskRecord): z.infer<typeof task> => ({
  id: _id,
  at: isoOf(at),
  kind,
  status,
  conversation,
  reason,
});
