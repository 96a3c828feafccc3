import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance } from '../../src/language/distance.js';
import { createSpelling } from '../../src/language/spelling.js';

const correct = createSpelling(new Map([['الاوراق', 5], ['المستندات', 2], ['application', 3], ['كتاب', 9], ['قرارات', 1], ['قراراك', 4]])); // prettier-ignore

describe('spelling', () => {
  it.each([
    ['الاورق', 'الاوراق', 'a letter lost'],
    ['الاوراقق', 'الاوراق', 'a letter added'],
    ['المستندلت', 'المستندات', 'a letter changed'],
    ['applicatoin', 'application', 'two letters swapped'],
    ['قراران', 'قراراك', 'the more frequent of two'],
    ['الاوراق', 'الاوراق', 'a known word stays'],
    ['كتب', 'كتب', 'a short word stays'],
    ['المستشفيات', 'المستشفيات', 'two slips are another word'],
  ])('%s is %s: %s', (typed, meant) => {
    expect(correct(typed)).toBe(meant);
  });

  it('changes a word by one slip at most', () => {
    const words = fc.array(fc.string({ unit: fc.constantFrom('ا', 'ب', 'ت'), minLength: 4, maxLength: 7 }));
    fc.assert(
      fc.property(words, fc.string({ unit: fc.constantFrom('ا', 'ب', 'ت'), maxLength: 7 }), (known, typed) => {
        const meant = createSpelling(new Map(known.map((word) => [word, 1])))(typed);
        expect(editDistance(typed, meant)).toBeLessThanOrEqual(1);
        expect([...known, typed]).toContain(meant);
      }),
    );
  });
});
