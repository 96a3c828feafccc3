import { randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StoreError } from '../../src/core/errors.js';
import { createSeal } from '../../src/core/seal.js';

const key = randomBytes(32);
const seal = createSeal(key);

describe('a seal', () => {
  it('opens what it has sealed, also after a restart', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(createSeal(key).open(seal.seal(text))).toBe(text.toWellFormed());
      }),
    );
  });

  it('shows nothing of the text, and seals the same text differently each time', () => {
    const sealed = seal.seal('1012345672');
    expect(sealed).toMatch(/^s1\.[\w-]+$/);
    expect(Buffer.from(sealed.slice(3), 'base64url').toString('latin1')).not.toContain('1012345672');
    expect(seal.seal('1012345672')).not.toBe(sealed);
  });

  const sealed = seal.seal('نص محفوظ');
  it.each([
    ['a changed sign', sealed.slice(0, 10) + (sealed[10] === 'A' ? 'B' : 'A') + sealed.slice(11)],
    ['a cut end', sealed.slice(0, -2)],
    ['another version', `s2${sealed.slice(2)}`],
    ['plain text', 'نص'],
    ['nothing', ''],
    ['another key', createSeal(randomBytes(32)).seal('نص محفوظ')],
  ])('refuses %s', (_what, text) => {
    const refusal = (() => {
      try {
        return seal.open(text);
      } catch (error) {
        return error;
      }
    })();
    expect(refusal).toBeInstanceOf(StoreError);
    expect(refusal).toMatchObject({ code: 'store_corrupt' });
  });

  it('hashes the same text to the same, and differently under another key', () => {
    expect(seal.hash('1012345672')).toBe(createSeal(key).hash('1012345672'));
    expect(seal.hash('1012345672')).toMatch(/^[\w-]{43}$/);
    expect(seal.hash('1012345672')).not.toBe(seal.hash('1012345680'));
    expect(createSeal(randomBytes(32)).hash('1012345672')).not.toBe(seal.hash('1012345672'));
  });
});
