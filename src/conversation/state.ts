import { z } from 'zod';
import type { Locale } from '../language/matcher.js';

const runningForm = z.object({
  id: z.string(),
  /** The form's version when it began; another one makes the answers meaningless. */
  version: z.number(),
  /** The step that waits for an answer, by its `ask`. */
  step: z.string(),
  answers: z.record(z.string(), z.unknown()),
  /** Answers to this step that were not understood. */
  tries: z.number(),
  /** Set aside by the person for something else; "resume" goes on. */
  paused: z.boolean(),
});

const schema = z.object({
  version: z.literal(1),
  locale: z.enum(['ar', 'en']),
  greeted: z.boolean(),
  /** What was last offered to choose from, in order: a typed number or label means one of these. */
  offered: z.array(z.object({ value: z.string(), label: z.string() })),
  /** Messages not understood in a row. */
  misses: z.number(),
  form: runningForm.nullable(),
  /** Forms that were left for another one; each waits to be gone on with. */
  drafts: z.array(runningForm),
  /** Messages within the present minute; `told` once the person has heard that it is too many. */
  flood: z.object({ since: z.number(), count: z.number(), told: z.boolean() }),
});

/** All that is remembered between two turns of a conversation, as plain JSON. */
export type ConversationState = z.infer<typeof schema>;
export type RunningForm = z.infer<typeof runningForm>;

export const freshState = (locale: Locale): ConversationState => ({
  version: 1,
  locale,
  greeted: false,
  offered: [],
  misses: 0,
  form: null,
  drafts: [],
  flood: { since: 0, count: 0, told: false },
});

/** State that no version of ours can read starts afresh rather than being misread. */
export function readState(stored: unknown, locale: Locale): ConversationState {
  const parsed = schema.safeParse(stored);
  return parsed.success ? parsed.data : freshState(locale);
}
