import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoTime, shiftedClock, systemClock } from '../../src/core/clock.js';
import { derivedId, systemIds } from '../../src/core/ids.js';

describe('a derived id', () => {
  it('is the same for the same parts, and fits an address', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (parts) => {
        expect(derivedId(...parts)).toBe(derivedId(...parts));
        expect(derivedId(...parts)).toMatch(/^[\w-]{22}$/);
      }),
    );
  });

  it('is another for other parts, also where they only join differently', () => {
    const ids = [['ab', 'c'], ['a', 'bc'], ['abc'], ['a', 'b', 'c'], ['', 'abc'], ['abc', ''], []].map((parts) =>
      derivedId(...parts),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('a new id', () => {
  it('never comes twice, and a secret is as long as it was asked to be', () => {
    const made = Array.from({ length: 1000 }, () => systemIds.uuid());
    expect(new Set(made).size).toBe(1000);
    expect(Buffer.from(systemIds.secret(24), 'base64url')).toHaveLength(24);
    expect(systemIds.secret(24)).not.toBe(systemIds.secret(24));
  });
});

describe('the clock', () => {
  it('runs ahead by its shift', () => {
    const day = 24 * 60 * 60 * 1000;
    const before = systemClock.now();
    const shifted = shiftedClock(15 * day).now();
    expect(shifted - 15 * day).toBeGreaterThanOrEqual(before);
    expect(shifted - 15 * day).toBeLessThanOrEqual(systemClock.now());
  });

  it('is written in UTC', () => {
    expect(isoTime({ now: () => 0 })).toBe('1970-01-01T00:00:00.000Z');
  });
});
