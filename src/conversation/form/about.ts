import { isolate } from '../../language/direction.js';
import type { Form, FormOutcome } from '../../flows/schema.js';
import type { Assets } from '../assets.js';
import type { Choice } from '../input.js';
import type { RequestAction, RequestFacts } from '../person-facts.js';
import { choicesFor } from '../targets.js';
import { phrase, say, type Turn } from '../turn.js';

/** What a form does to a request; undefined for a form that is about none. */
export function actionOf({ opens }: Form, about: string | undefined): RequestAction | undefined {
  if (opens === 'request') return about === undefined ? undefined : 'correct';
  return opens === 'papers' || opens === 'withdrawal' || opens === 'appeal' || opens === 'dispute'
    ? actions[opens]
    : undefined;
}

const actions = {
  papers: 'papers',
  withdrawal: 'withdraw',
  appeal: 'appeal',
  dispute: 'dispute',
} as const satisfies Partial<Record<FormOutcome, RequestAction>>;

/** The requests to which this may be done now, by this form. */
export const requestsFor = (turn: Turn, form: Form, action: RequestAction): RequestFacts[] =>
  turn.person.requests.filter(({ actions: open, correction }) =>
    action === 'correct'
      ? (open.includes('correct') || open.includes('sign')) && correction?.form === form.id
      : open.includes(action),
  );

export const formThatOpens = ({ forms }: Assets, outcome: FormOutcome): Form | undefined =>
  [...forms.values()].find(({ opens }) => opens === outcome);

export type Chosen =
  /** `about` is undefined when the form is about no request. */
  | { type: 'chosen'; about?: string }
  /** There is none, or several: the person has been told, or asked. */
  | { type: 'open' };

/** Which request a form is about: the one that was named, or the only one that fits. */
export function chooseRequest(turn: Turn, form: Form, about: string | undefined): Chosen {
  const action = actionOf(form, about);
  if (!action) return { type: 'chosen' };
  const fitting = requestsFor(turn, form, action);
  const named = about === undefined ? fitting : fitting.filter(({ reference }) => reference === about);
  const [only] = named;
  if (only && named.length === 1) return { type: 'chosen', about: only.reference };
  if (turn.state.form) turn.state.form.paused = true;
  if (only) askWhich(turn, form, named);
  else tellNone(turn, action);
  return { type: 'open' };
}

/** Tells that this cannot be done, or no longer. */
export function tellNone(turn: Turn, action: RequestAction): void {
  const has = turn.person.requests.length > 0;
  say(turn, {
    text: phrase(turn, has ? `request.cannot.${action}` : 'request.none'),
    choices: choicesFor(turn, has ? ['status', 'person', 'menu'] : ['person', 'menu']),
    expects: { type: 'menu' },
  });
}

function askWhich(turn: Turn, form: Form, requests: readonly RequestFacts[]): void {
  const choices = requests.map((request): Choice => ({
    value: `start:${form.id}:${request.reference}`,
    label: request.reference,
  }));
  const lines = requests.map((request) => headOf(turn, request));
  say(turn, {
    text: [phrase(turn, 'request.which'), ...lines].join('\n'),
    choices,
    expects: { type: 'menu', choices: choices.map(({ value }) => value) },
  });
}

/** How a request is called: its reference, and what it asks for. */
export function headOf(turn: Turn, { reference, service }: RequestFacts): string {
  const number = turn.state.locale === 'ar' ? isolate(reference) : reference;
  return service
    ? phrase(turn, 'request.headWithService', { reference: number, service })
    : phrase(turn, 'request.head', { reference: number });
}
