import type { Form, Step } from '../../flows/schema.js';
import type { Locale } from '../../language/matcher.js';
import type { YesNoWords } from '../../language/yes-no.js';
import type { Assets } from '../assets.js';
import type { Choice, Input } from '../input.js';
import type { RequestFacts } from '../person-facts.js';

/** One kind of question in a form. A new kind is a file beside this one, a line in `index.ts` and its schema in `flows/`. */
export interface StepType<S extends Step> {
  /** What the person may choose from, when the question has choices; `value` is the answer's own. */
  choices?(step: S, context: StepContext): Choice[];
  /** What is said when the question is put, instead of the step's own prompt alone: a summary, a list of papers. */
  ask?(step: S, context: StepContext): string;
  /** Reads an answer. `value` is what is kept: plain JSON. */
  read(step: S, input: Input, context: StepContext): StepReading;
  /** What it has gathered stays when the person goes back to the question before. */
  keepsGathered?: true;
  /** The answer as it stands after others were corrected; undefined when it is to be given anew. */
  revise?(step: S, value: unknown, context: StepContext): unknown;
  /** How the summary and staff read the answer; without it the answer is printed as it is. */
  show?(step: S, value: unknown, context: Pick<StepContext, 'assets' | 'locale'>): string;
}

/** What a step may look at besides the message. */
export interface StepContext {
  assets: Assets;
  locale: Locale;
  /** Milliseconds. */
  now: number;
  form: Form;
  /** The answers given so far, by `ask`. */
  answers: Readonly<Record<string, unknown>>;
  /** What this step has gathered so far (`more`), or undefined. */
  gathered: unknown;
  /** The request that the form is about, when it is about one. */
  request?: RequestFacts;
  /** When an interview may be booked now, the earliest first; milliseconds. */
  slots?: readonly number[];
  /** The choices of this question as they were last shown. */
  offered?: readonly Choice[];
}

export type StepReading =
  | { type: 'answer'; value: unknown }
  /** Understood, and the question goes on: files come one by one. `said` is a sentence for the person. */
  | { type: 'more'; gathered: unknown; said?: string }
  /** Only of the summary: this answer is to be given anew. */
  | { type: 'correct'; ask: string }
  /** The person would rather not now: the form waits. `offer` are the ways on, as flows write targets. */
  | { type: 'pause'; said: string; offer: readonly string[] }
  /** Without this answer the form has no sense: it ends, and nothing of it is kept. */
  | { type: 'end'; said: string }
  /** `problem` names a sentence in `locales/` under `steps`, told differently the second time (`…Again`). */
  | { type: 'invalid'; problem: string; variables?: Record<string, unknown> };

/** Words that steps understand, from `flows/words.yaml`; the first of each is what the button says. */
export interface StepWords {
  yes: Record<Locale, readonly string[]>;
  no: Record<Locale, readonly string[]>;
  /** Something will be sent another day. */
  later: Record<Locale, readonly string[]>;
  /** Everything has been sent. */
  done: Record<Locale, readonly string[]>;
}

/** What says yes and no, in whatever language the person answers. */
export const inBoth = ({ yes, no }: StepWords): YesNoWords => ({
  yes: [...yes.ar, ...yes.en],
  no: [...no.ar, ...no.en],
});
