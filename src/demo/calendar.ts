import { day, hour, minute } from '../core/clock.js';
import { dayAt, startOfDay, weekdayOf } from '../core/riyadh.js';

/** A time of the day in Riyadh on the day of `ms`. Sample: `at(ms, 9, 30)`. */
export const at = (ms: number, hours: number, minutes = 0): number =>
  startOfDay(dayAt(ms)) + hours * hour + minutes * minute;

/** A day has four parts, in each of which things happen side by side; these hours end them. */
const partsEnd = [9, 13, 17, 20, 24 + 9] as const;

/** When the part of the day ends that holds this moment; milliseconds. */
export const endOfPart = (ms: number): number =>
  partsEnd.map((hours) => at(ms, hours)).find((end) => end > ms) ?? at(ms + day, 9);

/** The week of work is from Sunday to Thursday. */
const isWorkday = (ms: number): boolean => weekdayOf(dayAt(ms)) <= 4;

/** The same hour on the first day of work that is `days` days later, or after it. */
export function workdayAfter(ms: number, days: number): number {
  let found = ms + days * day;
  while (!isWorkday(found)) found += day;
  return found;
}

/** The same hour on the last day of work before. */
function workdayBefore(ms: number): number {
  let found = ms - day;
  while (!isWorkday(found)) found -= day;
  return found;
}

/** A meeting of the committee, as it was planned. */
export interface PlannedSitting {
  /** When the agenda is made, the committee meets, and a second person releases; milliseconds. */
  invited: number;
  meets: number;
  /** Undefined: nobody has released it yet. */
  released?: number;
}

export interface Calendar {
  from: number;
  to: number;
  /** Those that are over, the newest first, two weeks apart; the last ones have waited longest. */
  regular: readonly PlannedSitting[];
  /** A short one of these days: closed, and not released. */
  extra: PlannedSitting;
  /** Has an agenda, and meets in the days to come. */
  coming: PlannedSitting;
}

const fortnight = 14 * day;
export const storyDays = 155;
const meetsAt = 10;

/** The days of the story that ends at `to`. */
export function createCalendar(to: number): Calendar {
  let last = at(to, meetsAt);
  while (last > to - 5 * day || !isWorkday(last)) last -= day;
  const extraDay = workdayBefore(at(to, meetsAt));
  const regular = Array.from({ length: 10 }, (_, place): PlannedSitting => {
    const meets = last - place * fortnight;
    return { invited: workdayBefore(meets) + 2 * hour, meets, released: workdayAfter(meets, 1) + hour };
  });
  return {
    from: to - storyDays * day,
    to,
    regular,
    extra: { invited: workdayBefore(extraDay) + 2 * hour, meets: extraDay },
    coming: { invited: extraDay + 3 * hour, meets: last + fortnight },
  };
}
