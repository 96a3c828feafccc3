import type { Locale } from '../language/matcher.js';
import { tokens } from '../language/normalise.js';
import { stem } from '../language/stem.js';
import type { Themes } from '../flows/survey-schema.js';
import { least } from './grouping.js';

/** Where people say in words what they need: questions without an answer, suggestions and complaints. */
export const wordKinds = ['suggested', 'asked'] as const;
export type WordKind = (typeof wordKinds)[number];

/** Something that was said, and the chat in which it was; null when nobody knows. */
export interface SaidElsewhere {
  text: string;
  conversation: string | null;
}

/** How many texts speak of each theme, by its id. */
export type Tally = Record<string, number>;

export interface ThemeCount {
  /** Of `flows/surveys/`. */
  id: string;
  label: Record<Locale, string>;
  count: number;
}

export function tallyOf(themes: Themes, texts: readonly string[]): Tally {
  const said = texts.map(stemsOf);
  return Object.fromEntries(
    themes.map(({ id, words }) => {
      const wanted = new Set([...words.ar, ...words.en].flatMap((word) => [...stemsOf(word)]));
      return [id, said.filter((stems) => [...stems].some((one) => wanted.has(one))).length];
    }),
  );
}

/**
 * What was said elsewhere, counted; undefined as long as it is of fewer than five people. Who said something without a name
 * may be one of the others.
 */
export function tallyOfMany(themes: Themes, said: readonly SaidElsewhere[]): Tally | undefined {
  const people = new Set(said.map(({ conversation }) => conversation).filter((conversation) => conversation !== null));
  return people.size < least ? undefined : tallyOf(themes, said.map(({ text }) => text)); // prettier-ignore
}

/** The most frequent first. A theme of fewer than five is not named. */
export const themesOf = (themes: Themes, tallies: readonly Tally[]): ThemeCount[] =>
  themes
    .map(({ id, label }) => ({ id, label, count: tallies.reduce((sum, tally) => sum + (tally[id] ?? 0), 0) }))
    .filter(({ count }) => count >= least)
    .toSorted((a, b) => b.count - a.count);

const stemsOf = (text: string): Set<string> => new Set(tokens(text).map(stem));
