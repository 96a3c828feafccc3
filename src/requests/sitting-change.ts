import type { Clock } from '../core/clock.js';
import type { Collection } from '../store/collection.js';
import type { RequestsContext } from './context.js';
import type { SittingEvent, SittingRecord } from './sitting-record.js';

/** What the committee's work stands on. Handed in by `app.ts`. */
export interface CommitteeContext extends RequestsContext {
  sittings: Collection<SittingRecord>;
  /** Whether this is the account of somebody who may sit on the committee now. */
  isMember(account: string): Promise<boolean>;
  /** How the minutes call a member. */
  nameOf(account: string): Promise<string>;
}

export interface Amendment {
  type: 'change';
  event: Omit<SittingEvent, 'at'>;
  set: Partial<SittingRecord>;
}

export type Amended<Refusal> = { type: 'changed'; sitting: SittingRecord } | { type: 'unknown' } | Refusal;

/**
 * Changes a sitting by one atomic update. `decide` sees it as it is, and is asked again when somebody else was faster:
 * every change adds an event.
 */
export async function amending<Refusal extends { type: string }>(
  { sittings, clock }: { sittings: Collection<SittingRecord>; clock: Clock },
  id: string,
  decide: (sitting: SittingRecord) => Amendment | Refusal,
): Promise<Amended<Refusal>> {
  for (;;) {
    const sitting = await sittings.findOne({ _id: id });
    if (!sitting) return { type: 'unknown' };
    const decision = decide(sitting);
    if (!isAmendment(decision)) return decision;
    const changed = await sittings.findOneAndUpdate(
      { _id: id, [`events.${sitting.events.length}`]: { $exists: false } },
      { $set: { ...decision.set }, $push: { events: { at: clock.now(), ...decision.event } } },
    );
    if (changed) return { type: 'changed', sitting: changed };
  }
}

const isAmendment = (decision: { type: string }): decision is Amendment => decision.type === 'change';
