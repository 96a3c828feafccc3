import { weeksBetween } from './week.js';

/** By what opinions are told apart in the report. */
export const dimensions = ['stage', 'service', 'language', 'channel'] as const;
export type Dimension = (typeof dimensions)[number];

/** What is known of a vote beside its step. `none`: of no service. */
export type Labels = Record<Dimension, string>;

export interface Vote extends Labels {
  /** 1 is the worst, 5 the best. */
  score: number;
  week: string;
}

/** Of so many and more at once opinions may be read. */
export const least = 5;

/** So many votes that share these labels; null where theirs differ. */
export interface Group {
  labels: Record<Dimension, string | null>;
  /** How many gave each step, the worst first. */
  counts: [number, number, number, number, number];
}

/**
 * Parts votes into groups that do not overlap, each of at least five (all of them, when they are fewer than ten). Only
 * labels decide who comes together, never what was voted, so the parting tells nothing of the votes.
 */
export function groupsOf(votes: readonly Vote[]): Group[] {
  const parts = split(votes);
  return parts ? parts.flatMap(groupsOf) : [groupOf(votes)];
}

function groupOf(votes: readonly Vote[]): Group {
  const counts: Group['counts'] = [0, 0, 0, 0, 0];
  for (const { score } of votes) counts[score - 1]! += 1;
  const common = (dimension: Dimension): string | null => {
    const values = new Set(votes.map((vote) => vote[dimension]));
    return values.size === 1 ? [...values][0]! : null;
  };
  return {
    labels: {
      stage: common('stage'),
      service: common('service'),
      language: common('language'),
      channel: common('channel'),
    },
    counts,
  };
}

/** The split by which most votes come among their own kind; undefined when none leaves five in each part. */
function split(votes: readonly Vote[]): Vote[][] | undefined {
  const candidates = dimensions.map((dimension) => splitBy(votes, dimension)).filter((one) => one !== undefined);
  return candidates.toSorted((a, b) => b.pure - a.pure || b.parts.length - a.parts.length)[0]?.parts;
}

/** Values that fewer than five share come together; when they are still too few, the smallest other part joins them. */
function splitBy(votes: readonly Vote[], dimension: Dimension): { parts: Vote[][]; pure: number } | undefined {
  const byValue = new Map<string, Vote[]>();
  for (const vote of votes) byValue.set(vote[dimension], [...(byValue.get(vote[dimension]) ?? []), vote]);
  const all = [...byValue.values()].toSorted((a, b) => a.length - b.length);
  const mixed = all.filter(({ length }) => length < least).flat();
  const own = all.filter(({ length }) => length >= least);
  while (mixed.length > 0 && mixed.length < least && own.length > 0) mixed.push(...own.shift()!);
  const parts = mixed.length > 0 ? [...own, mixed] : own;
  return parts.length < 2 ? undefined : { parts, pure: own.reduce((sum, { length }) => sum + length, 0) };
}

/** What is worth most to know of a group. */
const weights: Record<Dimension, number> = { stage: 2, service: 2, language: 1, channel: 1 };

/** How much the labels of a group must tell: the longer its oldest vote has waited, the less. */
const neededAfter = (weeks: number): number => (weeks >= 8 ? 0 : weeks >= 4 ? 2 : 4);

/** Takes out votes of which five and more share labels that tell enough; the others wait for more of their kind. */
export function ripeGroups(votes: readonly Vote[], looked: string): { groups: Group[]; rest: Vote[] } {
  const groups: Group[] = [];
  let rest = [...votes];
  for (let next = ripest(rest, looked); next; next = ripest(rest, looked)) {
    const taken = new Set(next);
    groups.push(...groupsOf(next));
    rest = rest.filter((vote) => !taken.has(vote));
  }
  return { groups, rest };
}

function ripest(votes: readonly Vote[], looked: string): Vote[] | undefined {
  const candidates = subsets.flatMap((subset) => {
    const weight = subset.reduce((sum, dimension) => sum + weights[dimension], 0);
    const alike = new Map<string, Vote[]>();
    for (const vote of votes) {
      const key = JSON.stringify(subset.map((dimension) => vote[dimension]));
      alike.set(key, [...(alike.get(key) ?? []), vote]);
    }
    return [...alike.values()].map((some) => ({ some, weight }));
  });
  return candidates
    .filter(({ some, weight }) => some.length >= least && weight >= neededAfter(longestWait(some, looked)))
    .toSorted((a, b) => b.weight - a.weight || b.some.length - a.some.length)[0]?.some;
}

const longestWait = (votes: readonly Vote[], looked: string): number =>
  Math.max(...votes.map(({ week }) => weeksBetween(week, looked)));

const subsets: readonly (readonly Dimension[])[] = dimensions.reduce<Dimension[][]>(
  (sets, dimension) => [...sets, ...sets.map((set) => [...set, dimension])],
  [[]],
);
