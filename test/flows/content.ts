import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { FlowError } from '../../src/core/errors.js';
import { loadContent } from '../../src/flows/load.js';
import { root } from '../fixtures/assets.js';

/** A folder with the shipped content, in which a test changes files. */
export function contentFolder(changes: Record<string, string | undefined> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'wasl-content-'));
  for (const name of ['flows', 'locales']) cpSync(join(root, name), join(folder, name), { recursive: true });
  for (const [name, text] of Object.entries(changes)) {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    if (text === undefined) rmSync(file, { recursive: true });
    else writeFileSync(file, text);
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** What the load says against these changes; empty when nothing is wrong. */
export function problemsWith(changes: Record<string, string | undefined>): readonly string[] {
  const { folder, remove } = contentFolder(changes);
  try {
    loadContent(folder);
    return [];
  } catch (error) {
    if (error instanceof FlowError) return error.problems;
    throw error;
  } finally {
    remove();
  }
}

const phrasings = (count: number): string => Array.from({ length: count }, (_, index) => `سؤال ${index}`).join(', ');

/** An entry of the FAQ with nothing wrong but what `lines` adds; `label` stands on line 2, `lines` begin on line 5. */
export const entry = (id: string, ...lines: string[]): string =>
  [
    `- id: ${id}`,
    `  label: { ar: سؤال, en: Question }`,
    `  questions: { ar: [${phrasings(10)}], en: [${phrasings(5)}] }`,
    ...(lines.some((line) => line.startsWith('  answer')) ? [''] : ['  answer: { ar: جواب, en: Answer }']),
    ...lines,
    '',
  ].join('\n');
