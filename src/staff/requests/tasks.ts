import { z } from 'zod';
import type { TaskRecord } from '../../mailbox/effects.js';
import { messageId } from '../../mailbox/record.js';
import { deliveryFields, deliveryShown, sayTo, type Say } from '../delivery.js';
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
    told: z
      .object({ text: z.string(), ...deliveryFields })
      .nullable()
      .meta({ description: 'Of a call: the notice that the person has not had, and why' }),
  })
  .meta({ id: 'Task' });

/** What waits for a member of staff. */
export const taskCalls = (calls: RequestCallsContext): Call[] => [
  defineCall({
    method: 'get',
    path: '/tasks',
    summary: 'What waits for a member of staff, the oldest first',
    roles: handlers,
    query: z.strictObject({ status: z.enum(['open', 'done']).default('open'), ...pageQuery }),
    answer: listOf(task),
    async handle({ query: { status, ...page }, request }) {
      const found = await readPage(calls.tasks, { filter: { status, at: { $gt: 0 } }, order: 'at', ...page });
      return { ...found, items: await shown(calls, found.items, sayTo(calls.context.t, request)) };
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
    async handle({ params: { id }, request }) {
      const done = await calls.tasks.findOneAndUpdate({ _id: id }, { $set: { status: 'done' } });
      const [finished] = done ? await shown(calls, [done], sayTo(calls.context.t, request)) : [];
      return finished ?? problem(404, 'request.refusal.unknown');
    },
  }),
];

async function shown(
  { messages }: RequestCallsContext,
  tasks: readonly TaskRecord[],
  say: Say,
): Promise<z.infer<typeof task>[]> {
  const lines = await messages.find({ _id: { $in: tasks.map(noticeOf) } });
  const said = new Map(lines.map((line) => [line._id, line]));
  return tasks.map((one) => {
    const line = said.get(noticeOf(one));
    return {
      id: one._id,
      at: isoOf(one.at),
      kind: one.kind,
      status: one.status,
      conversation: one.conversation,
      reason: one.reason,
      told:
        one.kind === 'call' && line?.activity.type === 'message'
          ? { text: line.activity.text ?? '', ...deliveryShown(line.delivery, say) }
          : null,
    };
  });
}

const noticeOf = ({ conversation, reason }: TaskRecord): string => messageId(conversation, reason);
