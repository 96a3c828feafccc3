import { Temporal } from 'temporal-polyfill/full';
import type { CalendarName } from './dates.js';
import { monthIn } from './month-names.js';
import { normalise } from './normalise.js';
import { endsLikeQuestion } from './question.js';

export type DateReading =
  /** The Gregorian day, ISO 8601: `1985-03-20`. */
  | { type: 'date'; day: string }
  /** A 30th of a month of 29 days, a 13th month, or a month of the other calendar. */
  | { type: 'impossible' }
  /** The year is missing, has two digits, or is of neither calendar. */
  | { type: 'year' }
  | { type: 'none' };

/**
 * The day that a text names, Hijri (Umm al-Qura) or Gregorian: "٣/٥/١٤١٠", "1985-03-20", "3 رمضان 1445", "March 20,
 * 1985", "أمس". The day comes before the month unless the year comes first; the year tells the calendar. Of two dates
 * with "الموافق" between them the first counts. `today` is an ISO day.
 */
export function readDate(text: string, today: string): DateReading {
  if (text.length > longest) return { type: 'none' };
  const [first = '', second = ''] = text.replace(/^(\s*\d{4}-\d\d-\d\d)T.*$/s, '$1').split(/ال?موافق/);
  const words = normalise(/[0-9٠-٩۰-۹]/.test(first) ? first : second || first).split(' ');
  if (words.length > 4 && endsLikeQuestion(text)) return { type: 'none' };
  const days = relative.get(words.filter((word) => !fillers.has(word)).join(' '));
  if (days !== undefined) return { type: 'date', day: Temporal.PlainDate.from(today).add({ days }).toString() };
  return dated(words);
}

const longest = 200;

const relative = new Map<string, number>(
  Object.entries({
    '-2': 'قبل أمس, أول أمس, قبل امبارح, day before yesterday',
    '-1': 'أمس, البارح, البارحة, امبارح, yesterday',
    '0': 'اليوم, هاليوم, today',
    '1': 'بكرة, بكرا, غدا, باكر, tomorrow',
    '2': 'بعد بكرة, بعد بكرا, بعد غد, بعد غدا, بعد باكر, day after tomorrow',
  }).flatMap(([days, phrases]) => phrases.split(', ').map((phrase) => [normalise(phrase), Number(days)] as const)),
);
const fillers = new Set('ان شاء الله انشاءالله في من هو the يوم تاريخ'.split(' ').map(normalise));

function dated(words: readonly string[]): DateReading {
  const named = monthIn(words);
  const numbers = words.filter((word, at) => /^\d+$/.test(word) && !(named && at >= named.from && at < named.to));
  if (!named) return numeric(numbers.length === 1 ? spread(numbers[0] ?? '') : numbers);
  const [year, ...others] = numbers.toSorted((a, b) => b.length - a.length);
  const [day] = others;
  if (year === undefined || others.length > 1) return { type: 'none' };
  if (day === undefined) return { type: year.length <= 2 ? 'year' : 'none' };
  const calendar = calendarOf(year);
  if (calendar && calendar !== named.calendar) return { type: 'impossible' };
  return built({ year, month: named.month, day });
}

function numeric(numbers: readonly string[]): DateReading {
  const [a = '', b = '', c = ''] = numbers;
  if (numbers.length === 2 && a.length <= 2 && b.length <= 2) return { type: 'year' };
  if (numbers.length !== 3 || b.length > 2) return { type: 'none' };
  if (a.length > 2) return c.length > 2 ? { type: 'none' } : built({ year: a, month: Number(b), day: c });
  return built({ year: c, month: Number(b), day: a });
}

/** `20031985` or `19850320`: a year that is one never stands where the day and the month do. */
function spread(digits: string): string[] {
  if (digits.length !== 8) return [digits];
  if (calendarOf(digits.slice(4))) return [digits.slice(0, 2), digits.slice(2, 4), digits.slice(4)];
  return [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6)];
}

function calendarOf(year: string): CalendarName | undefined {
  if (!/^\d{4}$/.test(year)) return undefined;
  if (year >= '1300' && year <= '1500') return 'hijri';
  return year >= '1900' && year <= '2100' ? 'gregorian' : undefined;
}

function built({ year, month, day }: { year: string; month: number; day: string }): DateReading {
  const name = calendarOf(year);
  if (!name) return { type: 'year' };
  if (month < 1 || month > 12) return { type: 'impossible' };
  const calendar = name === 'hijri' ? 'islamic-umalqura' : 'gregory';
  const first = Temporal.PlainDate.from({ calendar, year: Number(year), month, day: 1 });
  if (Number(day) < 1 || Number(day) > first.daysInMonth) return { type: 'impossible' };
  return {
    type: 'date',
    day: first
      .with({ day: Number(day) })
      .withCalendar('iso8601')
      .toString(),
  };
}
