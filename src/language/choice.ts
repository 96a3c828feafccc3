import { editDistance } from './distance.js';
import { conceptOf, isStopWord } from './lexicon.js';
import { normalise } from './normalise.js';
import { ordinalIn } from './ordinals.js';
import { stem } from './stem.js';

export interface Choice {
  value: string;
  /** How it may be said, the label on the button first. */
  labels: readonly string[];
}

export type ChoiceMatch =
  | { type: 'chosen'; value: string }
  /** It could be any of these: ask again, naming them. */
  | { type: 'unclear'; values: readonly string[] }
  | { type: 'none' };

/**
 * Which choice a typed text means: its number in the list, its label, a part of the label that no other choice has, or
 * the label with a typing slip. The strictest reading that fits wins; several choices on one reading are unclear.
 */
export function matchChoice(text: string, choices: readonly Choice[]): ChoiceMatch {
  const said = normalise(text.slice(0, 300));
  if (said === '') return { type: 'none' };
  const labelled = choices.map(({ value, labels }) => ({ value, labels: labels.map(normalise).filter(Boolean) }));
  const place = ordinalIn(text.slice(0, 300), choices.length);
  for (const reading of readings) {
    const values = labelled
      .filter(({ labels }) => labels.some((label) => reading(said, label)))
      .map(({ value }) => value);
    const [value] = values;
    if (value !== undefined) return values.length === 1 ? { type: 'chosen', value } : { type: 'unclear', values };
    const numbered = reading === same && place !== undefined ? choices[place - 1] : undefined;
    if (numbered) return { type: 'chosen', value: numbered.value };
  }
  return { type: 'none' };
}

type Reading = (said: string, label: string) => boolean;

const same: Reading = (said, label) => said === label;

/** "الشكاوى" for "شكاوى", "شكواي" for "شكوى". */
const sameStems: Reading = (said, label) => stems(said).join(' ') === stems(label).join(' ');

const slip: Reading = (said, label) => {
  const limit = allowedSlips(Math.min(said.length, label.length));
  return limit > 0 && editDistance(said, label, limit) <= limit;
};

/** The beginning of the label, at least three letters: "اقتر" for "اقتراح". */
const beginning: Reading = (said, label) =>
  said.length >= 3 && (label.startsWith(said) || label.startsWith(`ال${said}`));

/** All that was said is in the label, in any order: "الموظفين" for "تعامل الموظفين". */
const partOfLabel: Reading = (said, label) => contains(label, said);

/**
 * The label among words of politeness and wish: "ابغى تعامل الموظفين لو سمحت". Among other words it is a question about
 * the label, or a refusal, and not a choice.
 */
const labelInSentence: Reading = (said, label) =>
  contains(said, label) && contains(label, said.split(' ').filter(carriesMeaning).join(' '));

const carriesMeaning = (word: string): boolean => {
  const concept = conceptOf(word);
  return !isStopWord(word) && concept !== 'want' && concept !== 'greeting' && concept !== 'thanks';
};

const readings: readonly Reading[] = [same, sameStems, slip, beginning, partOfLabel, labelInSentence];

function contains(whole: string, part: string): boolean {
  const words = stems(whole);
  const wanted = stems(part);
  return wanted.some((word) => word.length >= 3) && wanted.every((word) => words.some((other) => alike(word, other)));
}

function alike(a: string, b: string): boolean {
  const limit = allowedSlips(Math.min(a.length, b.length));
  return a === b || (limit > 0 && editDistance(a, b, limit) <= limit);
}

const stems = (text: string): string[] => text.split(' ').map(stem);

/** Short words differ by one letter and mean something else: "نعم" and "نغم" are one slip apart, "لا" and "ما" too. */
const allowedSlips = (length: number): number => (length < 4 ? 0 : length < 8 ? 1 : length < 14 ? 2 : 3);
