import type { Step } from '../../flows/schema.js';
import { matchChoice } from '../../language/choice.js';
import type { StepType } from './step.js';

/**
 * One of a list, e.g. `{"ask": "topic", "type": "choice", "choices": [{"value": "staff", "label": {…}}, …]}`: by button,
 * number, label or nearly the label, in either language.
 */
export const choice: StepType<Extract<Step, { type: 'choice' }>> = {
  choices: (step, locale) => step.choices.map(({ value, label }) => ({ value, label: label[locale] })),

  read(step, { text, value }) {
    if (step.choices.some((option) => option.value === value)) return { type: 'answer', value };
    const options = step.choices.map((option) => ({
      value: option.value,
      labels: [option.label.ar, option.label.en, option.value],
    }));
    const match = matchChoice(text, options);
    if (match.type === 'chosen') return { type: 'answer', value: match.value };
    return { type: 'invalid', problem: 'choiceUnclear', variables: { count: options.length } };
  },
};
