import { editDistance } from './distance.js';

/** Shorter words have too many neighbours that mean something else. */
const shortest = 5;

/**
 * Corrects one typing slip in a word: to the most frequent of the known words that are one edit away, or to itself.
 * Known words and their forms with one letter left out are indexed, so that a look-up tries only a handful.
 */
export function createSpelling(counts: ReadonlyMap<string, number>): (word: string) => string {
  const index = new Map<string, string[]>();
  for (const word of counts.keys()) {
    if (word.length < shortest - 1) continue;
    for (const form of withOneLess(word)) index.set(form, [...(index.get(form) ?? []), word]);
  }
  return (word) => {
    if (word.length < shortest || word.length > 30 || counts.has(word)) return word;
    const near = withOneLess(word)
      .flatMap((form) => index.get(form) ?? [])
      .filter((known) => editDistance(word, known, 1) === 1);
    return near.reduce((best, known) => ((counts.get(known) ?? 0) > (counts.get(best) ?? 0) ? known : best), word);
  };
}

/** The word and what it becomes when one letter is left out. */
const withOneLess = (word: string): string[] => [
  ...new Set([word, ...Array.from(word, (_, at) => word.slice(0, at) + word.slice(at + 1))]),
];
