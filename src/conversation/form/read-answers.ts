import type { Form, Step } from '../../flows/schema.js';
import type { Locale } from '../../language/matcher.js';
import type { Assets } from '../assets.js';
import { holds } from '../conditions.js';
import type { Input } from '../input.js';
import { stepType } from '../steps/index.js';
import { papersOf, required } from '../steps/papers.js';
import type { StepContext, StepReading } from '../steps/step.js';

/** Answers that somebody wrote down for another: by the form's own steps, plain JSON by their `ask`. */
export interface Written {
  form: Form;
  answers: Readonly<Record<string, unknown>>;
  locale: Locale;
  /** Milliseconds. */
  now: number;
  /** Questions that may stay without an answer. */
  mayLack?: readonly string[];
}

export type ReadAnswers =
  | { type: 'read'; answers: Record<string, unknown> }
  /** `text` is a sentence for people; `ask` a step, or a name that no step has. */
  | { type: 'refused'; problems: { ask: string; text: string }[] };

/**
 * Reads a whole form at once, by the same step types as the chat: what is taken here would be taken there. Papers are all
 * to come later; the summary and the signature are the person's own.
 */
export function readAnswers(
  assets: Assets,
  { form, answers: written, locale, now, mayLack = [] }: Written,
): ReadAnswers {
  const answers: Record<string, unknown> = {};
  const problems: { ask: string; text: string }[] = [];
  const unread = new Set(Object.keys(written));
  for (const step of form.steps.filter((one) => isGiven(one) && isAsked(assets, one, answers))) {
    const { ask } = step;
    unread.delete(ask);
    const given = Object.hasOwn(written, ask) ? written[ask] : undefined;
    if (given === undefined && mayLack.includes(ask)) continue;
    const context: StepContext = { assets, locale, now, form, answers, gathered: undefined };
    const reading = step.type === 'attachments' ? laterAll(step, context) : readOne(step, given, context);
    if (reading.type === 'answer') answers[ask] = reading.value;
    else problems.push({ ask, text: problemOf(reading, context) });
  }
  for (const ask of unread) problems.push({ ask, text: assets.t(locale, 'steps.notAsked') });
  return problems.length > 0 ? { type: 'refused', problems } : { type: 'read', answers };
}

const isGiven = ({ type }: Step): boolean => type !== 'review' && type !== 'declaration';

const isAsked = ({ facts }: Assets, { when }: Step, answers: object): boolean =>
  !when || holds(when, { ...facts, answers });

const laterAll = (step: Extract<Step, { type: 'attachments' }>, context: StepContext): StepReading => ({
  type: 'answer',
  value: { files: [], later: required(papersOf(step, context)).map(({ id }) => id) },
});

function readOne(step: Step, given: unknown, context: StepContext): StepReading {
  const input = inputOf(step, given);
  if (!input) return { type: 'invalid', problem: 'answerMissing' };
  return stepType(context.assets.steps, step).read(step, input, context);
}

/** What the chat would have heard; undefined when it is no answer at all. */
function inputOf({ type }: Step, given: unknown): Input | undefined {
  if (typeof given === 'boolean') return { id: '', text: '', value: given ? 'yes' : 'no', attachments: [] };
  if (typeof given !== 'string' && typeof given !== 'number') return undefined;
  const text = String(given).trim();
  return { id: '', text, value: type === 'choice' ? text : undefined, attachments: [] };
}

function problemOf(reading: Exclude<StepReading, { type: 'answer' }>, { assets, locale }: StepContext): string {
  if (reading.type === 'invalid') return assets.t(locale, `steps.${reading.problem}`, reading.variables);
  return reading.type === 'end' ? reading.said : assets.t(locale, 'steps.answerMissing');
}
