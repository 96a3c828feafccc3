/**
 * The contract of question matching; what stands behind it may be replaced. A matcher is trained once on the FAQ's
 * phrasings and then maps what a person typed to entries.
 */
export interface Matcher {
  match(text: string, locale: Locale): Match;
}

export type Locale = 'ar' | 'en';

export interface MatcherEntry {
  id: string;
  /** The entry's name and phrasings, by locale. */
  questions: Record<Locale, readonly string[]>;
}

/** What the router does with a question, by the two confidences of the match. */
export type Match =
  /** Sure: answer. */
  | { type: 'answer'; id: string; score: number }
  /** Not sure which: offer these, best first, at most three. */
  | { type: 'suggest'; ids: readonly string[]; score: number }
  /** Nothing like it in the FAQ. */
  | { type: 'none'; score: number };
