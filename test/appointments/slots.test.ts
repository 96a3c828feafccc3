import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endOf, slotsOf } from '../../src/appointments/slots.js';
import { organisationSchema, weekdays, type Interviews } from '../../src/flows/schema.js';
import { weekdayOf } from '../../src/language/dates.js';
import { content } from '../fixtures/assets.js';

const day = 24 * 60 * 60 * 1000;
const at = (text: string) => Date.parse(`2026-11-${text}:00+03:00`);
const profile: Interviews = {
  days: ['sunday', 'tuesday'],
  from: '09:00',
  to: '10:15',
  minutes: 30,
  daysAhead: 7,
  hoursBefore: 3,
  closed: [],
  place: { ar: 'مقرنا', en: 'our office' },
};

describe('the times of a profile', () => {
  it('are those of its days and hours, in Riyadh, as far as they fit whole', () => {
    // Saturday noon: Sunday and Tuesday are ahead.
    expect(slotsOf(profile, at('21T12:00'))).toEqual([at('22T09:00'), at('22T09:30'), at('24T09:00'), at('24T09:30')]);
  });

  it('are booked some hours before, and some days ahead, today among them', () => {
    expect(slotsOf(profile, at('22T06:00'))[0]).toBe(at('22T09:00'));
    expect(slotsOf(profile, at('22T06:01'))[0]).toBe(at('22T09:30'));
    expect(slotsOf({ ...profile, hoursBefore: 0 }, at('22T09:30'))[0]).toBe(at('24T09:00'));
    expect(slotsOf(profile, at('22T06:00')).at(-1)).toBe(at('29T09:30'));
  });

  it('leave out closed days', () => {
    const closed = { ...profile, closed: ['2026-11-22'] };
    expect(slotsOf(closed, at('21T12:00'))[0]).toBe(at('24T09:00'));
  });

  it('never lie in the past, on another day, or across one another', () => {
    const profiles = fc.record({
      days: fc.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1 }),
      minutes: fc.integer({ min: 5, max: 90 }),
      daysAhead: fc.integer({ min: 1, max: 30 }),
      hoursBefore: fc.integer({ min: 0, max: 48 }),
    });
    fc.assert(
      fc.property(profiles, fc.integer({ min: 0, max: 400 * day }), (own, passed) => {
        const now = at('01T00:00') + passed;
        const interviews = { ...profile, to: '12:00', ...own };
        const times = slotsOf(interviews, now);
        const names = new Set<string>(own.days);
        expect(times.every((time) => time > now && time <= now + (own.daysAhead + 1) * day)).toBe(true);
        expect(times.every((time) => names.has(weekdayOf(time, 'en').toLowerCase()))).toBe(true);
        expect(times.slice(1).every((time, index) => time >= endOf(interviews, times[index] ?? 0))).toBe(true);
      }),
    );
  });
});

describe('the interviews of the five organisations', () => {
  it.each([...content().organisations.values()])(
    '$id has some, marked as an example',
    ({ channels, interviews, examples }) => {
      expect(channels).toContain('interview');
      expect(examples).toContain('interviews');
      expect(slotsOf(interviews!, Date.now()).length).toBeGreaterThan(8);
    },
  );

  it('are refused by the profile when none fits between the hours', () => {
    const asseb = content().organisations.get('asseb')!;
    const short = organisationSchema.safeParse({ ...asseb, interviews: { ...asseb.interviews, to: '09:15' } });
    expect(short.error?.issues).toMatchObject([{ path: ['interviews', 'to'] }]);
  });
});
