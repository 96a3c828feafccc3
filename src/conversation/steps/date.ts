import { isoDay } from '../../core/riyadh.js';
import type { Step } from '../../flows/schema.js';
import { readDate } from '../../language/date-reading.js';
import { formatDay } from '../../language/dates.js';
import { isolate } from '../../language/direction.js';
import type { StepType } from './step.js';

const problems = { none: 'dateUnclear', year: 'dateYear', impossible: 'dateImpossible' } as const;

/**
 * A day in either calendar, e.g. `{"ask": "birthDate", "type": "date", "only": "past"}`; kept as the Gregorian
 * `1985-03-20`, shown in both. Today is neither too late for `past` nor too early for `future`.
 */
export const date: StepType<Extract<Step, { type: 'date' }>> = {
  read({ only }, { text, value }, { now }) {
    const today = isoDay(now);
    const reading = readDate(value ?? text, today);
    if (reading.type !== 'date') return { type: 'invalid', problem: problems[reading.type] };
    if (only === 'past' && reading.day > today) return { type: 'invalid', problem: 'dateNotPast' };
    if (only === 'future' && reading.day < today)
      return { type: 'invalid', problem: 'dateNotFuture', variables: { example: dayAfter(now) } };
    return { type: 'answer', value: reading.day };
  },

  show: (_step, value, { assets, locale }) => assets.t(locale, 'steps.bothCalendars', formatDay(String(value), locale)),
};

/** Tomorrow as people type it: `22/11/2026`. */
const dayAfter = (now: number): string =>
  isolate(isoDay(now + 86_400_000).split('-').map(Number).toReversed().join('/')); // prettier-ignore
