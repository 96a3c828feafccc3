import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slotId, slotStart } from '../../src/core/slot.js';

describe('a time that can be booked', () => {
  it('is written in UTC, as calendars write it', () => {
    expect(slotId(Date.parse('2026-11-22T09:30:00+03:00'))).toBe('20261122T063000Z');
  });

  it('is read as it was written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (seconds) => {
        expect(slotStart(slotId(seconds * 1000))).toBe(seconds * 1000);
      }),
    );
  });

  it.each([
    '',
    '20261122',
    '2026-11-22T06:30:00Z',
    '20261322T063000Z',
    '20260230T063000Z',
    '20261122T253000Z',
    'x20261122T063000Z',
  ])('%j is none', (text) => {
    expect(slotStart(text)).toBeUndefined();
  });
});
