import type { Form, Step } from '../../flows/schema.js';
import { matchChoice } from '../../language/choice.js';
import { localDigits } from '../../language/digits.js';
import { isolate } from '../../language/direction.js';
import { readYesNo } from '../../language/yes-no.js';
import type { Choice } from '../input.js';
import { masked } from '../mask.js';
import { fill } from '../variables.js';
import { inBoth, type StepContext, type StepType, type StepWords } from './step.js';

/** How an answer reads, whatever its step. */
export type Show = (step: Step, value: unknown, context: Pick<StepContext, 'assets' | 'locale'>) => string;

const choosing = 'which';
/** Longer answers are cut in the summary. */
const longest = 200;

/**
 * The summary before the form goes off, e.g. `{"ask": "review", "type": "review"}`: the person goes on, or names an answer
 * to be corrected.
 */
export const createReview = (words: StepWords, show: Show): StepType<Extract<Step, { type: 'review' }>> => ({
  ask(step, context) {
    const { assets, locale, now } = context;
    if (context.gathered === choosing) return assets.t(locale, 'review.which');
    const lines = answered(context).map((one, index) => {
      const shown = show(one, context.answers[one.ask], context);
      return `${localDigits(index + 1, locale)}. ${labelOf(one, locale)}: ${one.sensitive ? isolate(masked(shown)) : short(shown)}`;
    });
    return [fill(step.prompt[locale], assets.variables(locale, now), locale), ...lines].join('\n');
  },

  choices: (_step, context) => (context.gathered === choosing ? answersOf(context) : waysOn(context)),

  read(_step, { text, value }, context) {
    const answers = answersOf(context);
    const offered = context.gathered === choosing ? answers : waysOn(context);
    const pressed = [...offered, ...answers].find((choice) => choice.value === value);
    const chosen = pressed?.value ?? (value === undefined ? typed(text, { offered, words }, context) : undefined);
    if (chosen === undefined) return { type: 'invalid', problem: 'reviewUnclear' };
    if (chosen === ways.confirm) return { type: 'answer', value: true };
    if (chosen === ways.correct) return { type: 'more', gathered: choosing };
    return { type: 'correct', ask: chosen };
  },
});

const ways = { confirm: '+confirm', correct: '+correct' } as const;

/** What was offered comes first: a number means a place in that list. An answer may also be named outright. */
function typed(
  text: string,
  { offered, words }: { offered: readonly Choice[]; words: StepWords },
  context: StepContext,
): string | undefined {
  const both = (key: string): string[] => [context.assets.t('ar', key), context.assets.t('en', key)];
  const labels: Readonly<Record<string, readonly string[]>> = {
    [ways.confirm]: both('review.confirm'),
    [ways.correct]: both('review.correct'),
  };
  const first = matchChoice(
    text,
    offered.map(({ value, label }) => ({ value, labels: labels[value] ?? [label] })),
  );
  if (first.type === 'chosen') return first.value;
  const agrees = context.gathered === choosing ? undefined : readYesNo(text, inBoth(words));
  if (agrees !== undefined) return agrees ? ways.confirm : ways.correct;
  const named = matchChoice(
    text,
    answered(context).map(({ ask, label }) => ({ value: ask, labels: label ? [label.ar, label.en] : [] })),
  );
  return named.type === 'chosen' ? named.value : undefined;
}

const waysOn = ({ assets, locale }: StepContext): Choice[] => [
  { value: ways.confirm, label: assets.t(locale, 'review.confirm') },
  { value: ways.correct, label: assets.t(locale, 'review.correct') },
];

const answersOf = (context: StepContext): Choice[] =>
  answered(context).map((step) => ({ value: step.ask, label: labelOf(step, context.locale) }));

const answered = ({ form, answers }: StepContext): Form['steps'] =>
  form.steps.filter(({ type, ask }) => type !== 'review' && type !== 'declaration' && Object.hasOwn(answers, ask));

const labelOf = ({ label, ask }: Step, locale: StepContext['locale']): string => label?.[locale] ?? ask;

const short = (text: string): string => {
  const signs = Array.from(text);
  return signs.length > longest ? `${signs.slice(0, longest).join('')}…` : text;
};
