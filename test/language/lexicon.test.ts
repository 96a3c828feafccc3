import { describe, expect, it } from 'vitest';
import { concepts, stopWords } from '../../src/language/concepts.js';
import { conceptOf, isStopWord } from '../../src/language/lexicon.js';
import { normalise } from '../../src/language/normalise.js';

const concept = (word: string) => conceptOf(normalise(word));

describe('the lexicon', () => {
  it.each([
    ['what', ['ماذا', 'وش', 'ايش', 'شو', 'what']],
    ['want', ['أريد', 'ابغى', 'ابي', 'ودّي', 'بدي', 'نبغى']],
    ['now', ['الآن', 'الحين', 'دحين', 'هسا']],
    ['phone', ['هاتف', 'جوالكم', 'بالجوال', 'تلفون', 'phones']],
    ['papers', ['أوراق', 'الورق', 'مستنداتي', 'وثائق', 'documents']],
    ['committee', ['اللجنة', 'لجنتكم', 'باللجنه']],
    ['apply', ['أقدّم', 'بقدم', 'التقديم', 'applying']],
  ])('knows %s by its dialect forms, with articles and endings', (expected, words) => {
    expect(words.map((word) => [word, concept(word)])).toEqual(words.map((word) => [word, expected]));
  });

  it('does not know every word', () => {
    expect(concept('طماطم')).toBeUndefined();
  });

  it('puts every form under one concept only', () => {
    const places = new Map<string, string[]>();
    for (const [name, forms] of Object.entries(concepts)) {
      for (const form of new Set(forms.split(' ').map(normalise)))
        places.set(form, [...(places.get(form) ?? []), name]);
    }
    expect([...places].filter(([, names]) => names.length > 1)).toEqual([]);
  });

  it('has no stop word that is also a concept', () => {
    const both = stopWords.split(' ').map(normalise).filter((word) => Object.values(concepts).some((forms) => forms.split(' ').map(normalise).includes(word))); // prettier-ignore
    expect(both).toEqual([]);
    expect(isStopWord('في')).toBe(true);
  });
});
