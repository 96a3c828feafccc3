import { z } from 'zod';
import type { Colleague } from '../../takeover/context.js';
import type { DeskConversation } from '../../takeover/desk.js';
import type { take } from '../../takeover/hold.js';
import type { AccountRecord } from '../account.js';
import type { Locale } from '../../language/matcher.js';
import { sayTo } from '../delivery.js';
import { problem, type Problem } from '../problem.js';
import type { ConversationCallsContext } from './context.js';
import { keyOf } from './id.js';
import { nameOf } from './messages.js';
import { detailsOf, windowOf } from './shapes.js';

/** Who may deal with conversations. */
export const handlers = ['officer', 'researcher', 'admin'] as const;
export const byId = z.strictObject({ id: z.string().min(1).max(1000) });
export const words = z.string().trim().min(1).max(4000);
export const about = ({ params }: { params: { id: string } }): string => keyOf(params.id);

/** The conversation as it is now, or why nothing was done. */
export async function answered(
  calls: ConversationCallsContext,
  request: { locale: Locale },
  result: Awaited<ReturnType<typeof take>>,
) {
  switch (result.type) {
    case 'unknown':
      return unknown();
    case 'not_yours':
      return notYours(calls, result.by);
    case 'done':
    case 'repeated':
      return detailsOf(calls, await fresh(calls, result.record), { say: sayTo(calls.takeover.t, request) });
    default:
      return result satisfies never;
  }
}

/** Nothing that we say would be taken: told before it is tried. */
export async function tooLate(calls: ConversationCallsContext, id: string): Promise<Problem | undefined> {
  const record = await calls.takeover.conversations.findOne({ _id: keyOf(id) });
  return record && windowOf(calls, record)?.open === false ? problem(409, 'staff.delivery.window_closed') : undefined;
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
