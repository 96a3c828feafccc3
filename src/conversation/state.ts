import { z } from 'zod';
import { surveyStages } from '../flows/survey-schema.js';
import type { Locale } from '../language/matcher.js';

const runningForm = z.object({
  id: z.string(),
  /** The form's version when it began; another one makes the answers meaningless. */
  version: z.number(),
  /** The step that waits for an answer, by its `ask`. */
  step: z.string(),
  answers: z.record(z.string(), z.unknown()),
  /** What steps have so far that are not answered yet, by their `ask`. */
  gathered: z.record(z.string(), z.unknown()).default({}),
  /** The answered step that is to be answered anew; until then its answer stays. */
  correcting: z.string().optional(),
  /** The request that the form is about, by its reference. */
  about: z.string().optional(),
  /** Answers to this step that were not understood. */
  tries: z.number(),
  /** Set aside by the person for something else; "resume" goes on. */
  paused: z.boolean(),
});

/** A file that the person has sent, as it is kept among the answers. */
export const receivedFile = z.object({
  id: z.string(),
  name: z.string(),
  contentType: z.string(),
  /** Bytes. */
  size: z.number(),
});

/** A question about the service that waits, or was answered. What was answered is never in it. */
const surveyState = z.object({
  occasion: z.string(),
  stage: z.enum(surveyStages),
  service: z.string().nullable(),
  step: z.enum(['score', 'comment', 'done']),
  /** When it lapses; milliseconds. */
  until: z.number(),
  /** Answers that were not understood. */
  tries: z.number(),
});

const noThumbs = { since: 0, number: 0, asked: [], open: null };
/** Thumbs after answers: answers since the last, how many were ever asked for and when lately, and the one that waits. */
const thumbsState = z.object({
  since: z.number(),
  number: z.number(),
  asked: z.array(z.number()),
  open: z.object({ entry: z.string(), number: z.number() }).nullable(),
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
  /** Files that came before it was clear which request they belong to. */
  files: z.array(receivedFile).default([]),
  survey: surveyState.nullable().default(null),
  thumbs: thumbsState.default(() => ({ ...noThumbs, asked: [] })),
  /** Messages within the present minute; `told` once the person has heard that it is too many. */
  flood: z.object({ since: z.number(), count: z.number(), told: z.boolean() }),
});

/** All that is remembered between two turns of a conversation, as plain JSON. */
export type ConversationState = z.infer<typeof schema>;
export type SurveyState = z.infer<typeof surveyState>;
export type RunningForm = z.infer<typeof runningForm>;
export type ReceivedFile = z.infer<typeof receivedFile>;

export const freshState = (locale: Locale): ConversationState => ({
  version: 1,
  locale,
  greeted: false,
  offered: [],
  misses: 0,
  form: null,
  drafts: [],
  files: [],
  survey: null,
  thumbs: { ...noThumbs, asked: [] },
  flood: { since: 0, count: 0, told: false },
});

/** State that no version of ours can read starts afresh rather than being misread; its language is kept. */
export function readState(stored: unknown, locale: Locale): ConversationState {
  const parsed = schema.safeParse(stored);
  if (parsed.success) return parsed.data;
  const language = schema.pick({ locale: true }).safeParse(stored);
  return freshState(language.success ? language.data.locale : locale);
}
