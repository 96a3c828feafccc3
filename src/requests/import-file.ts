import { parse } from 'csv-parse/sync';
import { columnOf, columns, type Column } from './import-words.js';

/** One thing that is wrong in a file; each has its sentence in `locales/` under `committee.import`. */
export interface ImportProblem {
  /** As a spreadsheet counts: the headings are row 1. */
  row: number;
  /** Null when it is about the whole row or file. */
  column: Column | null;
  problem: ImportProblemCode;
  /** What stands there, shortened. */
  value?: string;
}

export type ImportProblemCode =
  | 'file_binary' | 'file_empty' | 'file_too_large' | 'too_many_rows' | 'quotes_broken' | 'column_missing'
  | 'column_unknown' | 'column_twice' | 'too_many_cells' | 'formula' | 'reference_missing' | 'reference_misspelt'
  | 'reference_unknown' | 'not_on_agenda' | 'listed_twice' | 'decision_missing' | 'decision_unknown' | 'reason_missing'
  | 'reason_long' | 'recused' | 'decided_before' | 'nobody_left'; // prettier-ignore

export interface ImportRow {
  row: number;
  cells: Record<Column, string>;
}

export interface ImportFile {
  rows: ImportRow[];
  problems: ImportProblem[];
}

export const largestImport = 1_000_000;
const mostRows = 5000;
/** So many problems are told; who has that many sends the wrong file. */
export const mostProblems = 1000;

/** Reads a CSV file of decisions, separated by comma, semicolon or tab. It never throws: what is wrong is told. */
export function readImport(text: string): ImportFile {
  if (text.length > largestImport) return refused('file_too_large');
  if (/[\0-\x08\x0e-\x1f]/.test(text)) return refused('file_binary');
  const { records, problems } = parseRecords(text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n'));
  const [head, ...body] = records.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  if (!head) return problems.length > 0 ? { rows: [], problems } : refused('file_empty');
  const order = head.cells.map(columnOf);
  const wrongHead = headProblems(head, order);
  if (wrongHead.length > 0) return { rows: [], problems: [...wrongHead, ...problems] };
  if (body.length === 0 && problems.length === 0) return refused('file_empty');
  if (body.length > mostRows) return refused('too_many_rows');
  const read = body.map((record) => readRecord(record, order));
  return {
    rows: read.map(({ row, cells }) => ({ row, cells })),
    problems: [...problems, ...read.flatMap(({ wrong }) => wrong)],
  };
}

const refused = (problem: ImportProblemCode): ImportFile => ({
  rows: [],
  problems: [{ row: 1, column: null, problem }],
});

interface CsvRecord {
  row: number;
  cells: string[];
}

/** Rows with broken quotes are left out and told; a quote that is never closed takes the rest of the file with it. */
function parseRecords(text: string): { records: CsvRecord[]; problems: ImportProblem[] } {
  const records: CsvRecord[] = [];
  const problems: ImportProblem[] = [];
  let row = 0;
  parse(text, {
    delimiter: delimiterOf(text),
    record_delimiter: '\n',
    relax_column_count: true,
    skip_records_with_error: true,
    on_record: (cells: string[]) => {
      records.push({ row: (row += 1), cells });
      return null;
    },
    on_skip: () => {
      problems.push({ row: (row += 1), column: null, problem: 'quotes_broken' });
      return undefined;
    },
  });
  return { records, problems };
}

/** The sign that the headings have most of. */
function delimiterOf(text: string): string {
  const head = text.trimStart().split('\n', 1)[0] ?? '';
  const count = (sign: string): number => head.split(sign).length;
  return [',', ';', '\t'].toSorted((a, b) => count(b) - count(a))[0] ?? ',';
}

function headProblems({ row, cells }: CsvRecord, order: readonly (Column | undefined)[]): ImportProblem[] {
  const known = order.filter((column) => column !== undefined);
  const strange = cells.filter((cell, place) => order[place] === undefined && cell.trim() !== '');
  return [
    ...columns
      .filter((column) => !known.includes(column))
      .map((column) => ({ row, column, problem: 'column_missing' as const })),
    ...columns
      .filter((column) => known.indexOf(column) !== known.lastIndexOf(column))
      .map((column) => ({ row, column, problem: 'column_twice' as const })),
    ...strange.map((cell) => ({ row, column: null, problem: 'column_unknown' as const, value: shortened(cell) })),
  ];
}

function readRecord({ row, cells }: CsvRecord, order: readonly (Column | undefined)[]) {
  const cell = (column: Column): string => cells[order.indexOf(column)] ?? '';
  const beyond = cells.find((text, place) => order[place] === undefined && text.trim() !== '');
  const formulas = columns.filter((column) => isFormula(cell(column)));
  const wrong: ImportProblem[] = [
    ...(beyond === undefined
      ? []
      : [{ row, column: null, problem: 'too_many_cells' as const, value: shortened(beyond) }]),
    ...formulas.map((column) => ({ row, column, problem: 'formula' as const, value: shortened(cell(column)) })),
  ];
  const trimmed = { reference: '', decision: '', reason: '' };
  for (const column of columns) trimmed[column] = cell(column).trim();
  return { row, cells: trimmed, wrong };
}

/** What a spreadsheet would run, also with a space before it or in full width: https://owasp.org/www-community/attacks/CSV_Injection */
export const isFormula = (cell: string): boolean => /^[\t\r\n]/.test(cell) || /^\s*[=+\-@＝＋－＠]/.test(cell);

export const shortened = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}…` : text).toWellFormed();
