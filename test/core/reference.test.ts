import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { systemIds } from '../../src/core/ids.js';
import { makeReference, readReference } from '../../src/core/reference.js';

const reference = fc.constant(null).map(() => makeReference('ASB', systemIds));
const signs = [...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'];
const bare = (text: string): string[] => [...text.replace('ASB-', '').replace('-', '')];

describe('a reference', () => {
  it('is short, and can be said over the phone', () => {
    fc.assert(fc.property(reference, (one) => /^ASB-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]$/.test(one)));
  });

  it.each([
    ['as it is', (one: string) => one],
    ['in small letters', (one: string) => one.toLowerCase()],
    ['without separators', (one: string) => one.replaceAll('-', '')],
    ['with spaces', (one: string) => one.replaceAll('-', ' ')],
    ['without its prefix', (one: string) => one.slice(4)],
    ['in Arabic digits', (one: string) => one.replace(/\d/g, (digit) => '٠١٢٣٤٥٦٧٨٩'[Number(digit)]!)],
    ['with O for 0 and L for 1', (one: string) => `ASB-${one.slice(4).replaceAll('0', 'O').replaceAll('1', 'l')}`],
  ])('is understood %s', (_, as) => {
    fc.assert(
      fc.property(reference, (one) => {
        expect(readReference(as(one), 'ASB')).toBe(one);
      }),
    );
  });

  it('shows every wrong sign', () => {
    fc.assert(
      fc.property(reference, fc.nat(4), fc.constantFrom(...signs), (one, place, sign) => {
        const typed = bare(one);
        fc.pre(typed[place] !== sign);
        typed[place] = sign;
        expect(readReference(typed.join(''), 'ASB')).toBeUndefined();
      }),
    );
  });

  it('shows every two swapped signs, side by side or not', () => {
    fc.assert(
      fc.property(reference, fc.nat(4), fc.nat(4), (one, a, b) => {
        const typed = bare(one);
        fc.pre(typed[a] !== typed[b]);
        [typed[a], typed[b]] = [typed[b]!, typed[a]!];
        expect(readReference(typed.join(''), 'ASB')).toBeUndefined();
      }),
    );
  });

  it('is not read out of anything else', () => {
    for (const text of ['', 'ASB', 'طلبي', '12345678', '😀']) expect(readReference(text, 'ASB')).toBeUndefined();
  });
});
