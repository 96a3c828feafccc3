import type { Ids } from './ids.js';

/** Digits and letters that nobody takes for another on the phone or in handwriting: no I, L, O, U (Crockford's base 32). */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const random = 4;

/** A new reference, e.g. `ASB-7K3Q-9`: the organisation's prefix, four signs by chance, one that checks them. */
export function makeReference(prefix: string, ids: Ids): string {
  const bytes = Buffer.from(ids.secret(random), 'base64url');
  const signs = [...bytes].map((byte) => byte % 32);
  return written(prefix, [...signs, checkOf(signs)]);
}

/**
 * The reference that a person has typed or dictated: small letters, Arabic digits, other separators, a missing prefix, O
 * for 0 and I or L for 1 are understood. Undefined when it is none: one wrong or two swapped signs are always noticed.
 */
export function readReference(text: string, prefix: string): string | undefined {
  const plain = text
    .replace(/[٠-٩۰-۹]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf))
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '');
  const bare = (plain.startsWith(prefix) && plain.length > random + 1 ? plain.slice(prefix.length) : plain)
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  const signs = Array.from(bare).map((sign) => alphabet.indexOf(sign));
  if (signs.length !== random + 1 || signs.includes(-1)) return undefined;
  return checkOf(signs.slice(0, -1)) === signs.at(-1) ? written(prefix, signs) : undefined;
}

const written = (prefix: string, signs: readonly number[]): string => {
  const text = signs.map((sign) => alphabet[sign]).join('');
  return `${prefix}-${text.slice(0, random)}-${text.slice(random)}`;
};

/**
 * A weighted sum in the field of 32 elements, each place with a weight of its own, none of them 1, which is the check's:
 * a wrong sign changes the sum, and so does swapping any two that differ.
 */
const checkOf = (signs: readonly number[]): number =>
  signs.reduce((sum, sign, place) => sum ^ times(sign, power(place + 1)), 0);

const power = (exponent: number): number => (exponent === 0 ? 1 : times(2, power(exponent - 1)));

/** Multiplication modulo x⁵ + x² + 1, which is primitive. */
function times(a: number, b: number): number {
  let product = 0;
  for (let bit = 0; bit < 5; bit += 1) if (b & (1 << bit)) product ^= a << bit;
  for (let bit = 8; bit >= 5; bit -= 1) if (product & (1 << bit)) product ^= 0b100101 << (bit - 5);
  return product;
}
