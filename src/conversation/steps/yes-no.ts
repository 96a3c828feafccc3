import type { Step } from '../../flows/schema.js';
import { readYesNo } from '../../language/yes-no.js';
import { fill } from '../variables.js';
import { inBoth, type StepReading, type StepType, type StepWords } from './step.js';

/** Yes or no, e.g. `{"ask": "mayContact", "type": "yes-no"}`: by button, number, or the words people use for them. */
export const createYesNo = (words: StepWords): StepType<Extract<Step, { type: 'yes-no' }>> => ({
  choices: (_step, { locale }) => [
    { value: 'yes', label: words.yes[locale][0]! },
    { value: 'no', label: words.no[locale][0]! },
  ],

  read(step, { text, value }, { assets, locale, now }) {
    const reading = (yes: boolean): StepReading =>
      yes || !step.otherwise
        ? { type: 'answer', value: yes }
        : { type: 'end', said: fill(step.otherwise[locale], assets.variables(locale, now), locale) };
    if (value === 'yes' || value === 'no') return reading(value === 'yes');
    const said = readYesNo(text, inBoth(words));
    return said === undefined ? { type: 'invalid', problem: 'yesNoUnclear' } : reading(said);
  },

  show: (_step, value, { locale }) => words[value === true ? 'yes' : 'no'][locale][0]!,
});
