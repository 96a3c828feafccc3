import type { Themes } from '../flows/survey-schema.js';
import type { Locale } from '../language/matcher.js';
import type { Clock } from '../core/clock.js';
import type { Collection } from '../store/collection.js';
import type { BatchRecord, ThumbCount } from './batch.js';
import { figuresOf, type Figures } from './figures.js';
import { dimensions, type Dimension, type Group } from './grouping.js';
import type { ImprovementRecord } from './improvements.js';
import { weekAfter, weekOf, weeksBetween } from './week.js';
import { tallyOf, themesOf, type ThemeCount, type WordKind } from './words.js';

export const reportBy = ['service', 'channel', 'language', 'stage', 'week'] as const;
export type ReportBy = (typeof reportBy)[number];

/** What is known of satisfaction in some weeks. All of it adds whole groups, so that two reports differ by whole groups. */
export interface Report {
  /** The first and the last week, by their Sundays. */
  from: string;
  to: string;
  total: Figures;
  /** The same number of weeks before. */
  before: Figures;
  /** How many were asked, while the box filled whose opinions these are. */
  asked: number;
  askedBefore: number;
  rows: Record<ReportBy, Row[]>;
  /** Weeks, taken together until there are twenty opinions; `key` is the last of them. */
  trend: Row[];
  thumbs: { up: number; down: number; entries: ThumbCount[] };
  themes: { comments: ThemeCount[]; suggested: ThemeCount[]; asked: ThemeCount[] };
  comments: string[];
  improvements: ImprovementRecord[];
}

/** `key` is null for groups whose people differ in it. */
export interface Row extends Figures {
  key: string | null;
}

export interface ReportContext {
  ratings: Collection<BatchRecord>;
  improvements: Collection<ImprovementRecord>;
  themes: Themes;
  clock: Clock;
}

/** Weeks of a report that nobody has asked for in particular. */
const usual = 13;
/** A report is of five years at most. */
const longest = 260;

/** Whole weeks that hold these days (ISO 8601); the last thirteen when none are given. */
export function weeksOf(
  { clock }: Pick<ReportContext, 'clock'>,
  days: { from?: string | undefined; to?: string | undefined },
) {
  const to = days.to === undefined ? weekAfter(weekOf(clock.now()), -1) : weekOf(Date.parse(days.to));
  const from = days.from === undefined ? weekAfter(to, 1 - usual) : weekOf(Date.parse(days.from));
  return { from: weeksBetween(from, to) >= longest ? weekAfter(to, 1 - longest) : from, to };
}

export async function reportOf(context: ReportContext, { from, to }: { from: string; to: string }): Promise<Report> {
  const { ratings, improvements, themes } = context;
  const weeks = weeksBetween(from, to) + 1;
  const within = (first: string, last: string) =>
    ratings.find({ week: { $gte: first, $lte: last } }, { sort: { week: 1 } });
  const [batches, earlier, done] = await Promise.all([
    within(from, to),
    within(weekAfter(from, -weeks), weekAfter(from, -1)),
    // What was done soon after belongs to what was heard.
    improvements.find({ date: { $gte: from, $lt: weekAfter(to, 5) } }, { sort: { date: -1 }, limit: 50 }),
  ]);
  const groups = batches.flatMap((batch) => batch.groups);
  const comments = batches.toReversed().flatMap((batch) => batch.comments);
  const tallies = (kind: WordKind) => batches.map((batch) => batch.themes[kind] ?? {});
  const rowsBy = (dimension: Dimension): Row[] =>
    [...new Set(groups.map(({ labels }) => labels[dimension]))]
      .map((key) => ({ key, ...figuresOf(groups.filter(({ labels }) => labels[dimension] === key)) }))
      .toSorted((a, b) => Number(a.key === null) - Number(b.key === null) || b.count - a.count);
  const [stage, service, language, channel] = dimensions.map(rowsBy);
  return {
    from,
    to,
    total: figuresOf(groups),
    before: figuresOf(earlier.flatMap((batch) => batch.groups)),
    asked: askedIn(batches),
    askedBefore: askedIn(earlier),
    rows: {
      stage: stage!,
      service: service!,
      language: language!,
      channel: channel!,
      week: batches
        .filter((batch) => batch.groups.length > 0)
        .map((batch) => ({ key: batch.week, ...figuresOf(batch.groups) })),
    },
    trend: trendOf(batches),
    thumbs: thumbsOf(batches),
    themes: {
      comments: themesOf(themes, [tallyOf(themes, comments)]),
      suggested: themesOf(themes, tallies('suggested')),
      asked: themesOf(themes, tallies('asked')),
    },
    comments,
    improvements: done,
  };
}

const askedIn = (batches: readonly BatchRecord[]): number => batches.reduce((sum, { asked }) => sum + asked, 0);

const enoughForTrend = 20;

function trendOf(batches: readonly BatchRecord[]): Row[] {
  const points: { key: string; groups: Group[] }[] = [];
  for (const { week, groups } of batches.filter((batch) => batch.groups.length > 0)) {
    const last = points.at(-1);
    if (!last || figuresOf(last.groups).count >= enoughForTrend) points.push({ key: week, groups });
    else points[points.length - 1] = { key: week, groups: [...last.groups, ...groups] };
  }
  const few =
    points.length > 1 && figuresOf(points.at(-1)?.groups ?? []).count < enoughForTrend ? points.pop() : undefined;
  const last = points.at(-1);
  if (few && last) points[points.length - 1] = { key: few.key, groups: [...last.groups, ...few.groups] };
  return points.map(({ key, groups }) => ({ key, ...figuresOf(groups) }));
}

function thumbsOf(batches: readonly BatchRecord[]): Report['thumbs'] {
  const entries = new Map<string | null, ThumbCount>();
  for (const { entry, up, down } of batches.flatMap((batch) => batch.thumbs)) {
    const known = entries.get(entry) ?? { entry, up: 0, down: 0 };
    entries.set(entry, { entry, up: known.up + up, down: known.down + down });
  }
  const all = [...entries.values()].toSorted((a, b) => b.down / (b.up + b.down) - a.down / (a.up + a.down));
  return {
    up: all.reduce((sum, { up }) => sum + up, 0),
    down: all.reduce((sum, { down }) => sum + down, 0),
    entries: all,
  };
}

/** Answered of those who were asked, 0 to 1; null when nobody was. */
export const responseRate = ({ count }: Figures, asked: number): number | null =>
  asked === 0 ? null : Math.min(1, count / asked);

/** How keys of rows are called. */
export type LabelOf = (by: ReportBy, key: string | null, locale: Locale) => string;
