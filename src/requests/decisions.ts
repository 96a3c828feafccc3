import type { RequestsContext } from './context.js';
import { amending, type Amended, type CommitteeContext } from './sitting-change.js';
import type { Decision, DecisionRecord, SittingRecord, SittingStatus } from './sitting-record.js';

export type DecisionRefusal =
  | { type: 'not_open'; status: SittingStatus }
  | { type: 'not_on_agenda' }
  | { type: 'reason_missing' }
  /** Whoever records it has no say about this request. */
  | { type: 'recused' }
  /** An appeal goes to others than those who decided before. */
  | { type: 'decided_before' }
  | { type: 'nobody_left' };

export interface NewDecision {
  reference: string;
  decision: Decision;
  reason: string;
  by: string;
}

export const shortestReason = 3;
export const longestReason = 2000;

/** Writes down what the committee decided on one request; while the sitting is open a later decision takes its place. */
export async function decide(
  context: CommitteeContext,
  id: string,
  { reference, decision, by, ...given }: NewDecision,
): Promise<Amended<DecisionRefusal>> {
  const decidedBefore = await whoDecided(context, id);
  const reason = given.reason.trim();
  return amending<DecisionRefusal>(context, id, (sitting) => {
    const refusal = whyNotDecided(sitting, { reference, by, decision, decidedBefore: decidedBefore(reference) });
    if (refusal) return refusal;
    if (reason.length < shortestReason) return { type: 'reason_missing' };
    const made = { reference, decision, reason, by, at: context.clock.now() };
    return {
      type: 'change',
      event: { by, type: 'decided', about: reference, decision, reason },
      set: { decisions: withDecisions(sitting, [made]) },
    };
  });
}

/** In the order of the agenda, the new ones in the place of the old. */
export function withDecisions(sitting: SittingRecord, made: readonly DecisionRecord[]): DecisionRecord[] {
  const all = new Map([...sitting.decisions, ...made].map((one) => [one.reference, one]));
  return sitting.agenda.flatMap((reference) => all.get(reference) ?? []);
}

interface Deciding {
  reference: string;
  by: string;
  decision: Decision | undefined;
  decidedBefore: readonly string[];
}

/** Why this account may not record this decision now; undefined when it may. To put off is not to decide. */
export function whyNotDecided(
  sitting: SittingRecord,
  { reference, by, decision, decidedBefore }: Deciding,
): Exclude<DecisionRefusal, { type: 'reason_missing' }> | undefined {
  const { status, agenda, recusals } = sitting;
  if (status !== 'open') return { type: 'not_open', status };
  if (!agenda.includes(reference)) return { type: 'not_on_agenda' };
  if (recusals.some((one) => one.reference === reference && one.account === by)) return { type: 'recused' };
  if (decision === 'defer') return undefined;
  if (decidedBefore.includes(by)) return { type: 'decided_before' };
  return decidersOf(sitting, reference, decidedBefore).length === 0 ? { type: 'nobody_left' } : undefined;
}

/** The members who are present and may decide on a request. */
export const decidersOf = (
  { members, recusals }: Pick<SittingRecord, 'members' | 'recusals'>,
  reference: string,
  decidedBefore: readonly string[],
): string[] =>
  members
    .filter(({ present }) => present)
    .map(({ account }) => account)
    .filter((account) => !decidedBefore.includes(account))
    .filter((account) => !recusals.some((one) => one.reference === reference && one.account === account));

/**
 * Who decided on the requests of a sitting before, in an earlier one. It stays true as long as the sitting is not
 * released: a request is on one agenda at a time.
 */
export async function whoDecided(
  { requests, sittings }: Pick<RequestsContext, 'requests'> & Pick<CommitteeContext, 'sittings'>,
  id: string,
): Promise<(reference: string) => readonly string[]> {
  const sitting = await sittings.findOne({ _id: id });
  const records = sitting ? await requests.find({ reference: { $in: sitting.agenda } }) : [];
  const known = new Map(records.map(({ reference, decidedBy }) => [reference, decidedBy]));
  return (reference) => known.get(reference) ?? [];
}
