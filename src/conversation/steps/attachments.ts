import { matchChoice } from '../../language/choice.js';
import { localDigits } from '../../language/digits.js';
import { joinList } from '../../language/templates.js';
import type { Input } from '../input.js';
import type { ReceivedFile } from '../state.js';
import { fileLimit, filesIn } from './files.js';
import { alwaysUnderstood, askForPapers, paperOptions, type PaperOption } from './papers-asked.js';
import {
  papersOf, readGathered, readKept, required, without, type AttachmentsStep, type Gathered,
} from './papers.js'; // prettier-ignore
import type { StepContext, StepReading, StepType, StepWords } from './step.js';

/**
 * Papers, one or several files for each, e.g. `{"ask": "documents", "type": "attachments", "checklist": ["identity",
 * "income"], "later": true}`. Kept as `{"files": [{"id": "f1", "paper": "identity", …}], "later": ["income"]}`.
 */
export const createAttachments = (words: StepWords): StepType<AttachmentsStep> => ({
  ask: askForPapers,

  choices: (step, context) => paperOptions(step, context, words).map(({ value, label }) => ({ value, label })),

  read(step, input, context) {
    const files = filesIn(input.attachments);
    if (files.length > 0) return receive(step, { files, caption: input.text }, context);
    if (input.attachments.length > 0 && input.text === '') return { type: 'invalid', problem: 'filesUnreadable' };
    const offered = paperOptions(step, context, words);
    const chosen = readOption(input, offered) ?? readOption(input, alwaysUnderstood(step, context, words));
    if (chosen !== undefined) return choose(step, chosen, context);
    const unnamed = readGathered(step, context).files.some(({ paper }) => paper === null);
    return { type: 'invalid', problem: unnamed ? 'filesWhich' : 'filesAwaited' };
  },

  keepsGathered: true,

  revise(step, value, context) {
    const { files, later } = readKept(value);
    if (step.checklist === 'missing') return value;
    const open = required(without(papersOf(step, context), files)).map(({ id }) => id);
    return open.every((id) => later.includes(id)) ? { files, later: open } : undefined;
  },

  show(_step, value, { assets, locale }) {
    const { files, later } = readKept(value);
    const labels = (ids: readonly string[]): string =>
      joinList(
        [...new Set(ids)].map((id) => assets.papers.get(id)?.label[locale] ?? id),
        locale,
      );
    return [
      labels(files.map(({ paper }) => paper)) || assets.t(locale, 'papers.none'),
      ...(later.length > 0 ? [assets.t(locale, 'papers.later', { papers: labels(later) })] : []),
    ].join('. ');
  },
});

function readOption({ text, value }: Input, options: readonly PaperOption[]): string | undefined {
  if (value !== undefined) return options.find((option) => option.value === value)?.value;
  const match = matchChoice(
    text,
    options.map((option) => ({ value: option.value, labels: option.said })),
  );
  return match.type === 'chosen' ? match.value : undefined;
}

/** Files have come. Which paper they are: the caption says it, or it was announced, or only one paper is left. */
function receive(
  step: AttachmentsStep,
  { files, caption }: { files: readonly ReceivedFile[]; caption: string },
  context: StepContext,
): StepReading {
  const before = readGathered(step, context);
  const papers = papersOf(step, context);
  const fresh = files.filter(({ id }) => !before.files.some((file) => file.id === id));
  const taken = fresh.slice(0, Math.max(0, fileLimit - before.files.length - filesElsewhere(step, context)));
  const named = papers.map(({ id, label }) => ({ value: id, label: '', said: [label.ar, label.en, id] }));
  const lacking = papers.length > 1 ? without(papers, before.files) : papers;
  const only = lacking.length === 1 && (papers.length === 1 || !lacking[0]?.optional) ? lacking[0]?.id : undefined;
  const paper = readOption({ id: '', text: caption, value: undefined, attachments: [] }, named) ?? before.next ?? only;
  return {
    type: 'more',
    gathered: { files: [...before.files, ...taken.map((file) => ({ ...file, paper: paper ?? null }))] },
    ...saidOf(context, { paper, full: taken.length < fresh.length }),
  };
}

function saidOf(
  { assets, locale }: StepContext,
  { paper, full }: { paper: string | undefined; full: boolean },
): { said?: string } {
  if (full) return { said: assets.t(locale, 'papers.full', { limit: localDigits(fileLimit, locale) }) };
  const label = paper === undefined ? undefined : assets.papers.get(paper)?.label[locale];
  return label === undefined ? {} : { said: assets.t(locale, 'papers.taken', { paper: label }) };
}

const filesElsewhere = ({ ask }: AttachmentsStep, { form, answers }: StepContext): number =>
  form.steps
    .filter((step) => step.type === 'attachments' && step.ask !== ask)
    .reduce((count, step) => count + readKept(answers[step.ask]).files.length, 0);

function choose(step: AttachmentsStep, chosen: string, context: StepContext): StepReading {
  const before = readGathered(step, context);
  const { files } = before;
  const unnamed = files.findIndex(({ paper }) => paper === null);
  if (unnamed !== -1) return nameFile(before, { place: unnamed, chosen }, context);
  if (chosen === 'change') return { type: 'more', gathered: { files: renamed(files, files.length - 1, null) } };
  if (chosen === 'done' || chosen === 'later') return conclude(step, { files, later: chosen === 'later' }, context);
  const label = context.assets.papers.get(chosen)?.label[context.locale];
  return {
    type: 'more',
    gathered: { files, next: chosen },
    said: context.assets.t(context.locale, 'papers.sendNow', { paper: label }),
  };
}

function nameFile(
  { files }: Gathered,
  { place, chosen }: { place: number; chosen: string },
  context: StepContext,
): StepReading {
  const { assets, locale } = context;
  if (chosen === 'drop') {
    return { type: 'more', gathered: { files: files.toSpliced(place, 1) }, said: assets.t(locale, 'papers.dropped') };
  }
  if (!assets.papers.has(chosen)) return { type: 'invalid', problem: 'filesWhich' };
  return {
    type: 'more',
    gathered: { files: renamed(files, place, chosen) },
    ...saidOf(context, { paper: chosen, full: false }),
  };
}

const renamed = (files: Gathered['files'], place: number, paper: string | null): Gathered['files'] =>
  files.map((file, index) => (index === place ? { ...file, paper } : file));

/** Ends with what has come, unless something must still come and may not come later, or nobody has said that it will. */
function conclude(
  step: AttachmentsStep,
  { files, later }: { files: Gathered['files']; later: boolean },
  context: StepContext,
): StepReading {
  const open = required(without(papersOf(step, context), files));
  if (open.length > 0 && !(later && step.later)) {
    const papers = joinList(
      open.map(({ label }) => label[context.locale]),
      context.locale,
    );
    return { type: 'invalid', problem: step.later ? 'filesOpenLater' : 'filesOpen', variables: { papers } };
  }
  return { type: 'answer', value: { files, later: open.map(({ id }) => id) } };
}
