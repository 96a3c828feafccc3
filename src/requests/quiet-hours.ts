/** When people are not disturbed, in minutes of the day in Riyadh, end excluded; `from` after `to` spans midnight. */
export interface QuietHours {
  daily: Span | null;
  /** Instead of the daily ones on Fridays; they begin at midnight. */
  friday: Span | null;
}

export interface Span {
  from: number;
  to: number;
}

const minute = 60_000;
const day = 24 * 60;
/** Saudi Arabia keeps UTC+3 all year. */
const riyadh = 3 * 60;
/** 1 January 1970 was a Thursday. */
const firstFriday = 1;

/** The first moment at or after `ms` at which a notice may arrive. */
export function afterQuiet(ms: number, quiet: QuietHours): number {
  let at = Math.floor(ms / minute);
  // Spans may touch (a night and the Friday morning behind it), so the end of one may lie in the next.
  for (let spans = 0; spans < 4; spans += 1) {
    const end = endOfQuiet(at, quiet);
    if (end === undefined) return Math.max(ms, at * minute);
    at = end;
  }
  return at * minute;
}

/** The minute at which the quiet that holds at minute `at` ends; undefined when it is not quiet. */
function endOfQuiet(at: number, quiet: QuietHours): number | undefined {
  const local = at + riyadh;
  const midnight = Math.floor(local / day) * day;
  const isFriday = (Math.floor(local / day) - firstFriday) % 7 === 0;
  const begun = isFriday && quiet.friday ? [quiet.friday] : quiet.daily ? [quiet.daily] : [];
  for (const { from, to } of begun) {
    const time = local - midnight;
    if (from <= to ? time >= from && time < to : time >= from || time < to) {
      return midnight - riyadh + to + (from > to && time >= from ? day : 0);
    }
  }
  return undefined;
}

/** Reads `21:00-08:00`; `none` is null, anything else undefined. */
export function readSpan(text: string): Span | null | undefined {
  if (text.trim() === 'none') return null;
  const match = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)$/.exec(text.trim());
  if (!match) return undefined;
  const [, h1, m1, h2, m2] = match.map(Number);
  return { from: h1! * 60 + m1!, to: Math.min(h2! * 60 + m2!, day) };
}
