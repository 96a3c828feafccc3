import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitText } from '../../src/channels/split-text.js';

const split = (text: string, limit: number): string[] =>
  splitText(text, limit).map(({ start, end }) => text.slice(start, end));

describe('a long text is cut', () => {
  test.each([
    ['after a paragraph', 'aa bb.\n\ncc dd ee', 12, ['aa bb.', 'cc dd ee']],
    ['after a line', 'aa bb cc\ndd. ee ff', 14, ['aa bb cc', 'dd. ee ff']],
    ['after a sentence', 'نعم نعم؟ لا لا لا', 12, ['نعم نعم؟', 'لا لا لا']],
    ['after a word', 'aaaa bbbb cccc', 10, ['aaaa bbbb', 'cccc']],
    ['anywhere, when it has no boundary', 'aaaaaaaaaa', 4, ['aaaa', 'aaaa', 'aa']],
    ['never inside an emoji', 'aaa👍👍', 4, ['aaa', '👍👍']],
    ['not at all when it fits', 'aa\n\nbb', 6, ['aa\n\nbb']],
    ['into nothing when it is blank', ' \n\n ', 6, []],
  ])('%s', (_where, text, limit, parts) => {
    expect(split(text, limit)).toEqual(parts);
  });

  test('so that no part is too long, blank or ill-formed, and no character is lost', () => {
    const alphabet = fc.constantFrom('a', 'ب', '👍', ' ', '\n', '\n\n', '. ', '👨‍👩‍👧', '\u200F');
    fc.assert(
      fc.property(fc.array(alphabet, { maxLength: 200 }), fc.integer({ min: 2, max: 40 }), (pieces, limit) => {
        const text = pieces.join('');
        const parts = split(text, limit);
        for (const part of parts) {
          expect(part.length).toBeLessThanOrEqual(limit);
          expect(part.isWellFormed()).toBe(true);
          expect(part.trim()).toBe(part);
          expect(part).not.toBe('');
        }
        expect(parts.join('').replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
      }),
    );
  });
});
