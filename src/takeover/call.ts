import type { PersonWanted } from '../conversation/effects.js';
import { act } from './act.js';
import type { TakeoverContext } from './context.js';
import { queueFor, type Desk } from './desk.js';

/** What a turn caused: a person is wanted. */
export interface Called {
  /** Derived from the turn. */
  id: string;
  effect: PersonWanted;
  conversation: string;
  at: number;
}

/** Reasons that may not wait behind the others. */
export const urgentReasons: ReadonlySet<string> = new Set(['danger', 'low_mood']);

/** Puts a conversation into the queue, once for each id. Who waits already keeps the place, unless it is urgent now. */
export async function callStaff(context: TakeoverContext, { id, effect, conversation, at }: Called): Promise<void> {
  const { reason, answerBy } = effect;
  await act<Nothing>(context, conversation, (record) => {
    if (record.owner !== 'bot' || record.desk?.id === id) return { type: 'nothing' };
    const waits = record.desk?.status === 'waiting' ? record.desk : undefined;
    if (waits && (urgentReasons.has(waits.reason) || !urgentReasons.has(reason))) return { type: 'nothing' };
    const fresh: Desk = { id, status: 'waiting', since: at, queue: queueFor(reason), reason, answerBy, raised: false };
    const desk = waits ? { ...fresh, since: waits.since, answerBy: waits.answerBy } : fresh;
    return { type: 'step', desk, change: 'waiting' };
  });
}

interface Nothing {
  type: 'nothing';
}
