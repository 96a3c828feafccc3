import { z } from 'zod';
import { id, label, localised, sentence } from './schema.js';

/** What a survey may be about: what has just been served. `interview` waits for the booking of interviews. */
export const surveyStages = ['takeover', 'delivered', 'rejected', 'closed', 'interview'] as const;
export type SurveyStage = (typeof surveyStages)[number];

const words = z.array(sentence).min(1);
const inBoth = z.strictObject({ ar: words, en: words });

/** A face and its word; the label is the first of the words that choose it. */
const answer = z.strictObject({ face: z.string().min(1).max(8), label, words: inBoth });

const occasion = z.strictObject({
  ask: localised,
  /** Hours after what it is about. */
  after: z.int().min(0).max(720),
});

/** Five steps from the worst to the best, one open question, thanks. */
const scaleSchema = z.strictObject({
  id,
  type: z.literal('scale'),
  about: z.strictObject({
    takeover: occasion,
    delivered: occasion,
    rejected: occasion,
    closed: occasion,
    interview: occasion,
  } satisfies Record<SurveyStage, typeof occasion>),
  /** Said after the question each time: why it is asked, and that nobody learns who answered what. */
  promise: localised,
  /** The worst first. */
  scale: z.array(answer).length(5),
  /** "Not now". */
  decline: z.strictObject({ label, words: inBoth }),
  comment: z.strictObject({ ask: localised, max: z.int().min(50).max(2000), skip: z.strictObject({ label, words: inBoth }) }),
  thanks: localised,
  /** The step by which anybody asks to be called, whatever the answer was. */
  call: z.strictObject({ label }),
  /** The step by which anybody asks to hear what was improved. */
  news: z.strictObject({ label, ask: localised }),
  limits: z.strictObject({
    /** Questions to one person in thirty days. */
    perMonth: z.int().min(1).max(10),
    /** Days between two questions to one person. */
    apart: z.int().min(0).max(60),
    /** Days after which an unanswered question is over. */
    lapses: z.int().min(1).max(30),
    /** Days after which an unanswered question is put once more. */
    reminds: z.int().min(1).max(29),
  }),
});

/** A thumb up or down after an answer of the FAQ. */
const thumbSchema = z.strictObject({
  id,
  type: z.literal('thumb'),
  ask: localised,
  up: answer,
  down: answer,
  thanks: localised,
  limits: z.strictObject({
    /** Asked at every so-many-th answer. */
    every: z.int().min(1).max(50),
    perMonth: z.int().min(1).max(30),
  }),
  /** Entries after which it is never asked: greetings, words of danger. */
  except: z.array(id).default([]),
});

/** What comments, suggestions and questions speak of; found by their words in any form. */
const themesSchema = z.strictObject({
  id,
  type: z.literal('themes'),
  themes: z.array(z.strictObject({ id, label, words: inBoth })).min(1).max(20),
});

export const surveySchema = z.discriminatedUnion('type', [scaleSchema, thumbSchema, themesSchema]);

export type Survey = z.infer<typeof surveySchema>;
export type ScaleSurvey = z.infer<typeof scaleSchema>;
export type ThumbSurvey = z.infer<typeof thumbSchema>;
export type Themes = z.infer<typeof themesSchema>['themes'];
