import { Temporal } from 'temporal-polyfill/full';
import { localDigits } from './digits.js';
import type { Locale } from './matcher.js';

export type CalendarName = 'hijri' | 'gregorian';

/** Where the organisations and their offices are; a day begins there. */
const zone = 'Asia/Riyadh';

/** Our own names: those of ICU differ between versions of Node. */
const weekdays: Readonly<Record<Locale, readonly string[]>> = {
  ar: ['الاثنين', 'الثلاثاء', 'الأربعاء', 'الخميس', 'الجمعة', 'السبت', 'الأحد'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
};

const months: Readonly<Record<CalendarName, Readonly<Record<Locale, readonly string[]>>>> = {
  hijri: {
    ar: [
      'محرم', 'صفر', 'ربيع الأول', 'ربيع الآخر', 'جمادى الأولى', 'جمادى الآخرة',
      'رجب', 'شعبان', 'رمضان', 'شوال', 'ذو القعدة', 'ذو الحجة',
    ],
    en: [
      'Muharram', 'Safar', 'Rabi I', 'Rabi II', 'Jumada I', 'Jumada II',
      'Rajab', 'Shaban', 'Ramadan', 'Shawwal', 'Dhu al-Qidah', 'Dhu al-Hijjah',
    ],
  },
  gregorian: {
    ar: [
      'يناير', 'فبراير', 'مارس', 'أبريل', 'مايو', 'يونيو', 'يوليو', 'أغسطس', 'سبتمبر', 'أكتوبر', 'نوفمبر', 'ديسمبر',
    ],
    en: [
      'January', 'February', 'March', 'April', 'May', 'June',
      'July', 'August', 'September', 'October', 'November', 'December',
    ],
  },
}; // prettier-ignore

const eras: Readonly<Record<CalendarName, Readonly<Record<Locale, string>>>> = {
  hijri: { ar: ' هـ', en: ' AH' },
  gregorian: { ar: ' م', en: '' },
};

/**
 * The day in Riyadh of an instant, in words, the same on every machine: Umm al-Qura with the weekday ("السبت ٢٥ جمادى
 * الآخرة ١٤٤٨ هـ"), Gregorian without ("٥ ديسمبر ٢٠٢٦ م").
 */
export function formatDate(ms: number, locale: Locale, calendar: CalendarName): string {
  const day = dayIn(ms, calendar);
  const name = months[calendar][locale][day.month - 1] ?? '';
  const date = `${localDigits(day.day, locale)} ${name} ${localDigits(day.year, locale)}${eras[calendar][locale]}`;
  return calendar === 'hijri' ? `${weekdays[locale][day.dayOfWeek - 1] ?? ''} ${date}` : date;
}

export const formatDates = (ms: number, locale: Locale): Record<CalendarName, string> => ({
  hijri: formatDate(ms, locale, 'hijri'),
  gregorian: formatDate(ms, locale, 'gregorian'),
});

/** The name of the day in Riyadh. */
export const weekdayOf = (ms: number, locale: Locale): string =>
  weekdays[locale][dayIn(ms, 'gregorian').dayOfWeek - 1] ?? '';

/** Both calendars' words for an ISO day. */
export const formatDay = (day: string, locale: Locale): Record<CalendarName, string> =>
  formatDates(Temporal.PlainDate.from(day).toZonedDateTime(zone).epochMilliseconds, locale);

const dayIn = (ms: number, calendar: CalendarName): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(Math.floor(ms))
    .toZonedDateTimeISO(zone)
    .toPlainDate()
    .withCalendar(calendar === 'hijri' ? 'islamic-umalqura' : 'gregory');
