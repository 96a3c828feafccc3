import { derivedId } from '../core/ids.js';
import { changing, type Change, type Changed } from './change.js';
import type { RequestRecord } from './record.js';
import type { RequestsContext } from './context.js';
import { amending, type Amended, type CommitteeContext } from './sitting-change.js';
import type { DecisionRecord, SittingRecord, SittingStatus } from './sitting-record.js';

export type ReleaseRefusal =
  | { type: 'not_closed'; status: SittingStatus }
  /** Whoever closed it does not release it. */
  | { type: 'same_person' }
  | { type: 'already_released' };

/**
 * Releases what a closed sitting decided: each outcome then waits in its request for its day. First the sitting says
 * `releasing`, with who and when, in one update that only one releaser wins; then every request takes its decision, under
 * an event whose id is derived from sitting and request, so that it takes it once; `released` is said last. Whoever dies
 * in between leaves `releasing` behind, and `resumeReleases`, or the same call again, does the rest.
 */
export async function releaseSitting(context: Releasing, id: string, by: string): Promise<Amended<ReleaseRefusal>> {
  const begun = await amending<ReleaseRefusal>(context, id, ({ status, closedBy }) => {
    if (status === 'releasing' || status === 'released') return { type: 'already_released' };
    if (status !== 'closed') return { type: 'not_closed', status };
    if (closedBy === by) return { type: 'same_person' };
    return {
      type: 'change',
      event: { by, type: 'release_begun' },
      set: { status: 'releasing', releasedBy: by, releasedAt: context.clock.now() },
    };
  });
  if (begun.type === 'changed') return { type: 'changed', sitting: await finish(context, begun.sitting) };
  const sitting = begun.type === 'already_released' ? await context.sittings.findOne({ _id: id }) : undefined;
  if (sitting?.status !== 'releasing') return begun;
  const finished = await finish(context, sitting);
  return finished.releasedBy === by ? { type: 'changed', sitting: finished } : begun;
}

type Releasing = RequestsContext & Pick<CommitteeContext, 'sittings'>;

/** Finishes the releases that somebody began and did not live to finish. For the clockwork, and for the start. */
export async function resumeReleases(context: Releasing): Promise<number> {
  const begun = await context.sittings.find({ status: 'releasing' });
  for (const sitting of begun) await finish(context, sitting);
  return begun.length;
}

async function finish(context: Releasing, sitting: SittingRecord): Promise<SittingRecord> {
  for (const decision of sitting.decisions) await hand(context, sitting, decision);
  const done = await amending<{ type: 'done' }>(context, sitting._id, ({ status, releasedBy }) =>
    status === 'released'
      ? { type: 'done' }
      : { type: 'change', event: { by: releasedBy ?? 'system', type: 'released' }, set: { status: 'released' } },
  );
  context.wake();
  return done.type === 'changed' ? done.sitting : { ...sitting, status: 'released' };
}

/** Hands a decision over to its request, once. */
async function hand(context: Releasing, sitting: SittingRecord, decision: DecisionRecord): Promise<void> {
  const { reference } = decision;
  const handed = await changing<{ type: 'left' }>(context, { reference }, (record) => {
    const change = decision.decision === 'defer' ? deferred(sitting, decision) : released(context, { sitting, decision, record }); // prettier-ignore
    const isThere = record.events.some(({ id }) => id === change.event.id);
    return record.status === 'committee' || isThere ? change : { type: 'left' };
  });
  if (handed.type === 'left' || handed.type === 'unknown') {
    context.log.error('a decision found its request gone from the committee', { count: sitting.number });
  }
}

const deferred = (sitting: SittingRecord, { reference, reason, by, at }: DecisionRecord): Change => ({
  type: 'change',
  event: { id: derivedId(sitting._id, reference, 'deferred'), at, by, type: 'decided', about: sitting._id, reason },
});

interface Handing {
  sitting: SittingRecord;
  decision: DecisionRecord;
  record: RequestRecord;
}

/** The minimum is written down here and held again by the clockwork, at the moment of telling. */
function released({ clock }: Releasing, { sitting, decision, record }: Handing): Change {
  const { reference, reason, by } = decision;
  const releasedBy = sitting.releasedBy ?? 'system';
  const releasedAt = sitting.releasedAt ?? clock.now();
  const id = derivedId(sitting._id, reference, 'released');
  return {
    type: 'change',
    event: { id, at: releasedAt, by: releasedBy, type: 'released', about: sitting._id, reason },
    set: {
      pending: {
        sitting: sitting._id,
        decision: decision.decision === 'accept' ? 'accept' : 'reject',
        reason,
        releasedBy,
        releasedAt,
      },
      due: Math.max(clock.now(), record.answerNotBefore),
      decidedBy: [...new Set([...record.decidedBy, by])],
    },
  };
}

export type OverrideRefusal =
  | { type: 'reason_missing' }
  /** No released outcome waits for its day. */
  | { type: 'nothing_waits' };

const shortestOverride = 10;

/** Lets a released outcome be told now, before its day; the reason stays in the request and its event. */
export async function overrideMinimum(
  context: RequestsContext,
  reference: string,
  { by, ...given }: { by: string; reason: string },
): Promise<Changed<OverrideRefusal>> {
  const reason = given.reason.trim();
  const changed = await changing<OverrideRefusal>(context, { reference }, ({ pending }) => {
    if (reason.length < shortestOverride) return { type: 'reason_missing' };
    if (!pending || pending.override !== undefined) return { type: 'nothing_waits' };
    const at = context.clock.now();
    return {
      type: 'change',
      event: { id: context.ids.uuid(), at, by, type: 'overridden', about: pending.sitting, reason },
      set: { pending: { ...pending, override: reason }, due: at },
    };
  });
  if (changed.type === 'changed') context.wake();
  return changed;
}
