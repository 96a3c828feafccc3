import { z } from 'zod';
import type { Locale } from '../../language/matcher.js';
import { importDecisions } from '../../requests/import-decisions.js';
import type { ImportProblem } from '../../requests/import-file.js';
import { minutesPage, minutesPolicy } from '../../requests/minutes-page.js';
import { minutesCsv, minutesOf } from '../../requests/minutes.js';
import type { CommitteeContext } from '../../requests/sitting-change.js';
import { fields } from '../fields.js';
import { problem } from '../problem.js';
import { defineCall, type Call } from '../route.js';
import { refused } from './refusals.js';
import { decisionOf, decisionShape } from './shapes.js';
import { byId, everybody } from './sittings.js';

/** Decisions that come in a file, and minutes that leave as one. */
export const committeeFileCalls = (context: CommitteeContext): Call[] => [
  importCall(context),
  minutesCsvCall(context),
  minutesPageCall(context),
];

/** Sample: `{"row": 3, "column": "decision", "problem": "decision_unknown", "detail": "…", "value": "maybe"}`. */
const importProblem = z
  .object({
    row: z.int().meta({ description: 'The headings are row 1' }),
    column: z.enum(['reference', 'decision', 'reason']).nullable(),
    problem: z.string(),
    detail: z.string(),
    value: z.string().optional(),
  })
  .meta({ id: 'ImportProblem' });

const importCall = (context: CommitteeContext): Call =>
  defineCall({
    method: 'post',
    path: '/sittings/{id}/import',
    summary: 'Record the decisions of a CSV file, all or none; `dryRun=true` only looks and lists every problem',
    roles: ['committee'],
    params: byId,
    query: z.strictObject({
      dryRun: z
        .enum(['true', 'false'])
        .optional()
        .transform((text) => text === 'true'),
    }),
    body: 'csv',
    answer: z
      .object({
        dryRun: z.boolean(),
        rows: z.int(),
        decisions: z.array(decisionShape).meta({ description: 'Of the whole sitting; of a dry run those of the file' }),
        problems: z.array(importProblem),
      })
      .meta({ id: 'Import' }),
    problems: [404, 409, 422],
    audit: { action: 'decisions_imported', about: ({ params }) => params.id },
    async handle({ params, query: { dryRun }, body, account, request }) {
      const outcome = await importDecisions(context, params.id, { csv: body, dryRun, by: account._id });
      if (outcome.type === 'unknown' || outcome.type === 'not_open') return refused(outcome);
      if (outcome.type === 'problems') {
        const problems = outcome.problems.map((one) => shown(context, one, request.locale));
        const { rows } = outcome;
        if (dryRun) return { dryRun, rows, decisions: [], problems };
        return problem(422, 'committee.refusal.import', { rows, problems });
      }
      const made = outcome.type === 'fits' ? outcome.decisions : outcome.sitting.decisions;
      return { dryRun, rows: made.length, decisions: made.map(decisionOf), problems: [] };
    },
  });

const shown = ({ t }: CommitteeContext, found: ImportProblem, locale: Locale): z.infer<typeof importProblem> => ({
  ...found,
  detail: t(locale, `committee.import.${found.problem}`),
});

const inLocale = z.strictObject({ locale: fields.locale.optional() });

const minutesCsvCall = (context: CommitteeContext): Call =>
  defineCall({
    method: 'get',
    path: '/sittings/{id}/minutes.csv',
    summary: 'The minutes for a spreadsheet',
    roles: everybody,
    params: byId,
    query: inLocale,
    answer: { contentType: 'text/csv; charset=utf-8' },
    problems: [404],
    async handle({ params, query, request }) {
      const sitting = await context.sittings.findOne({ _id: params.id });
      if (!sitting) return refused({ type: 'unknown' });
      const locale = query.locale ?? request.locale;
      const content = minutesCsv(context, await minutesOf(context, sitting, locale), locale);
      return { content, name: `minutes-${sitting.number}.csv` };
    },
  });

const minutesPageCall = (context: CommitteeContext): Call =>
  defineCall({
    method: 'get',
    path: '/sittings/{id}/minutes',
    summary: 'The minutes as a page to print',
    roles: everybody,
    params: byId,
    query: inLocale,
    answer: { contentType: 'text/html; charset=utf-8' },
    problems: [404],
    async handle({ params, query, request }) {
      const sitting = await context.sittings.findOne({ _id: params.id });
      if (!sitting) return refused({ type: 'unknown' });
      const locale = query.locale ?? request.locale;
      const content = minutesPage(context, await minutesOf(context, sitting, locale), locale);
      return { content, headers: { 'Content-Security-Policy': minutesPolicy, 'Content-Language': locale } };
    },
  });
