import { z } from 'zod';
import { reportCsv } from '../../satisfaction/report-csv.js';
import { reportPage, styleOf, type PageContext } from '../../satisfaction/report-page.js';
import { reportBy, reportOf, weeksOf, type ReportContext } from '../../satisfaction/report.js';
import type { ImprovementsContext } from '../../satisfaction/improvements.js';
import type { Collection } from '../../store/collection.js';
import { styledPolicy } from '../../web/policy.js';
import type { AccountRecord } from '../account.js';
import { fields } from '../fields.js';
import { problem, type Problem } from '../problem.js';
import { defineCall, type Call } from '../route.js';
import { improvementCalls } from './improvements.js';
import { reportShape, shownReport } from './shapes.js';

export interface SatisfactionCallsContext {
  report: ReportContext;
  page: Omit<PageContext, 'ownerOf'>;
  improvements: ImprovementsContext;
  accounts: Collection<AccountRecord>;
}

/** What staff may know of satisfaction: everybody the same, as it is nobody's in particular. */
export const satisfactionCalls = (calls: SatisfactionCallsContext): Call[] => [
  reportCall(calls),
  csvCall(calls),
  ...improvementCalls(calls),
];

/** Pages beside the API, for eyes: below `/staff`. */
export const satisfactionPages = (calls: SatisfactionCallsContext): Call[] => [pageCall(calls)];

const period = { from: fields.day.optional(), to: fields.day.optional() };

async function read(
  { report }: SatisfactionCallsContext,
  days: { from?: string | undefined; to?: string | undefined },
) {
  const weeks = weeksOf(report, days);
  return weeks.from > weeks.to ? backwards : reportOf(report, weeks);
}

const backwards: Problem = problem(422, 'survey.refusal.period');
const isRefused = (answer: Awaited<ReturnType<typeof read>>): answer is Problem => answer === backwards;

const reportCall = (calls: SatisfactionCallsContext): Call =>
  defineCall({
    method: 'get',
    path: '/satisfaction',
    summary: 'How satisfied people are, in whole weeks and groups of five and more',
    roles: 'signed-in',
    query: z.strictObject({ ...period, by: z.enum(reportBy).optional() }),
    answer: reportShape,
    problems: [422],
    async handle({ query: { by = 'service', ...days }, request: { locale } }) {
      const report = await read(calls, days);
      return isRefused(report) ? report : shownReport(report, by, { labelOf: calls.page.labelOf, locale });
    },
  });

const csvCall = (calls: SatisfactionCallsContext): Call =>
  defineCall({
    method: 'get',
    path: '/satisfaction.csv',
    summary: 'One table of the report for a spreadsheet',
    roles: 'signed-in',
    query: z.strictObject({ ...period, by: z.enum(reportBy).optional(), locale: fields.locale.optional() }),
    answer: { contentType: 'text/csv; charset=utf-8' },
    problems: [422],
    async handle({ query: { by = 'service', locale, ...days }, request }) {
      const report = await read(calls, days);
      if (isRefused(report)) return report;
      const { t, labelOf } = calls.page;
      const content = reportCsv(report, by, { t, labelOf, locale: locale ?? request.locale });
      return { content, name: `satisfaction-${by}-${report.from}.csv` };
    },
  });

const pageCall = (calls: SatisfactionCallsContext): Call =>
  defineCall({
    method: 'get',
    path: '/satisfaction/report',
    summary: 'The report as a sheet to print',
    roles: 'signed-in',
    query: z.strictObject({ ...period, lang: fields.locale.optional() }),
    answer: { contentType: 'text/html; charset=utf-8' },
    problems: [422],
    async handle({ query: { lang: locale = 'ar', ...days } }) {
      const report = await read(calls, days);
      if (isRefused(report)) return report;
      const owners = new Map(
        (await calls.accounts.find({ _id: { $in: report.improvements.map(({ owner }) => owner) } })).map(
          ({ _id, name }) => [_id, name],
        ),
      );
      const context: PageContext = { ...calls.page, ownerOf: (account) => owners.get(account) ?? account };
      return {
        content: reportPage(context, report, locale),
        headers: { 'Content-Security-Policy': styledPolicy(styleOf(context)), 'Content-Language': locale },
      };
    },
  });
