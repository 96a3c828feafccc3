import { memberProblems, twice, type NotOpen, type SittingProblem, type Unfit } from './sitting-problems.js';
import { amending, type Amended, type CommitteeContext } from './sitting-change.js';
import type { Member, Recusal } from './sitting-record.js';

export interface SittingChanges {
  date?: string;
  /** All of them, as it is from now on. */
  members?: readonly Member[];
  recusals?: readonly Recusal[];
  by: string;
}

/**
 * Writes down who is present and who has no say about what, as long as the sitting is open. What somebody had recorded
 * who is recused from it now has to be decided again.
 */
export async function amendSitting(
  context: CommitteeContext,
  id: string,
  { date, members, recusals, by }: SittingChanges,
): Promise<Amended<NotOpen | Unfit>> {
  const accounts = members?.map(({ account }) => account);
  const wrong = accounts ? await memberProblems(context, accounts) : [];
  return amending<NotOpen | Unfit>(context, id, (sitting) => {
    if (sitting.status !== 'open') return { type: 'not_open', status: sitting.status };
    const after = { members: members ?? sitting.members, recusals: recusals ?? sitting.recusals };
    const problems = [...wrong, ...recusalProblems({ ...after, agenda: sitting.agenda })];
    if (problems.length > 0) return { type: 'unfit', problems };
    const isRecused = recusedIn(after);
    return {
      type: 'change',
      event: { by, type: 'amended' },
      set: {
        ...(date === undefined ? {} : { date }),
        members: [...after.members],
        recusals: [...after.recusals],
        decisions: sitting.decisions.filter(({ reference, by: recorder }) => !isRecused(reference, recorder)),
      },
    };
  });
}

type Recused = { recusals: readonly Recusal[] };

const recusedIn =
  ({ recusals }: Recused) =>
  (reference: string, account: string): boolean =>
    recusals.some((recusal) => recusal.reference === reference && recusal.account === account);

function recusalProblems({
  agenda,
  members,
  recusals,
}: Recused & { agenda: readonly string[]; members: readonly Member[] }): SittingProblem[] {
  const pairs = recusals.map(({ reference, account }) => `${reference} ${account}`);
  return [
    ...twice(pairs).map((value) => ({ field: 'recusals', value, problem: 'listed_twice' }) as const),
    ...recusals
      .filter(({ reference }) => !agenda.includes(reference))
      .map(({ reference }) => ({ field: 'recusals', value: reference, problem: 'not_on_agenda' }) as const),
    ...recusals
      .filter(({ account }) => !members.some((member) => member.account === account))
      .map(({ account }) => ({ field: 'recusals', value: account, problem: 'not_sitting' }) as const),
  ];
}
