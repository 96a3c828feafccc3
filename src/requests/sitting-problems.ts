import type { CommitteeContext } from './sitting-change.js';
import { quorum, type SittingStatus } from './sitting-record.js';

/** One thing that does not fit; each has its sentence in `locales/` under `committee.problem`. */
export interface SittingProblem {
  field: 'members' | 'requests' | 'recusals';
  /** An account or a reference; null when it is about the list itself. */
  value: string | null;
  problem: ProblemCode;
  /** The number of the other sitting. */
  sitting?: number;
}

export type ProblemCode =
  | 'unknown_reference' | 'not_in_committee' | 'outcome_waits' | 'on_another_agenda' | 'listed_twice' | 'nothing_listed'
  | 'not_a_member' | 'too_few_members' | 'not_on_agenda' | 'not_sitting'; // prettier-ignore

/** Everything that does not fit, at once. */
export type Unfit = { type: 'unfit'; problems: SittingProblem[] };
export type NotOpen = { type: 'not_open'; status: SittingStatus };

export async function memberProblems(
  { isMember }: Pick<CommitteeContext, 'isMember'>,
  members: readonly string[],
): Promise<SittingProblem[]> {
  const unique = [...new Set(members)];
  const may = await Promise.all(unique.map((account) => isMember(account)));
  const strangers = unique.filter((_account, place) => !may[place]);
  return [
    ...twice(members).map((value) => ({ field: 'members', value, problem: 'listed_twice' }) as const),
    ...strangers.map((value) => ({ field: 'members', value, problem: 'not_a_member' }) as const),
    ...(unique.length < quorum ? [{ field: 'members', value: null, problem: 'too_few_members' } as const] : []),
  ];
}

/** The values that are there more than once. */
export const twice = (values: readonly string[]): string[] => [
  ...new Set(values.filter((value, place) => values.indexOf(value) !== place)),
];
