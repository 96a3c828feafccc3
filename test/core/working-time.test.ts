import { describe, expect, it } from 'vitest';
import { afterWork, isWorkingTime, type WorkingTime } from '../../src/core/working-time.js';

/** Sunday to Thursday, eight to three. */
const office: WorkingTime = { days: [0, 1, 2, 3, 4], from: 8 * 60, to: 15 * 60 };
const evenings: WorkingTime = { days: [5], from: 20 * 60, to: 22 * 60 };

/** A moment in Riyadh, in the week that begins on Sunday, 22 November 2026. */
const at = (text: string): number => Date.parse(`${text}:00+03:00`);
const shown = (ms: number): string => new Date(ms + 3 * 60 * 60 * 1000).toISOString().slice(0, 16);

describe('working time', () => {
  it.each([
    ['2026-11-22T08:00', true],
    ['2026-11-22T07:59', false],
    ['2026-11-22T14:59', true],
    ['2026-11-22T15:00', false],
    ['2026-11-26T10:00', true],
    ['2026-11-27T10:00', false],
    ['2026-11-28T10:00', false],
  ])('at %s is %s', (text, expected) => {
    expect(isWorkingTime(at(text), office)).toBe(expected);
  });

  it.each([
    ['within the day', '2026-11-22T09:30', 60, '2026-11-22T10:30'],
    ['up to the last minute of the day', '2026-11-22T14:00', 60, '2026-11-22T15:00'],
    ['over the night', '2026-11-22T14:30', 60, '2026-11-23T08:30'],
    ['before the day begins', '2026-11-22T03:00', 60, '2026-11-22T09:00'],
    ['after it has ended', '2026-11-22T20:00', 60, '2026-11-23T09:00'],
    ['over the weekend', '2026-11-26T14:30', 60, '2026-11-29T08:30'],
    ['from within the weekend', '2026-11-27T12:00', 60, '2026-11-29T09:00'],
    ['over several days', '2026-11-22T08:00', 15 * 60, '2026-11-24T09:00'],
  ])('counts %s', (_name, from, minutes, expected) => {
    expect(shown(afterWork(at(from), minutes, office))).toBe(expected);
  });

  it('goes on in the next week where one evening is all there is', () => {
    expect(shown(afterWork(at('2026-11-27T21:00'), 90, evenings))).toBe('2026-12-04T20:30');
  });
});
