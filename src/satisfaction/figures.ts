import type { Group } from './grouping.js';

/** What is told of so many opinions. */
export interface Figures {
  count: number;
  /** How many gave each step, the worst first. */
  counts: number[];
  /** The share of good and excellent, 0 to 1; null without opinions. */
  csat: number | null;
  /** Where the share lies with 95 % confidence, after Wilson. */
  low: number | null;
  high: number | null;
}

export function figuresOf(groups: readonly Group[]): Figures {
  const counts = [0, 1, 2, 3, 4].map((step) => groups.reduce((sum, group) => sum + group.counts[step]!, 0));
  const count = counts.reduce((sum, one) => sum + one, 0);
  if (count === 0) return { count, counts, csat: null, low: null, high: null };
  const good = counts[3]! + counts[4]!;
  return { count, counts, csat: good / count, ...wilson(good, count) };
}

const z = 1.959964;

/** Wilson's score interval (1927): honest also for few and for shares near 0 and 1. */
export function wilson(hits: number, count: number): { low: number; high: number } {
  const share = hits / count;
  const centre = share + (z * z) / (2 * count);
  const spread = z * Math.sqrt((share * (1 - share)) / count + (z * z) / (4 * count * count));
  const scale = 1 + (z * z) / count;
  return { low: Math.max(0, (centre - spread) / scale), high: Math.min(1, (centre + spread) / scale) };
}
