import type { Step } from '../../flows/schema.js';
import type { Assets } from '../assets.js';
import { matchChoice } from '../../language/choice.js';
import type { StepType } from './step.js';

/**
 * One of a list, e.g. `{"ask": "topic", "type": "choice", "choices": [{"value": "staff", "label": {…}}, …]}`: by button,
 * number, label or nearly the label, in either language.
 */
export const choice: StepType<ChoiceStep> = {
  choices: (step, { assets, locale }) =>
    optionsOf(step, assets).map(({ value, label }) => ({ value, label: label[locale] })),

  read(step, { text, value }, { assets }) {
    const offered = optionsOf(step, assets);
    if (offered.some((option) => option.value === value)) return { type: 'answer', value };
    const options = offered.map((option) => ({
      value: option.value,
      labels: [option.label.ar, option.label.en, option.value],
    }));
    const match = matchChoice(text, options);
    if (match.type === 'chosen') return { type: 'answer', value: match.value };
    return { type: 'invalid', problem: 'choiceUnclear', variables: { count: options.length } };
  },

  show: (step, value, { assets, locale }) =>
    optionsOf(step, assets).find((option) => option.value === value)?.label[locale] ?? '',
};

type ChoiceStep = Extract<Step, { type: 'choice' }>;

const optionsOf = ({ choices }: ChoiceStep, { organisation }: Assets) =>
  choices === 'services' ? organisation.services.map(({ id, label }) => ({ value: id, label })) : choices;
