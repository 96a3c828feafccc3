import type { Step } from '../../flows/schema.js';
import type { Locale } from '../../language/matcher.js';
import type { Choice, Input } from '../input.js';

/** One kind of question in a form. A new kind is a file beside this one, a line in `index.ts` and its schema in `flows/`. */
export interface StepType<S extends Step> {
  /** What the person may choose from, when the question has choices; `value` is the answer's own. */
  choices?(step: S, locale: Locale): Choice[];
  /** Reads an answer. `value` is what is kept: plain JSON. */
  read(step: S, input: Input): StepReading;
}

export type StepReading =
  | { type: 'answer'; value: unknown }
  /** `problem` names a sentence in `locales/` under `steps`, told differently the second time (`…Again`). */
  | { type: 'invalid'; problem: string; variables?: Record<string, unknown> };

/** Words that steps understand, from `flows/commands.yaml`; the first of each is what the button says. */
export interface StepWords {
  yes: Record<Locale, readonly string[]>;
  no: Record<Locale, readonly string[]>;
}
