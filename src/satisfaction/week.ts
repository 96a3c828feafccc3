import { dayAt, dayOfIso, isoOfDay, startOfDay, weekdayOf } from '../core/riyadh.js';

/** The only time that is ever kept with an opinion: the Sunday that begins its week in Riyadh, ISO 8601. */
export function weekOf(ms: number): string {
  const today = dayAt(ms);
  return isoOfDay(today - weekdayOf(today));
}

/** The week that lies so many weeks after (or before) another. */
export const weekAfter = (week: string, weeks: number): string => isoOfDay(dayOfIso(week) + weeks * 7);

/** How many weeks there are from one to another. */
export const weeksBetween = (from: string, to: string): number => Math.round((dayOfIso(to) - dayOfIso(from)) / 7);

/** When a week begins; milliseconds. */
export const startOf = (week: string): number => startOfDay(dayOfIso(week));
