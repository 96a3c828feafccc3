import { isolate } from '../../language/direction.js';
import { localDigits } from '../../language/digits.js';
import { fill } from '../variables.js';
import { papersOf, readGathered, required, without, type AttachmentsStep, type Wanted } from './papers.js';
import type { StepContext, StepWords } from './step.js';

/** What the person may choose while papers are asked for. */
export interface PaperOption {
  /** A paper's id, or `done`, `later`, `change`, `drop`. */
  value: string;
  label: string;
  said: readonly string[];
}

/** The question as it stands: the papers with ticks, or which paper a file is that has come. */
export function askForPapers(step: AttachmentsStep, context: StepContext): string {
  const { assets, locale, now } = context;
  const { files } = readGathered(step, context);
  const unnamed = files.findIndex(({ paper }) => paper === null);
  const file = files[unnamed];
  if (file) {
    const place = localDigits(unnamed + 1, locale);
    const name = locale === 'ar' ? isolate(file.name) : file.name;
    return assets.t(locale, files.length > 1 ? 'papers.whichOfSeveral' : 'papers.which', { place, name });
  }
  const papers = papersOf(step, context);
  const prompt = fill(step.prompt[locale], assets.variables(locale, now), locale);
  const end = without(papers, files).length === 0 ? [assets.t(locale, 'papers.complete')] : [];
  return [prompt, ...papers.map((paper) => lineOf(paper, files, context)), ...end].join('\n');
}

function lineOf(paper: Wanted, files: readonly { paper: string | null }[], { assets, locale }: StepContext): string {
  const count = files.filter((file) => file.paper === paper.id).length;
  const label = paper.label[locale];
  if (count > 1) return `✅ ${label} (${localDigits(count, locale)})`;
  if (count === 1 || paper.arrived) return `✅ ${label}`;
  const { returned } = paper;
  const notes = [
    ...(paper.optional ? [assets.t(locale, 'papers.optional')] : []),
    ...(returned === undefined ? [] : [assets.t(locale, 'papers.returned', { reason: returned })]),
  ];
  return [`▫️ ${label}`, ...notes].join(' ');
}

/** What is offered: while a file has no name, the papers; otherwise those that are still to come, and the way on. */
export function paperOptions(step: AttachmentsStep, context: StepContext, words: StepWords): PaperOption[] {
  const { files } = readGathered(step, context);
  const papers = papersOf(step, context);
  const lacking = without(papers, files);
  const has = papers.filter((paper) => !lacking.includes(paper));
  if (files.some(({ paper }) => paper === null)) {
    return [...[...lacking, ...has].map((paper) => paperOption(paper, context)), ownOption('drop', context)];
  }
  const open = required(lacking).length > 0;
  return [
    ...lacking.map((paper) => paperOption(paper, context)),
    ...(open ? [] : [wordOption('done', context, words)]),
    ...(open && step.later ? [wordOption('later', context, words)] : []),
    ...(files.length > 0 ? [ownOption('change', context)] : []),
  ];
}

/** What is understood without being offered. */
export const alwaysUnderstood = (step: AttachmentsStep, context: StepContext, words: StepWords): PaperOption[] => [
  ...papersOf(step, context).map((paper) => paperOption(paper, context)),
  wordOption('done', context, words),
  wordOption('later', context, words),
];

const paperOption = ({ id, label }: Wanted, { locale }: StepContext): PaperOption => ({
  value: id,
  label: label[locale],
  said: [label.ar, label.en, id],
});

const wordOption = (value: 'done' | 'later', { locale }: StepContext, words: StepWords): PaperOption => ({
  value,
  label: words[value][locale][0] ?? value,
  said: [...words[value].ar, ...words[value].en],
});

const ownOption = (value: 'change' | 'drop', { assets, locale }: StepContext): PaperOption => ({
  value,
  label: assets.t(locale, `papers.${value}`),
  said: [assets.t('ar', `papers.${value}`), assets.t('en', `papers.${value}`)],
});
