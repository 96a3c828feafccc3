import { FlowError } from '../../core/errors.js';
import type { Step } from '../../flows/schema.js';
import { choice } from './choice.js';
import { money } from './money.js';
import { number } from './number.js';
import type { StepType, StepWords } from './step.js';
import { text } from './text.js';
import { createYesNo } from './yes-no.js';

export type StepTypes = { readonly [type in Step['type']]?: StepType<Extract<Step, { type: type }>> };

export const createStepTypes = (words: StepWords): StepTypes => ({
  text,
  choice,
  'yes-no': createYesNo(words),
  number,
  money,
});

/** The type of a step, as one that takes any step: the registry's own shape says that they fit. */
export function stepType(types: StepTypes, step: Step): StepType<Step> {
  const found = types[step.type];
  if (!found) throw new FlowError([`The step type ${step.type} is not there`]);
  return found;
}
