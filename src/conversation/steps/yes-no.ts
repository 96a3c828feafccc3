import type { Step } from '../../flows/schema.js';
import { matchChoice } from '../../language/choice.js';
import type { StepType, StepWords } from './step.js';

/** Yes or no, e.g. `{"ask": "mayContact", "type": "yes-no"}`: by button, number, or the words people use for them. */
export const createYesNo = (words: StepWords): StepType<Extract<Step, { type: 'yes-no' }>> => ({
  choices: (_step, { locale }) => [
    { value: 'yes', label: words.yes[locale][0]! },
    { value: 'no', label: words.no[locale][0]! },
  ],

  read(_step, { text, value }) {
    if (value === 'yes' || value === 'no') return { type: 'answer', value: value === 'yes' };
    const match = matchChoice(text, [
      { value: 'yes', labels: [...words.yes.ar, ...words.yes.en] },
      { value: 'no', labels: [...words.no.ar, ...words.no.en] },
    ]);
    if (match.type === 'chosen') return { type: 'answer', value: match.value === 'yes' };
    return { type: 'invalid', problem: 'yesNoUnclear' };
  },

  show: (_step, value, { locale }) => words[value === true ? 'yes' : 'no'][locale][0]!,
});
