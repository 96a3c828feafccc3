import { day, minute } from '../core/clock.js';
import { dayAt, startOfDay, timeOfDay, weekdayOf } from '../core/riyadh.js';

/** When people are not disturbed, in minutes of the day in Riyadh, end excluded; `from` after `to` spans midnight. */
export interface QuietHours {
  daily: Span | null;
  /** Besides the daily ones, on Fridays. */
  friday: Span | null;
}

export interface Span {
  from: number;
  to: number;
}

const friday = 5;

/** The first moment at or after `ms` at which a notice may arrive. */
export function afterQuiet(ms: number, quiet: QuietHours): number {
  let at = ms;
  // Spans may touch (a night and the Friday morning behind it), so the end of one may lie in the next.
  for (let spans = 0; spans < 4; spans += 1) {
    const end = endOfQuiet(at, quiet);
    if (end === undefined) return at;
    at = end;
  }
  return at;
}

/** When the quiet ends that holds at this moment; undefined when it is not quiet. */
function endOfQuiet(ms: number, { daily, friday: onFriday }: QuietHours): number | undefined {
  const today = dayAt(ms);
  const time = timeOfDay(ms) / minute;
  const spans = [daily, weekdayOf(today) === friday ? onFriday : null].filter((span) => span !== null);
  const span = spans.find(({ from, to }) => (from <= to ? time >= from && time < to : time >= from || time < to));
  if (!span) return undefined;
  const endsTomorrow = span.from > span.to && time >= span.from;
  return startOfDay(endsTomorrow ? today + 1 : today) + span.to * minute;
}

/** Reads `21:00-08:00`; `none` is null, anything else undefined. */
export function readSpan(text: string): Span | null | undefined {
  if (text.trim() === 'none') return null;
  const match = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)$/.exec(text.trim());
  if (!match) return undefined;
  const [, h1, m1, h2, m2] = match.map(Number);
  return { from: h1! * 60 + m1!, to: Math.min(h2! * 60 + m2!, day / minute) };
}
