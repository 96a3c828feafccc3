import { describe, expect, it } from 'vitest';
import { afterQuiet, readSpan } from '../../src/requests/quiet-hours.js';

const quiet = { daily: readSpan('21:00-09:00')!, friday: readSpan('00:00-16:00')! };
const riyadh = (text: string): number => Date.parse(`${text}+03:00`);

describe('quiet hours', () => {
  it.each([
    ['a Saturday morning', '2026-11-21T09:00', '2026-11-21T09:00'],
    ['a Saturday before nine', '2026-11-21T08:59', '2026-11-21T09:00'],
    ['a Saturday night', '2026-11-21T21:00', '2026-11-22T09:00'],
    ['after midnight', '2026-11-22T00:30', '2026-11-22T09:00'],
    ['a Thursday night, which runs into Friday', '2026-11-26T22:00', '2026-11-27T16:00'],
    ['a Friday noon', '2026-11-27T12:00', '2026-11-27T16:00'],
    ['a Friday afternoon', '2026-11-27T17:00', '2026-11-27T17:00'],
    ['a Friday night', '2026-11-27T22:00', '2026-11-28T09:00'],
  ])('let a notice of %s wait until it is time', (_, from, to) => {
    expect(new Date(afterQuiet(riyadh(from), quiet)).toISOString()).toBe(new Date(riyadh(to)).toISOString());
  });

  it('delay nothing by a second when it is not quiet', () => {
    const at = riyadh('2026-11-21T10:00:31');
    expect(afterQuiet(at, quiet)).toBe(at);
  });

  it('can be turned off', () => {
    const at = riyadh('2026-11-27T03:00:07');
    expect(afterQuiet(at, { daily: null, friday: null })).toBe(at);
  });

  it.each(['21:00', '25:00-09:00', 'always', ''])('are not read out of %j', (text) => {
    expect(readSpan(text)).toBeUndefined();
  });
});
