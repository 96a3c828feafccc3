import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localDigits } from '../../src/language/digits.js';
import { readSaudiId } from '../../src/language/saudi-id.js';

const body = fc
  .record({ first: fc.constantFrom('1', '2'), others: fc.stringMatching(/^\d{8}$/) })
  .map(({ first, others }) => first + others);
const withCheck = (digits: string) => Array.from('0123456789').map((check) => digits + check);

describe('an ID in a text', () => {
  it('has exactly one check digit', () => {
    fc.assert(
      fc.property(body, (digits) => {
        const readings = withCheck(digits).map((id) => readSaudiId(id).type);
        expect(readings.filter((type) => type === 'id')).toHaveLength(1);
        expect(readings.filter((type) => type === 'check')).toHaveLength(9);
      }),
    );
  });

  it('is the same in every writing', () => {
    const between = fc.array(fc.constantFrom('', '', ' ', '-', '  ', '–', 'ـ'), { minLength: 10, maxLength: 10 });
    fc.assert(
      fc.property(body, between, fc.constantFrom('ar', 'en'), (digits, marks, locale) => {
        const id = withCheck(digits).find((one) => readSaudiId(one).type === 'id') ?? '';
        const written = Array.from(id)
          .map((digit, place) => (marks[place] ?? '') + digit)
          .join('');
        expect(readSaudiId(`هويتي ${localDigits(written, locale)} شكرا`)).toEqual({ type: 'id', id });
      }),
    );
  });

  it('is not read when it was never given out: 0, or 3 to 9, first', () => {
    expect(readSaudiId('3234567897')).toEqual({ type: 'beginning' });
  });

  it('counts the digits of the longest number', () => {
    expect(readSaudiId('هويتي 123456 وعمري 40')).toEqual({ type: 'length', digits: 6 });
  });
});
