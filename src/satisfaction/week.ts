const day = 24 * 60 * 60 * 1000;
/** Saudi Arabia keeps UTC+3 all year. */
const riyadh = 3 * 60 * 60 * 1000;
/** 1 January 1970 was a Thursday; the week begins on Sunday. */
const firstSunday = 3;

/** The only time that is ever kept with an opinion: the Sunday that begins its week in Riyadh, ISO 8601. */
export function weekOf(ms: number): string {
  const days = Math.floor((ms + riyadh) / day);
  return dayText(days - ((((days - firstSunday) % 7) + 7) % 7));
}

/** The week that lies so many weeks after (or before) another. */
export const weekAfter = (week: string, weeks: number): string => dayText(Date.parse(week) / day + weeks * 7);

/** How many weeks there are from one to another. */
export const weeksBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / day / 7);

/** When a week begins; milliseconds. */
export const startOf = (week: string): number => Date.parse(week) - riyadh;

const dayText = (days: number): string => new Date(days * day).toISOString().slice(0, 10);
