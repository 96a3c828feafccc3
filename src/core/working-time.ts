import { minute } from './clock.js';
import { dayAt, startOfDay, timeOfDay, weekdayOf } from './riyadh.js';

/** When an office answers: some days of the week, from one hour to another, in Riyadh. */
export interface WorkingTime {
  /** 0 is Sunday. */
  days: readonly number[];
  /** Minutes of the day; `to` is excluded and lies after `from`. */
  from: number;
  to: number;
}

export function isWorkingTime(ms: number, { days, from, to }: WorkingTime): boolean {
  const time = timeOfDay(ms) / minute;
  return days.includes(weekdayOf(dayAt(ms))) && time >= from && time < to;
}

/** The moment after so many minutes of work, counted from the minute of `ms`; milliseconds. */
export function afterWork(ms: number, minutes: number, working: WorkingTime): number {
  let at = ms - (ms % minute);
  let left = minutes * minute;
  // Every week has a working day, so each round of eight days takes something off.
  for (;;) {
    at = nextWorkingTime(at, working);
    const rest = working.to * minute - timeOfDay(at);
    if (left <= rest) return at + left;
    left -= rest;
    at += rest;
  }
}

function nextWorkingTime(ms: number, { days, from, to }: WorkingTime): number {
  if (days.includes(weekdayOf(dayAt(ms))) && timeOfDay(ms) < to * minute)
    return Math.max(ms, startOfDay(dayAt(ms)) + from * minute);
  for (let ahead = 1; ahead <= 7; ahead += 1) {
    const next = dayAt(ms) + ahead;
    if (days.includes(weekdayOf(next))) return startOfDay(next) + from * minute;
  }
  throw new RangeError('An office that never works');
}
