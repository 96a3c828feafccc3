/** When an office answers: some days of the week, from one hour to another, in Riyadh. */
export interface WorkingTime {
  /** 0 is Sunday. */
  days: readonly number[];
  /** Minutes of the day; `to` is excluded and lies after `from`. */
  from: number;
  to: number;
}

const minute = 60_000;
const day = 24 * 60;
/** Saudi Arabia keeps UTC+3 all year. */
const riyadh = 3 * 60;
/** 1 January 1970 was a Thursday. */
const firstWeekday = 4;

export function isWorkingTime(ms: number, { days, from, to }: WorkingTime): boolean {
  const { weekday, time } = local(Math.floor(ms / minute));
  return days.includes(weekday) && time >= from && time < to;
}

/** The moment after so many minutes of work, counted from `ms`; milliseconds. */
export function afterWork(ms: number, minutes: number, working: WorkingTime): number {
  let at = Math.floor(ms / minute);
  let left = minutes;
  // Every week has a working day, so each round of eight days takes something off.
  for (;;) {
    at = nextWorkingMinute(at, working);
    const rest = working.to - local(at).time;
    if (left <= rest) return (at + left) * minute;
    left -= rest;
    at += rest;
  }
}

function nextWorkingMinute(from: number, working: WorkingTime): number {
  let at = from;
  for (let looked = 0; looked <= 8; looked += 1) {
    const { weekday, time } = local(at);
    if (working.days.includes(weekday) && time < working.to) return at + Math.max(0, working.from - time);
    at += day - time;
  }
  throw new RangeError('An office that never works');
}

function local(at: number): { weekday: number; time: number } {
  const there = at + riyadh;
  const days = Math.floor(there / day);
  return { weekday: (days + firstWeekday) % 7, time: there - days * day };
}
