import { minute } from '../core/clock.js';
import { isoDay, timeOfDay } from '../core/riyadh.js';
import { weekdayOf } from './dates.js';
import { localDigits } from './digits.js';
import type { Locale } from './matcher.js';

/** The hour in Riyadh as people say it: "١٠:٣٠ صباحًا", "4:00 pm". */
export function formatTime(ms: number, locale: Locale): string {
  const { hour, clock } = clockOf(ms);
  return `${localDigits(clock, locale)} ${locale === 'en' ? half(hour) : partOfDay(hour)}`;
}

/** Day and hour in Riyadh, short enough for a button: "الأربعاء ٢٥/١١ ١٠:٣٠ ص", "Wednesday 25/11 10:30 am". */
export function shortMoment(ms: number, locale: Locale): string {
  const { hour, clock } = clockOf(ms);
  const [, month = '', day = ''] = isoDay(ms).split('-');
  const date = `${Number(day)}/${Number(month)}`;
  const end = locale === 'en' ? half(hour) : hour < 12 ? 'ص' : 'م';
  return `${weekdayOf(ms, locale)} ${localDigits(`${date} ${clock}`, locale)} ${end}`;
}

/** On a clock of twelve hours, with the hour of the day. */
function clockOf(ms: number): { hour: number; clock: string } {
  const minutes = Math.floor(timeOfDay(ms) / minute);
  const hour = Math.floor(minutes / 60);
  return { hour, clock: `${hour % 12 || 12}:${String(minutes % 60).padStart(2, '0')}` };
}

const half = (hour: number): string => (hour < 12 ? 'am' : 'pm');

const partOfDay = (hour: number): string => (hour < 12 ? 'صباحًا' : hour < 15 ? 'ظهرًا' : hour < 18 ? 'عصرًا' : 'مساءً');
