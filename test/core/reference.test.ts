import { assert, constant, constantFrom, nat, pre, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { systemIds } from '../../src/core/ids.js';
import { makeReference, readReference } from '../../src/core/reference.js';

const reference = constant(null).map(() => makeReference('ASB', systemIds));
const signs = Array.from('0123456789ABCDEFGHJKMNPQRSTVWXYZ');
const bare = (text: string): string[] => Array.from(text.replace('ASB-', '').replace('-', ''));

describe('a reference', () => {
  it('is short, and can be said over the phone', () => {
    assert(
      property(reference, (one) => {
        expect(one).toMatch(/^ASB-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]$/);
      }),
    );
  });

  it.each([
    ['as it is', (one: string) => one],
    ['in small letters', (one: string) => one.toLowerCase()],
    ['without separators', (one: string) => one.replaceAll('-', '')],
    ['with spaces', (one: string) => one.replaceAll('-', ' ')],
    ['without its prefix', (one: string) => one.slice(4)],
    ['in Arabic digits', (one: string) => one.replace(/\d/g, (digit) => '٠١٢٣٤٥٦٧٨٩'.charAt(Number(digit)))],
    ['with O for 0 and L for 1', (one: string) => `ASB-${one.slice(4).replaceAll('0', 'O').replaceAll('1', 'l')}`],
  ])('is understood %s', (_, as) => {
    assert(
      property(reference, (one) => {
        expect(readReference(as(one), 'ASB')).toBe(one);
      }),
    );
  });

  it('shows every wrong sign', () => {
    assert(
      property(reference, nat(4), constantFrom(...signs), (one, place, sign) => {
        const typed = bare(one);
        pre(typed[place] !== sign);
        typed[place] = sign;
        expect(readReference(typed.join(''), 'ASB')).toBeUndefined();
      }),
    );
  });

  it('shows every two swapped signs, side by side or not', () => {
    assert(
      property(reference, nat(4), nat(4), (one, a, b) => {
        const typed = bare(one);
        pre(typed[a] !== typed[b]);
        const swapped = typed.with(a, typed[b] ?? '').with(b, typed[a] ?? '');
        expect(readReference(swapped.join(''), 'ASB')).toBeUndefined();
      }),
    );
  });

  it('is not read out of anything else', () => {
    for (const text of ['', 'ASB', 'طلبي', '12345678', '😀']) expect(readReference(text, 'ASB')).toBeUndefined();
  });
});
