import { assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { day } from '../../src/core/clock.js';
import { dayAt, dayOfIso, isoDay, isoOfDay, startOfDay, timeOfDay, weekdayOf } from '../../src/core/riyadh.js';

/** The same from the machine's own table of time zones. */
const parts = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Riyadh',
  weekday: 'long',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

const moments = integer({ min: Date.parse('1971-01-01'), max: Date.parse('2100-01-01') });

describe('a day in Riyadh', () => {
  it('is the one of the time zone Asia/Riyadh, whatever the moment', () => {
    assert(
      property(moments, (ms) => {
        const known = Object.fromEntries(parts.formatToParts(ms).map(({ type, value }) => [type, value]));
        expect(isoDay(ms)).toBe(`${known['year']}-${known['month']}-${known['day']}`);
        expect(weekdays[weekdayOf(dayAt(ms))]).toBe(known['weekday']);
        const minutes = Math.floor(timeOfDay(ms) / 60_000);
        expect(minutes).toBe(Number(known['hour']) * 60 + Number(known['minute']));
      }),
    );
  });

  it('begins at nine in the evening of the day before by UTC, and holds the moments of a day', () => {
    const number = dayOfIso('2026-11-22');
    expect(new Date(startOfDay(number)).toISOString()).toBe('2026-11-21T21:00:00.000Z');
    expect(dayAt(startOfDay(number))).toBe(number);
    expect(dayAt(startOfDay(number) + day - 1)).toBe(number);
    expect(isoOfDay(number)).toBe('2026-11-22');
  });
});
