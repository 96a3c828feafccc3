import type { Form } from '../flows/schema.js';
import { formatDates } from '../language/dates.js';
import { formatTime } from '../language/times.js';
import type { Assets } from './assets.js';
import { choicesFor } from './targets.js';
import { phrase, say, type Turn } from './turn.js';

/** Why a form about an appointment cannot go on; undefined when it can, and for every other form. */
export function appointmentProblem(
  { person }: Turn,
  { opens, steps }: Form,
): 'has_one' | 'has_none' | 'none_free' | undefined {
  const { appointment, slots = [] } = person;
  if (opens === 'appointment' && appointment) return 'has_one';
  if ((opens === 'appointment-move' || opens === 'appointment-cancel') && !appointment) return 'has_none';
  return slots.length === 0 && steps.some(({ type }) => type === 'slot') ? 'none_free' : undefined;
}

/** Tells what stands against a form about an appointment; false when nothing does. */
export function standsAgainst(turn: Turn, form: Form): boolean {
  const problem = appointmentProblem(turn, form);
  if (problem === undefined) return false;
  if (turn.state.form) turn.state.form.paused = true;
  if (problem === 'none_free') tellNoneFree(turn);
  else showAppointment(turn);
  return true;
}

/** Says when the person's interview is, and offers to move or cancel it; to book one where there is none. */
export function showAppointment(turn: Turn): void {
  const { appointment } = turn.person;
  const { locale } = turn.state;
  const lines = appointment
    ? [phrase(turn, 'interview.yours'), momentOf(turn, appointment.start), ...placeOf(turn)]
    : [phrase(turn, 'interview.none')];
  const ways = appointment
    ? formsThat(turn.assets, ['appointment-move', 'appointment-cancel'])
    : formsThat(turn.assets, ['appointment']);
  const choices = choicesFor(turn, [...ways, ...(turn.state.form ? ['resume'] : []), 'menu']);
  say(turn, { text: lines.join('\n'), choices, expects: { type: 'menu', choices: choices.map(({ value }) => value) } });

  function placeOf({ assets }: Turn): string[] {
    const place = assets.organisation.interviews?.place[locale];
    return place === undefined ? [] : [phrase(turn, 'interview.place', { place })];
  }
}

function tellNoneFree(turn: Turn): void {
  say(turn, {
    text: phrase(turn, 'interview.noneFree'),
    choices: choicesFor(turn, [...formsThat(turn.assets, ['call']), 'person', 'menu']),
    expects: { type: 'menu' },
  });
}

const momentOf = (turn: Turn, start: number): string =>
  phrase(turn, 'interview.moment', {
    ...formatDates(start, turn.state.locale),
    time: formatTime(start, turn.state.locale),
  });

/** How flows write the forms that do this, as far as the organisation has them. */
const formsThat = ({ forms }: Assets, outcomes: readonly Form['opens'][]): string[] =>
  outcomes.flatMap((outcome) =>
    [...forms.values()].filter(({ opens }) => opens === outcome).map(({ id }) => `start ${id}`),
  );
