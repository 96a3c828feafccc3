import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDate, formatDates } from '../../src/language/dates.js';

const noon = (day: string) => Date.parse(`${day}T12:00:00+03:00`);

describe('a date in words', () => {
  it('is Umm al-Qura with the weekday, and Gregorian without', () => {
    expect(formatDates(noon('2026-12-05'), 'ar')).toEqual({
      hijri: 'السبت ٢٥ جمادى الآخرة ١٤٤٨ هـ',
      gregorian: '٥ ديسمبر ٢٠٢٦ م',
    });
    expect(formatDates(noon('2026-12-05'), 'en')).toEqual({
      hijri: 'Saturday 25 Jumada II 1448 AH',
      gregorian: '5 December 2026',
    });
  });

  it.each([
    ['2025-03-01', 'السبت ١ رمضان ١٤٤٦ هـ'],
    ['2025-03-30', 'الأحد ١ شوال ١٤٤٦ هـ'],
    ['2025-06-26', 'الخميس ١ محرم ١٤٤٧ هـ'],
    ['2024-06-16', 'الأحد ١٠ ذو الحجة ١٤٤٥ هـ'],
  ])('%s is %s', (day, hijri) => {
    expect(formatDate(noon(day), 'ar', 'hijri')).toBe(hijri);
  });

  it('turns at midnight in Riyadh', () => {
    expect(formatDate(Date.parse('2026-12-05T20:59:59.999Z'), 'en', 'gregorian')).toBe('5 December 2026');
    expect(formatDate(Date.parse('2026-12-05T21:00:00Z'), 'en', 'gregorian')).toBe('6 December 2026');
  });

  it('names every day of the calendar in both languages, without hidden marks', () => {
    const range = { min: Date.parse('1940-01-01'), max: Date.parse('2075-01-01') };
    fc.assert(
      fc.property(fc.integer(range), (ms) => {
        expect(formatDate(ms, 'ar', 'hijri')).toMatch(
          /^\p{Script=Arabic}+ [٠-٩]{1,2} [\p{Script=Arabic} ]+ [٠-٩]{4} هـ$/u,
        );
        expect(formatDate(ms, 'en', 'hijri')).toMatch(/^[A-Z][a-z]+day \d{1,2} [A-Za-z -]+ \d{4} AH$/);
        expect(formatDate(ms, 'ar', 'gregorian')).toMatch(/^[٠-٩]{1,2} \p{Script=Arabic}+ [٠-٩]{4} م$/u);
      }),
    );
  });
});
