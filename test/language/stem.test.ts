import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise } from '../../src/language/normalise.js';
import { skeleton, stem } from '../../src/language/stem.js';

const stems = (...words: string[]) => new Set(words.map((word) => stem(normalise(word))));

describe('the light stem', () => {
  it.each([
    ['الجمعية', 'جمعية', 'بالجمعية', 'والجمعية', 'للجمعية', 'جمعيتكم', 'هالجمعية'],
    ['المتطوعين', 'متطوعين', 'متطوعون', 'متطوعات', 'والمتطوعين'],
    ['يقدم', 'بيقدم', 'ليقدم', 'ويقدم'],
    ['committee', 'committees'],
    ['asking', 'asked', 'asks'],
  ])('of %s is that of its other forms', (...words) => {
    expect(stems(...words).size).toBe(1);
  });

  it('leaves short words whole', () => {
    expect(['كم', 'من', 'وين', 'id'].map((word) => stem(word))).toEqual(['كم', 'من', 'وين', 'id']);
  });

  it('never makes a word empty or longer', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: fc.constantFrom(...Array.from('اوينتهمكلبفسقدر')) }), (word) => {
        expect(stem(word).length).toBeGreaterThanOrEqual(Math.min(word.length, 3));
        expect(stem(word).length).toBeLessThanOrEqual(word.length);
      }),
    );
  });
});

describe('the skeleton', () => {
  it('joins the forms of a root', () => {
    expect(new Set(['قدم', 'تقديم', 'يقدم', 'مقدم'].map(skeleton))).toEqual(new Set(['قدم']));
  });

  it('is left out when hardly a consonant remains', () => {
    expect(skeleton('اين')).toBeUndefined();
  });
});
