import type { Step } from '../../flows/schema.js';
import type { StepType } from './step.js';

/** Free words, e.g. `{"ask": "suggestion", "type": "text", "min": 5, "max": 2000}`. */
export const text: StepType<Extract<Step, { type: 'text' }>> = {
  read({ min, max }, input) {
    const { length } = input.text;
    if (length === 0) return { type: 'invalid', problem: 'textMissing' };
    if (length < min) return { type: 'invalid', problem: 'textShort', variables: { count: min } };
    if (length > max) return { type: 'invalid', problem: 'textLong', variables: { count: max } };
    return { type: 'answer', value: input.text };
  },
};
