import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localDigits } from '../../src/language/digits.js';
import { readIban } from '../../src/language/iban.js';

/** ISO 7064, mod 97-10: S is 28, A is 10, and the check stands at the end. */
const ibanOf = (account: string): string => {
  const check = 98n - (BigInt(`${account}281000`) % 97n);
  return `SA${String(check).padStart(2, '0')}${account}`;
};
const account = fc.stringMatching(/^\d{20}$/);

describe('an IBAN in a text', () => {
  it('is the same in every writing', () => {
    fc.assert(
      fc.property(account, fc.constantFrom('', ' ', '-'), fc.constantFrom('ar', 'en'), (digits, mark, locale) => {
        const iban = ibanOf(digits);
        const written = localDigits(iban.replace(/.{4}(?=.)/g, `$&${mark}`), locale);
        expect(readIban(`الآيبان ${written.toLowerCase()} شكرا`)).toEqual({ type: 'iban', iban });
        expect(readIban(written.slice(2))).toEqual({ type: 'iban', iban });
      }),
    );
  });

  it('is not taken with one wrong digit, or with two neighbours swapped', () => {
    fc.assert(
      fc.property(account, fc.integer({ min: 4, max: 22 }), fc.integer({ min: 1, max: 9 }), (digits, place, by) => {
        const signs = Array.from(ibanOf(digits));
        const [one = '', next = ''] = signs.slice(place, place + 2);
        expect(readIban(signs.with(place, String((Number(one) + by) % 10)).join(''))).toEqual({ type: 'check' });
        fc.pre(one !== next);
        expect(
          readIban(
            signs
              .with(place, next)
              .with(place + 1, one)
              .join(''),
          ),
        ).toEqual({ type: 'check' });
      }),
    );
  });
});
