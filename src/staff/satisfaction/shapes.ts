import { z } from 'zod';
import type { ImprovementRecord } from '../../satisfaction/improvements.js';
import { reportBy, responseRate, type LabelOf, type Report, type ReportBy } from '../../satisfaction/report.js';
import type { ThemeCount } from '../../satisfaction/words.js';
import type { Locale } from '../../language/matcher.js';
import { fields, isoOf } from '../fields.js';

const share = z.number().min(0).max(1).nullable();

/** Sample: `{"count": 42, "counts": [2, 3, 5, 12, 20], "csat": 0.76, "low": 0.61, "high": 0.87}`. */
const figures = z.object({
  count: z.int(),
  counts: z.array(z.int()).meta({ description: 'How many gave each step, the worst first' }),
  csat: share.meta({ description: 'The share of good and excellent' }),
  low: share.meta({ description: 'Where it lies with 95 % confidence, after Wilson' }),
  high: share,
});

const theme = z.object({ id: z.string(), label: z.string(), count: z.int() });
const words = z.object({ ar: z.string(), en: z.string().optional() });

export const improvementShape = z
  .object({
    id: z.string(),
    date: z.iso.date(),
    said: words,
    did: words,
    owner: z.string(),
    by: z.string(),
    at: fields.time,
    toldAt: fields.time.nullable(),
  })
  .meta({ id: 'Improvement' });

export const reportShape = z
  .object({
    from: z.iso.date().meta({ description: 'The Sunday that begins the first week' }),
    to: z.iso.date().meta({ description: 'The Sunday that begins the last week' }),
    by: z.enum(reportBy),
    total: figures,
    before: figures.meta({ description: 'Of as many weeks before' }),
    responseRate: share,
    responseRateBefore: share,
    rows: z.array(
      figures.extend({
        key: z.string().nullable().meta({ description: 'Null for groups whose people differ in it' }),
        label: z.string(),
      }),
    ),
    trend: z
      .array(figures.extend({ week: z.iso.date() }))
      .meta({ description: 'Weeks, taken together until there are twenty opinions; the last of them' }),
    thumbs: z.object({
      up: z.int(),
      down: z.int(),
      entries: z.array(z.object({ entry: z.string().nullable(), up: z.int(), down: z.int() })),
    }),
    themes: z.object({ comments: z.array(theme), suggested: z.array(theme), asked: z.array(theme) }),
    comments: z.array(z.string()).meta({ description: 'Anonymised, in an order by chance' }),
    improvements: z.array(improvementShape),
  })
  .meta({ id: 'SatisfactionReport', description: 'Only of groups of five and more' });

export function shownReport(
  report: Report,
  by: ReportBy,
  { labelOf, locale }: { labelOf: LabelOf; locale: Locale },
): z.input<typeof reportShape> {
  const { from, to, total, before, asked, askedBefore, rows, thumbs, themes, comments } = report;
  const named = (list: readonly ThemeCount[]) =>
    list.map(({ id, label, count }) => ({ id, label: label[locale], count }));
  return {
    from,
    to,
    by,
    total,
    before,
    responseRate: responseRate(total, asked),
    responseRateBefore: responseRate(before, askedBefore),
    rows: rows[by].map((row) => ({ ...row, label: labelOf(by, row.key, locale) })),
    trend: report.trend.map(({ key, ...row }) => ({ ...row, week: key ?? '' })),
    thumbs,
    themes: { comments: named(themes.comments), suggested: named(themes.suggested), asked: named(themes.asked) },
    comments,
    improvements: report.improvements.map(shownImprovement),
  };
}

export const shownImprovement = ({
  _id,
  date,
  said,
  did,
  owner,
  by,
  at,
  toldAt,
}: ImprovementRecord): z.input<typeof improvementShape> => ({
  id: _id,
  date,
  said,
  did,
  owner,
  by,
  at: isoOf(at),
  toldAt: toldAt === null ? null : isoOf(toldAt),
});
