import type { CalendarName } from './dates.js';
import { editDistance } from './distance.js';
import { normalise } from './normalise.js';

export interface Month {
  calendar: CalendarName;
  /** From 1. */
  month: number;
}

/** As people write them; `formatDate` has the names that we write. */
const spellings: Readonly<Record<CalendarName, readonly string[]>> = {
  hijri: [
    'محرم, المحرم, عاشوراء, عاشور, muharram, moharram',
    'صفر, safar',
    'ربيع الأول, ربيع أول, ربيع اولى, ربيع 1, rabi al awwal, rabi al awal, rabi ul awwal, rabi awwal, rabi i, rabi 1',
    'ربيع الآخر, ربيع آخر, ربيع الثاني, ربيع ثاني, ربيع تاني, ربيع 2, rabi al thani, rabi al akhir, rabi ul thani, rabi thani, rabi ii, rabi 2',
    'جمادى الأولى, جمادى أولى, جمادى الأول, جمادى أول, جماد الأول, جماد الأولى, جماد أول, جماد أولى, جمادا الاول, جمادى 1, جماد 1, jumada al ula, jumada al oula, jumada al awwal, jumada al awal, jumada i, jumada 1',
    'جمادى الآخرة, جمادى آخرة, جمادى الآخر, جمادى الثانية, جمادى ثانية, جمادى الثاني, جمادى ثاني, جماد الآخر, جماد الآخرة, جماد آخر, جماد الثاني, جماد الثانية, جماد ثاني, جماد تاني, جمادا الثاني, جمادى 2, جماد 2, jumada al akhirah, jumada al akhira, jumada al akhir, jumada al thani, jumada al thania, jumada ii, jumada 2',
    'رجب, rajab',
    'شعبان, shaban, sha ban, shaaban',
    'رمضان, ramadan, ramadhan',
    'شوال, شوّال, shawwal, shawal',
    'ذو القعدة, ذي القعدة, ذوالقعدة, ذا القعدة, ذي قعدة, ذو قعدة, القعدة, قعدة, dhu al qidah, dhu al qadah, dhul qidah, dhul qadah, dhul qa dah, dhul qi dah, dhu al qa dah, dhu al qi dah, thul qidah, thul qadah',
    'ذو الحجة, ذي الحجة, ذوالحجة, ذا الحجة, ذي حجة, ذو حجة, الحجة, حجة, dhu al hijjah, dhu al hijja, dhul hijjah, dhul hijja, thul hijjah, thul hijja',
  ],
  gregorian: [
    'يناير, كانون الثاني, كانون ثاني, جانفي, january, jan',
    'فبراير, شباط, فيفري, february, feb',
    'مارس, اذار, march, mar',
    'أبريل, ابريل, نيسان, افريل, april, apr',
    'مايو, ايار, ماي, may',
    'يونيو, يونيه, حزيران, جوان, june, jun',
    'يوليو, يوليه, تموز, جويلية, july, jul',
    'أغسطس, اغسطوس, آب, اوت, august, aug',
    'سبتمبر, ايلول, september, sep, sept',
    'أكتوبر, تشرين الأول, تشرين اول, october, oct',
    'نوفمبر, تشرين الثاني, تشرين ثاني, november, nov',
    'ديسمبر, كانون الأول, كانون اول, december, dec',
  ],
}; // prettier-ignore

const calendars = ['hijri', 'gregorian'] as const;
const months = new Map<string, Month>(
  calendars.flatMap((calendar) =>
    spellings[calendar].flatMap((list, at) =>
      list.split(', ').map((name): [string, Month] => [normalise(name), { calendar, month: at + 1 }]),
    ),
  ),
);
const longNames = [...months].filter(([name]) => name.length >= 5 && !name.includes(' '));

export interface NamedMonth extends Month {
  /** Which of the words name it: `from` up to, not with, `to`. */
  from: number;
  to: number;
}

/**
 * The month that normalised words name, in either calendar: the longest name first ("ربيع 1"), then a name with one
 * typing slip, when it can be no other.
 */
export function monthIn(words: readonly string[]): NamedMonth | undefined {
  for (let length = 3; length > 0; length -= 1)
    for (let from = 0; from + length <= words.length; from += 1) {
      const month = months.get(words.slice(from, from + length).join(' '));
      if (month) return { ...month, from, to: from + length };
    }
  for (const [from, word] of words.entries()) {
    const near = longNames.filter(([name]) => editDistance(word, name, 1) <= 1);
    const [found] = near.map(([, month]) => month);
    const same = near.every(([, { calendar, month }]) => found?.calendar === calendar && found.month === month);
    if (found && same) return { ...found, from, to: from + 1 };
  }
  return undefined;
}
