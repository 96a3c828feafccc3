import type { Locale } from '../language/matcher.js';
import { tokens } from '../language/normalise.js';
import { stem } from '../language/stem.js';
import type { Themes } from '../flows/survey-schema.js';
import { least } from './grouping.js';

/** What people said in words elsewhere, without them: questions without an answer, suggestions and complaints. */
export interface Words {
  asked: string[];
  suggested: string[];
}

export interface ThemeCount {
  /** Of `flows/surveys/`. */
  id: string;
  label: Record<Locale, string>;
  count: number;
}

/** How many texts speak of each theme, the most first. A theme of fewer than five is not named. */
export function themesOf(themes: Themes, texts: readonly string[]): ThemeCount[] {
  const said = texts.map(stemsOf);
  return themes
    .map(({ id, label, words }) => {
      const wanted = new Set([...words.ar, ...words.en].flatMap((word) => [...stemsOf(word)]));
      return { id, label, count: said.filter((stems) => [...stems].some((one) => wanted.has(one))).length };
    })
    .filter(({ count }) => count >= least)
    .toSorted((a, b) => b.count - a.count);
}

const stemsOf = (text: string): Set<string> => new Set(tokens(text).map(stem));
