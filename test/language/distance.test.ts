import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance } from '../../src/language/distance.js';

describe('the edit distance', () => {
  it.each([
    ['لجنه', 'لجنه', 0],
    ['لجنه', 'لجن', 1],
    ['اوراق', 'اورراق', 1],
    ['موظف', 'موضف', 1],
    ['طلب', 'طبل', 1],
    ['ca', 'abc', 3],
    ['', 'abc', 3],
    ['kitten', 'sitting', 3],
  ])('of %s and %s is %i', (a, b, slips) => {
    expect(editDistance(a, b)).toBe(slips);
  });

  it('stops counting above the limit', () => {
    expect(editDistance('abcdef', 'uvwxyz', 2)).toBe(3);
    expect(editDistance('a', 'abcdef', 2)).toBe(3);
  });

  it('is the same both ways, zero only for equals, and the limit does not change what is below it', () => {
    const word = fc.string({ unit: fc.constantFrom('ا', 'ب', 'ت', 'ث'), maxLength: 7 });
    fc.assert(
      fc.property(word, word, fc.nat(5), (a, b, limit) => {
        const slips = editDistance(a, b);
        expect(editDistance(b, a)).toBe(slips);
        expect(slips === 0).toBe(a === b);
        expect(editDistance(a, b, limit)).toBe(Math.min(slips, limit + 1));
      }),
    );
  });
});
