import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill/full';
import { describe, expect, it } from 'vitest';
import { readDate } from '../../src/language/date-reading.js';
import { formatDay } from '../../src/language/dates.js';
import { localDigits } from '../../src/language/digits.js';

const today = '2026-11-21';
const read = (text: string) => readDate(text, today);
const found = (day: string) => ({ type: 'date', day });

const days = fc
  .integer({ min: -20_000, max: 30_000 })
  .map((count) => Temporal.PlainDate.from('1970-01-01').add({ days: count }));
const locales = fc.constantFrom('ar', 'en');

describe('a day in a text', () => {
  it('is found in our own words for it, of both calendars and languages', () => {
    fc.assert(
      fc.property(days, locales, (day, locale) => {
        const words = formatDay(day.toString(), locale);
        expect(read(words.hijri)).toEqual(found(day.toString()));
        expect(read(words.gregorian)).toEqual(found(day.toString()));
        expect(read(`${words.hijri}، الموافق ${words.gregorian}`)).toEqual(found(day.toString()));
      }),
    );
  });

  it('is found in numbers, from either end, with any mark between', () => {
    const calendars = fc.constantFrom('islamic-umalqura', 'gregory');
    fc.assert(
      fc.property(days, calendars, fc.constantFrom('/', '-', '.', ' ', ' / ', '\\'), locales, (day, calendar, mark, locale) => {
        const { year, month, day: date } = day.withCalendar(calendar);
        const parts = [year, month, date];
        expect(read(localDigits(parts.join(mark), locale))).toEqual(found(day.toString()));
        expect(read(`تاريخ ${localDigits(parts.toReversed().join(mark), locale)}هـ`)).toEqual(found(day.toString()));
      }),
    ); // prettier-ignore
  });

  it.each([
    ['20031985', '1985-03-20'],
    ['19850320', '1985-03-20'],
    ['20 March 1985', '1985-03-20'],
    ['March 20th, 1985', '1985-03-20'],
    ['20 آذار 1985', '1985-03-20'],
    ['٢٠ فبرير ١٩٨٥', '1985-02-20'],
    ['1985 مارس 20', '1985-03-20'],
    ['٣ ربيع ثاني ١٤١٠', '1989-11-02'],
    ['3 ربيع 2 1410', '1989-11-02'],
    ['3 جماد ثاني 1410', '1990-01-01'],
    ['3 جمادى الاخره 1410', '1990-01-01'],
    ['يوم الاثنين 3 رمضان 1410', '1990-03-30'],
    ['3 ذو القعده 1410', '1990-05-28'],
    ['3 ذي الحجه 1410هـ', '1990-06-26'],
    ['3 الحجة 1410', '1990-06-26'],
    ["3 Sha'ban 1410", '1990-03-01'],
    ['3 Dhul-Hijjah 1410', '1990-06-26'],
    ['1410/5/3 الموافق 1989/12/2', '1989-12-02'],
    ['بكره ان شاء الله', '2026-11-22'],
    ['قبل أمس', '2026-11-19'],
    ['بعد بكرة', '2026-11-23'],
    ['tomorrow', '2026-11-22'],
  ])('%j is %s', (text, day) => {
    expect(read(text)).toEqual(found(day));
  });

  it('has its own month in every spelling of Jumada and Rabi', () => {
    const of = (month: number) => read(`1/${month}/1440`);
    const spelled = {
      3: ['ربيع الأول', 'ربيع اول', 'ربيع أوّل', 'Rabi al-Awwal'],
      4: ['ربيع الآخر', 'ربيع الاخر', 'ربيع الثاني', 'ربيع ثاني', 'Rabi II'],
      5: ['جمادى الأولى', 'جمادي الاولى', 'جماد أول', 'جماد الاول', 'جمادى الأول'],
      6: ['جمادى الآخرة', 'جماد ثاني', 'جماد الثاني', 'جمادى الثانية', 'جمادي الاخرة', 'Jumada al-Thani'],
    };
    for (const [month, names] of Object.entries(spelled))
      for (const name of names) expect(read(`1 ${name} 1440`), name).toEqual(of(Number(month)));
  });

  it('is refused exactly when the calendar lacks it', () => {
    const parts = fc.record({
      calendar: fc.constantFrom('islamic-umalqura', 'gregory'),
      month: fc.integer({ min: 0, max: 14 }),
      day: fc.integer({ min: 0, max: 33 }),
      offset: fc.integer({ min: 0, max: 99 }),
    });
    fc.assert(
      fc.property(parts, ({ calendar, month, day, offset }) => {
        const year = (calendar === 'gregory' ? 1940 : 1360) + offset;
        let exists = true;
        try {
          Temporal.PlainDate.from({ calendar, year, month, day }, { overflow: 'reject' });
        } catch {
          exists = false;
        }
        expect(read(`${day}/${month}/${year}`).type).toBe(exists ? 'date' : 'impossible');
      }),
    );
  });

  it.each([
    ['3/5', 'year'],
    ['3/5/85', 'year'],
    ['3/5/410', 'year'],
    ['3/5/1600', 'year'],
    ['3 رمضان', 'year'],
    ['3 رمضان 45', 'year'],
    ['3 مارس 1410', 'impossible'],
    ['5/20/1985', 'impossible'],
    ['0/5/1410', 'impossible'],
    ['رمضان 1445', 'none'],
    ['1410', 'none'],
    ['عمري 40 سنة', 'none'],
    ['رمضان', 'none'],
    ['3 5 1410 7', 'none'],
    ['اليوم أنا تعبان', 'none'],
    ['متى موعد 3 رمضان 1445 عندكم؟', 'none'],
    ['', 'none'],
    ['3/5/1410 '.repeat(400), 'none'],
  ])('%j: %s', (text, type) => {
    expect(read(text)).toEqual({ type });
  });
});
