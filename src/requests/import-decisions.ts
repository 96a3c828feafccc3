import { readReference } from '../core/reference.js';
import { longestReason, shortestReason, whoDecided, whyNotDecided, withDecisions } from './decisions.js';
import {
  isFormula,
  mostProblems,
  readImport,
  shortened,
  type ImportProblem,
  type ImportProblemCode,
  type ImportRow,
} from './import-file.js';
import { decisionOf, type Column } from './import-words.js';
import { amending, type Amended, type CommitteeContext } from './sitting-change.js';
import type { Decision, DecisionRecord, SittingRecord, SittingStatus } from './sitting-record.js';

export interface Import {
  /** The text of a CSV file: reference, decision and reason, with headings in Arabic or English. */
  csv: string;
  /** Looks only. */
  dryRun: boolean;
  by: string;
}

export type ImportOutcome = Amended<
  | { type: 'not_open'; status: SittingStatus }
  /** Nothing has changed; everything that is wrong, by row. */
  | { type: 'problems'; rows: number; problems: ImportProblem[] }
  /** Of a dry run: nothing is wrong, and nothing has changed. */
  | { type: 'fits'; decisions: readonly DecisionRecord[] }
>;

/** Writes down the decisions of a file: all of them in one update, or none when anything is wrong with one. */
export async function importDecisions(
  context: CommitteeContext,
  id: string,
  { csv, dryRun, by }: Import,
): Promise<ImportOutcome> {
  const file = readImport(csv);
  const references = file.rows.map(({ cells }) => readReference(cells.reference, context.organisation.prefix));
  const known = await existing(context, references);
  const decidedBefore = await whoDecided(context, id);
  return amending<Exclude<ImportOutcome, { type: 'changed' | 'unknown' }>>(context, id, (sitting) => {
    if (sitting.status !== 'open') return { type: 'not_open', status: sitting.status };
    const checked = file.rows.map((row, place) =>
      checkRow(row, { sitting, by, references, place, known, decidedBefore }),
    );
    const problems = [...file.problems, ...checked.flatMap(({ wrong }) => wrong)].toSorted((a, b) => a.row - b.row);
    if (problems.length > 0) {
      return { type: 'problems', rows: file.rows.length, problems: problems.slice(0, mostProblems) };
    }
    const at = context.clock.now();
    const made = checked.flatMap(({ decision }) => (decision ? [{ ...decision, by, at }] : []));
    if (dryRun) return { type: 'fits', decisions: made };
    return {
      type: 'change',
      event: { by, type: 'decisions_imported', about: String(made.length) },
      set: { decisions: withDecisions(sitting, made) },
    };
  });
}

/** Which of these references anybody has. */
async function existing(
  { requests }: CommitteeContext,
  references: readonly (string | undefined)[],
): Promise<ReadonlySet<string>> {
  const unique = [...new Set(references.filter((reference) => reference !== undefined))];
  const found = unique.length === 0 ? [] : await requests.find({ reference: { $in: unique } });
  return new Set(found.map(({ reference }) => reference));
}

interface Checking {
  sitting: SittingRecord;
  by: string;
  /** Of all rows, as they were understood; and which of them this row is. */
  references: readonly (string | undefined)[];
  place: number;
  known: ReadonlySet<string>;
  decidedBefore: (reference: string) => readonly string[];
}

function checkRow({ row, cells }: ImportRow, checking: Checking) {
  const { references, place } = checking;
  const reference = references[place];
  const decision = decisionOf(cells.decision);
  const codes: [Column, ImportProblemCode | undefined][] = [
    ['reference', referenceProblem(cells.reference, decision, checking)],
    ['decision', decision ? undefined : cells.decision === '' ? 'decision_missing' : 'decision_unknown'],
    ['reason', reasonProblem(cells.reason)],
  ];
  const wrong = codes.flatMap(([column, problem]): ImportProblem[] => {
    // Told already, by itself.
    if (!problem || isFormula(cells[column])) return [];
    return [{ row, column, problem, ...(cells[column] === '' ? {} : { value: shortened(cells[column]) }) }];
  });
  return reference && decision ? { wrong, decision: { reference, decision, reason: cells.reason } } : { wrong };
}

function referenceProblem(
  text: string,
  decision: Decision | undefined,
  { sitting, by, references, place, known, decidedBefore }: Checking,
): ImportProblemCode | undefined {
  const reference = references[place];
  if (reference === undefined) return text === '' ? 'reference_missing' : 'reference_misspelt';
  if (!known.has(reference)) return 'reference_unknown';
  if (references.indexOf(reference) !== place) return 'listed_twice';
  const refusal = whyNotDecided(sitting, { reference, by, decision, decidedBefore: decidedBefore(reference) });
  return refusal && refusal.type !== 'not_open' ? refusal.type : undefined;
}

function reasonProblem(reason: string): ImportProblemCode | undefined {
  if (reason.length < shortestReason) return 'reason_missing';
  return reason.length > longestReason ? 'reason_long' : undefined;
}
