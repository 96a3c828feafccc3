import type { Step } from '../../flows/schema.js';
import { createAttachments } from './attachments.js';
import { choice } from './choice.js';
import { contact } from './contact.js';
import { createDeclaration } from './declaration.js';
import { date } from './date.js';
import { iban } from './iban.js';
import { location } from './location.js';
import { money } from './money.js';
import { number } from './number.js';
import { reference } from './reference.js';
import { createReview } from './review.js';
import { saudiId } from './saudi-id.js';
import { saudiMobile } from './saudi-mobile.js';
import { slot } from './slot.js';
import type { StepContext, StepType, StepWords } from './step.js';
import { text } from './text.js';
import { createYesNo } from './yes-no.js';

export type StepTypes = { readonly [type in Step['type']]: StepType<Extract<Step, { type: type }>> };

export const createStepTypes = (words: StepWords): StepTypes => ({
  text,
  choice,
  attachments: createAttachments(words),
  review: createReview(words, shown),
  declaration: createDeclaration(words),
  'yes-no': createYesNo(words),
  number,
  money,
  'saudi-id': saudiId,
  'saudi-mobile': saudiMobile,
  iban,
  reference,
  contact,
  date,
  location,
  slot,
});

/** The type of a step, as one that takes any step: the registry's own shape says that they fit. */
export const stepType = (types: StepTypes, step: Step): StepType<Step> => types[step.type];

/** How an answer reads, for the summary and for staff. */
export function shown(step: Step, value: unknown, context: Pick<StepContext, 'assets' | 'locale'>): string {
  return stepType(context.assets.steps, step).show?.(step, value, context) ?? String(value);
}
