import { isoDay } from '../core/riyadh.js';
import { afterWork, isWorkingTime } from '../core/working-time.js';
import { formatDate } from '../language/dates.js';
import { formatTime } from '../language/times.js';
import type { WantedReason } from './effects.js';
import { resumeForm } from './form/start.js';
import { choicesFor } from './targets.js';
import { phrase, say, type Turn } from './turn.js';
import { fill } from './variables.js';

/** Calls a person: says when the answer comes, and how else they are reached, as far as the profile says. */
export function offerPerson(turn: Turn, reason: Exclude<WantedReason, 'danger'>): void {
  const { locale } = turn.state;
  const variables = turn.assets.variables(locale, turn.now);
  const { contact } = turn.assets.organisation;
  const answerBy = callPerson(turn, reason);
  const lines = [
    phrase(turn, `person.${reason}`),
    when(turn, answerBy),
    ...(contact.phone ? [fill(phrase(turn, 'person.phone'), variables, locale)] : []),
    fill(phrase(turn, contact.phone ? 'person.hours' : 'person.doors'), variables, locale),
  ];
  say(turn, {
    text: lines.join('\n'),
    choices: choicesFor(turn, turn.state.form ? ['resume', 'menu'] : ['menu']),
    expects: { type: 'menu' },
  });
}

/** Puts the conversation before the staff, without a word; returns when they answer at the latest. */
export function callPerson(turn: Turn, reason: WantedReason): number {
  const { working, answerWithin } = turn.assets;
  const answerBy = afterWork(turn.now, answerWithin, working);
  turn.effects.push({ type: 'person_wanted', reason, answerBy });
  return answerBy;
}

/** "By 11:30", or "by 9:00 on Sunday …" when the office is closed until then. */
function when(turn: Turn, answerBy: number): string {
  const { locale } = turn.state;
  const time = formatTime(answerBy, locale);
  if (isoDay(answerBy) === isoDay(turn.now)) return phrase(turn, 'person.answerToday', { time });
  const date = formatDate(answerBy, locale, 'hijri');
  const closed = isWorkingTime(turn.now, turn.assets.working) ? 'person.answerLater' : 'person.closed';
  return phrase(turn, closed, { time, date });
}

/** The event by which staff give a conversation back. */
export const returnedEvent = 'takeover/returned';

/** Staff have given the conversation back: says so, and goes on where the form stopped. */
export function welcomeBack(turn: Turn): void {
  if (turn.state.form) {
    say(turn, { text: phrase(turn, 'person.returned') });
    return resumeForm(turn);
  }
  say(turn, {
    text: phrase(turn, 'person.returned'),
    choices: choicesFor(turn, ['menu', 'person']),
    expects: { type: 'menu' },
  });
}
