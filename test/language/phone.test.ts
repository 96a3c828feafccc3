import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localDigits } from '../../src/language/digits.js';
import { maskPhone, readPhone } from '../../src/language/phone.js';

describe('a mobile in a text', () => {
  it('is the same in every writing', () => {
    const writings = ['05', '5', '9665', '009665', '+9665', '+966 5', '966 05', '+966-(0)5'];
    fc.assert(
      fc.property(
        fc.constantFrom(...writings),
        fc.stringMatching(/^[0134568]\d{7}$/),
        fc.constantFrom('ar', 'en'),
        (beginning, others, locale) => {
          const written = localDigits(
            `${beginning}${others.slice(0, 2)} ${others.slice(2, 5)}-${others.slice(5)}`,
            locale,
          );
          expect(readPhone(`رقمي ${written} شكرا`)).toEqual({ type: 'mobile', phone: `+9665${others}` });
        },
      ),
    );
  });

  it.each([
    ['0500000000 و 0511111111', 'several'],
    ['+20 100 123 4567', 'foreign'],
    ['الثابت 0112345678', 'landline'],
    ['8001234567', 'landline'],
    ['0112345678 والجوال 0500000000', 'mobile'],
    ['05000', 'wrong'],
    ['0'.repeat(4000), 'wrong'],
    ['جوالي', 'none'],
    ['+', 'none'],
  ])('%j: %s', (text, type) => {
    expect(readPhone(text)).toMatchObject({ type });
  });

  it('is masked in one piece', () => {
    expect(maskPhone('+966500000123')).toBe('\u206605•••••123\u2069');
  });
});
