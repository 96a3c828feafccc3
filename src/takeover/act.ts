import type { Activity } from '../core/activity.js';
import type { Filter } from '../store/collection.js';
import type { TakeoverContext } from './context.js';
import type { Desk, DeskConversation } from './desk.js';

/** One step of a conversation before the staff: owner, place and words change in one write. */
export interface Step {
  type: 'step';
  /** As it is afterwards; unchanged when not given. */
  owner?: string;
  desk?: Desk;
  hear?: readonly Activity[];
  say?: readonly Activity[];
  /** What consoles hear of it. */
  change: DeskChange;
}

export type DeskChange =
  'waiting' | 'taken' | 'message' | 'note' | 'transferred' | 'returned' | 'snoozed' | 'woken' | 'raised';

export type Acted<Refusal> =
  | { type: 'done'; record: DeskConversation }
  /** It was done before: the message is there already. */
  | { type: 'repeated'; record: DeskConversation }
  | { type: 'unknown' }
  | Refusal;

/**
 * `decide` sees the conversation as it is; when somebody else changes who has it in between, it is asked again. So of two
 * who act at once one wins, and the other one is judged anew.
 */
export async function act<Refusal extends { type: string } = never>(
  context: TakeoverContext,
  conversation: string,
  decide: (record: DeskConversation) => Step | Refusal,
): Promise<Acted<Refusal>> {
  for (;;) {
    const record = await context.conversations.findOne({ _id: conversation });
    if (!record) return { type: 'unknown' };
    const step = decide(record);
    if (!isStep(step)) return step;
    const { owner, desk, hear = [], say = [], change } = step;
    const outcome = await context.intervene(conversation, {
      when: standing(record),
      set: { ...(owner === undefined ? {} : { owner }), ...(desk ? { desk } : {}) },
      hear,
      say,
    });
    if (outcome.type === 'refused') continue;
    if (outcome.type === 'done') await context.events.emit({ type: 'conversation', change, about: conversation });
    if (outcome.type === 'done' && change === 'returned') await context.returned(conversation, desk?.since ?? 0);
    return { type: outcome.type, record: outcome.record };
  }
}

const isStep = (step: { type: string }): step is Step => step.type === 'step';

/** Whoever changes the place of a conversation changes one of these. */
const standing = ({ owner, desk }: DeskConversation): Filter => ({
  owner,
  'desk.status': desk?.status ?? null,
  'desk.since': desk?.since ?? null,
  'desk.raised': desk?.raised ?? null,
});
