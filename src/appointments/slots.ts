import { hour, minute } from '../core/clock.js';
import { dayAt, isoOfDay, startOfDay, weekdayOf } from '../core/riyadh.js';
import { minutesOf, weekdays, type Interviews } from '../flows/schema.js';
import type { AppointmentsContext } from './context.js';

/** All times that the profile gives from `now` on, taken or not, the earliest first; milliseconds. */
export function slotsOf(interviews: Interviews, now: number): number[] {
  const { daysAhead, hoursBefore } = interviews;
  const today = dayAt(now);
  const days = Array.from({ length: daysAhead + 1 }, (_, index) => today + index).filter((one) =>
    isOpen(interviews, one),
  );
  return days
    .flatMap((one) => timesOf(interviews).map((time) => startOfDay(one) + time))
    .filter((at) => at >= now + hoursBefore * hour && at > now);
}

/** When an interview that begins then is over. */
export const endOf = ({ minutes }: Interviews, start: number): number => start + minutes * minute;

/** Those that nobody has. */
export async function freeSlots({ appointments, organisation, clock }: AppointmentsContext): Promise<number[]> {
  const { interviews } = organisation;
  if (!interviews) return [];
  const now = clock.now();
  const taken = await appointments.find({ slot: { $gte: now } }, { sort: { slot: 1 }, limit: 2000 });
  return free(interviews, now, taken);
}

/** A booking may be older than the profile, and lie across two of its times. */
const free = (interviews: Interviews, now: number, taken: readonly { start: number; end: number }[]): number[] =>
  slotsOf(interviews, now).filter((at) => !taken.some(({ start, end }) => start < endOf(interviews, at) && at < end));

const isOpen = ({ days, closed }: Interviews, number: number): boolean => {
  const name = weekdays[weekdayOf(number)];
  return name !== undefined && days.includes(name) && !closed.includes(isoOfDay(number));
};

/** From midnight in Riyadh. */
function timesOf({ from, to, minutes }: Interviews): number[] {
  const count = Math.floor((minutesOf(to) - minutesOf(from)) / minutes);
  return Array.from({ length: count }, (_, index) => (minutesOf(from) + index * minutes) * minute);
}
