import { stringify } from 'csv-stringify/sync';
import type { Locale } from '../language/matcher.js';
import type { LabelOf, Report, ReportBy } from './report.js';

const headings = ['label', 'count', 'step1', 'step2', 'step3', 'step4', 'step5', 'csat', 'low', 'high'] as const;

interface Saying {
  t(locale: Locale, key: string): string;
  labelOf: LabelOf;
  locale: Locale;
}

/** One table of the report for a spreadsheet, the whole of it in the last row; numbers as spreadsheets read them. */
export function reportCsv(report: Report, by: ReportBy, { t, labelOf, locale }: Saying): string {
  const heads = headings.map((heading) => t(locale, `survey.report.csv.${heading}`));
  const rows = [
    ...report.rows[by].map((row) => ({ ...row, label: labelOf(by, row.key, locale) })),
    { ...report.total, label: t(locale, 'survey.report.all') },
  ].map(({ label, count, counts, csat, low, high }) => [label, count, ...counts, ...[csat, low, high].map(percent)]);
  return stringify([heads, ...rows], { bom: true, escape_formulas: true, record_delimiter: 'windows' });
}

const percent = (share: number | null): string => (share === null ? '' : (share * 100).toFixed(1));
