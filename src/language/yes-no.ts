import { editDistance } from './distance.js';
import { normalise } from './normalise.js';
import { ordinalIn } from './ordinals.js';

export interface YesNoWords {
  yes: readonly string[];
  no: readonly string[];
}

/** Longer messages say more than yes or no. */
const longest = 6;

/**
 * Whether a message says yes or no; undefined when it says neither, or both. "غير موافق" is a no although it holds a word
 * of yes; a slip of the finger is forgiven in a single word only, and never between the two.
 */
export function readYesNo(text: string, words: YesNoWords): boolean | undefined {
  const said = normalise(text.slice(0, 300)).split(' ').filter(Boolean);
  if (said.length === 0 || said.length > longest) return undefined;
  const place = ordinalIn(text.slice(0, 300), 2);
  if (place !== undefined) return place === 1;
  const yes = phrasesOf(words.yes);
  const no = phrasesOf(words.no);
  const rest = without(said, no);
  const refuses = rest.length < said.length;
  const agrees = without(rest, yes).length < rest.length;
  if (refuses !== agrees) return agrees;
  return refuses || said.length > 1 ? undefined : slipOf(said[0] ?? '', { yes, no });
}

/** The longest first, so that "غير موافق" is taken whole. */
const phrasesOf = (words: readonly string[]): string[][] =>
  words.map((word) => normalise(word).split(' ')).toSorted((a, b) => b.length - a.length);

/** What is left when every phrase that occurs is taken out. */
function without(said: readonly string[], phrases: readonly string[][]): string[] {
  for (const phrase of phrases) {
    const at = said.findIndex((_, start) => phrase.every((word, offset) => isWord(said[start + offset], word)));
    if (at !== -1) return without([...said.slice(0, at), ...said.slice(at + phrase.length)], phrases);
  }
  return [...said];
}

/** "ولا" is "لا" too. */
const isWord = (said: string | undefined, word: string): boolean => said === word || said === `و${word}`;

function slipOf(word: string, { yes, no }: { yes: string[][]; no: string[][] }): boolean | undefined {
  const near = (phrases: string[][]): boolean =>
    phrases.some(
      ([label = '', ...more]) => more.length === 0 && label.length >= 4 && editDistance(word, label, 1) <= 1,
    );
  return near(yes) === near(no) ? undefined : near(yes);
}
