import { z } from 'zod';
import type { Colleague } from '../../takeover/context.js';
import type { DeskConversation } from '../../takeover/desk.js';
import type { take } from '../../takeover/hold.js';
import type { AccountRecord } from '../account.js';
import { problem, type Problem } from '../problem.js';
import type { ConversationCallsContext } from './context.js';
import { keyOf } from './id.js';
import { detailsOf, nameOf } from './shapes.js';

/** Who may deal with conversations. */
export const handlers = ['officer', 'researcher', 'admin'] as const;
export const byId = z.strictObject({ id: z.string().min(1).max(1000) });
export const words = z.string().trim().min(1).max(4000);
export const about = ({ params }: { params: { id: string } }): string => keyOf(params.id);

/** The conversation as it is now, or why nothing was done. */
export async function answered(calls: ConversationCallsContext, result: Awaited<ReturnType<typeof take>>) {
  switch (result.type) {
    case 'unknown':
      return unknown();
    case 'not_yours':
      return notYours(calls, result.by);
    case 'done':
    case 'repeated':
      return detailsOf(calls, await fresh(calls, result.record));
    default:
      return result satisfies never;
  }
}

/** What was just said may have arrived by now. */
const fresh = async ({ takeover }: ConversationCallsContext, record: DeskConversation): Promise<DeskConversation> =>
  (await takeover.conversations.findOne({ _id: record._id })) ?? record;

async function notYours(calls: ConversationCallsContext, by: string): Promise<Problem> {
  if (by === 'bot') return problem(409, 'takeover.refusal.returned', { owner: null });
  if (by === 'queue') return problem(409, 'takeover.refusal.waiting', { owner: null });
  const owner = await nameOf(calls, by);
  return problem(409, { key: 'takeover.refusal.taken', variables: { name: owner.name } }, { owner });
}

export const unknown = (): Problem => problem(404, 'takeover.refusal.unknown');

export const colleague = ({ _id, name, roles }: AccountRecord): Colleague => ({
  id: _id,
  name,
  admin: roles.includes('admin'),
});
