import { concepts, stopWords } from './concepts.js';
import { normalise } from './normalise.js';
import { stem } from './stem.js';

const words = (list: string): string[] => list.split(' ').map(normalise);

const conceptOfForm = new Map<string, string>();
for (const [concept, forms] of Object.entries(concepts)) {
  for (const form of words(forms)) if (!conceptOfForm.has(form)) conceptOfForm.set(form, concept);
}
for (const [form, concept] of Array.from(conceptOfForm)) {
  const stemmed = stem(form);
  if (stemmed.length > 2 && !conceptOfForm.has(stemmed)) conceptOfForm.set(stemmed, concept);
}

const stops = new Set(words(stopWords));

/** The concept that a normalised word stands for, whatever the dialect, or undefined when the lexicon lacks it. */
export function conceptOf(word: string): string | undefined {
  const known = lookUp(word) ?? lookUp(word.replace(/^(?:[وفبكهع]?ال|و?لل)/, ''));
  if (known !== undefined || word.length < 4 || !/^[بحسوفهلك]/.test(word)) return known;
  const bare = word.slice(1);
  return conceptOfForm.get(bare) ?? (/^[ايتن]/.test(bare) ? conceptOfForm.get(stem(bare)) : undefined);
}

const lookUp = (word: string): string | undefined => conceptOfForm.get(word) ?? conceptOfForm.get(stem(word));

export const isStopWord = (word: string): boolean => stops.has(word);
