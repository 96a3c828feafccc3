import { isoDay } from '../../core/riyadh.js';
import { slotId, slotStart } from '../../core/slot.js';
import type { Step } from '../../flows/schema.js';
import { matchChoice } from '../../language/choice.js';
import { formatDates } from '../../language/dates.js';
import type { Locale } from '../../language/matcher.js';
import { latinDigits } from '../../language/normalise.js';
import { formatTime, shortMoment } from '../../language/times.js';
import type { Choice } from '../input.js';
import { fill } from '../variables.js';
import type { StepContext, StepReading, StepType } from './step.js';

/** So many times are offered at once, and of one day only so many while other days have some. */
const most = 8;
const mostOfDay = 4;

/**
 * A free time, e.g. `{"ask": "slot", "type": "slot"}`: by button, number, or day and hour. Kept as `20261122T060000Z`. What
 * is free comes with the person's facts; a time that went meanwhile is answered with those that are left.
 */
export const slot: StepType<SlotStep> = {
  keepsGathered: true,

  ask(step, { assets, locale, now, slots = [] }) {
    const days = byDay(choose(slots)).map((times) =>
      assets.t(locale, 'interview.day', {
        ...formatDates(times[0] ?? 0, locale),
        times: times.map((at) => formatTime(at, locale)).join(locale === 'ar' ? '، ' : ', '),
      }),
    );
    if (days.length === 0) return assets.t(locale, 'interview.noneFree');
    return [fill(step.prompt[locale], assets.variables(locale, now), locale), ...days].join('\n');
  },

  choices: (_step, { slots = [], locale }) =>
    choose(slots).map((at) => ({ value: slotId(at), label: shortMoment(at, locale) })),

  read(_step, { text, value }, context) {
    const { assets, locale, slots = [] } = context;
    if (slots.length === 0) {
      return { type: 'pause', said: assets.t(locale, 'interview.noneFree'), offer: ['person', 'menu'] };
    }
    const chosen = value ?? chosenBy(text, context);
    const start = chosen === undefined ? undefined : slotStart(chosen);
    if (start === undefined) return { type: 'invalid', problem: 'slotUnclear' };
    return slots.includes(start) ? { type: 'answer', value: chosen } : gone(context);
  },

  /** In between somebody else may have taken it, or its time has come. */
  revise: (_step, value, { slots = [] }) =>
    slots.includes(slotStart(String(value)) ?? Number.NaN) ? value : undefined,

  show(_step, value, { assets, locale }) {
    const start = slotStart(String(value));
    if (start === undefined) return '';
    return assets.t(locale, 'interview.moment', { ...formatDates(start, locale), time: formatTime(start, locale) });
  },
};

type SlotStep = Extract<Step, { type: 'slot' }>;

const gone = ({ assets, locale }: StepContext): StepReading => ({
  type: 'more',
  gathered: null,
  said: assets.t(locale, 'interview.gone'),
});

/** The next ones, spread over days; a day fills up when the others have too few. */
function choose(slots: readonly number[]): number[] {
  const first = byDay(slots).flatMap((times) => times.slice(0, mostOfDay));
  const rest = slots.filter((at) => !first.includes(at));
  return [...first, ...rest].slice(0, most).toSorted((a, b) => a - b);
}

function byDay(slots: readonly number[]): number[][] {
  const days = new Map<string, number[]>();
  for (const at of slots) days.set(isoDay(at), [...(days.get(isoDay(at)) ?? []), at]);
  return [...days.values()];
}

/** By the number in the list that was shown, or by day and hour. */
function chosenBy(text: string, context: StepContext): string | undefined {
  const shown = context.offered?.length ? context.offered : (slot.choices?.({} as SlotStep, context) ?? []);
  const byPlace = matchChoice(text, shown.map(({ value }) => ({ value, labels: [] }))); // prettier-ignore
  if (byPlace.type === 'chosen') return byPlace.value;
  const said = digitsIn(text);
  const fitting = shown.map(named).filter(({ labels }) => {
    const own = new Set(labels.flatMap(digitsIn));
    return said.every((digits) => own.has(digits));
  });
  const match = matchChoice(text, fitting);
  return match.type === 'chosen' ? match.value : undefined;
}

/** The ways in which people say a time. */
function named({ value, label }: Choice) {
  const start = slotStart(value) ?? 0;
  const say = (locale: Locale): string[] => [
    shortMoment(start, locale),
    `${formatDates(start, locale).hijri} ${formatTime(start, locale)}`,
  ];
  return { value, labels: [label, ...say('ar'), ...say('en')] };
}

/** Hours and days are no place for a slip of one sign: each that is said must be the time's own. Sample: `["22", "9:30"]`. */
const digitsIn = (text: string): string[] => latinDigits(text).match(/\d+:\d\d|\d+/g) ?? [];
