import type { Form } from '../../flows/schema.js';
import { isolate } from '../../language/direction.js';
import type { RunningForm } from '../state.js';
import { choicesFor } from '../targets.js';
import { phrase, say, type Turn } from '../turn.js';
import { fill } from '../variables.js';
import { appointmentProblem, standsAgainst } from '../appointment.js';
import { actionOf, chooseRequest, requestsFor, tellNone } from './about.js';
import { proceed } from './proceed.js';
import { openForm, requestOf, sameDraft, type DraftKey, type OpenForm } from './running.js';

/**
 * Begins a form, or goes on with its draft; another form that is open keeps its own. `about` is the reference of a
 * request; a form that needs one and has none takes the only one that fits, or asks.
 */
export function startForm(turn: Turn, id: string, about?: string): void {
  const form = turn.assets.forms.get(id);
  if (!form || standsAgainst(turn, form)) return;
  const chosen = chooseRequest(turn, form, about);
  if (chosen.type === 'open') return;
  const { draft, open } = enter(turn, form, chosen.about);
  if (draft === 'goes_on') return resumeForm(turn);
  if (draft === 'begins_again') say(turn, { text: phrase(turn, 'form.changed') });
  introduce(turn, open);
  proceed(turn, open);
}

/** Takes up what was set aside, at the question where it stopped. */
export function resumeForm(turn: Turn): void {
  const { state } = turn;
  state.form ??= state.drafts.pop() ?? null;
  const open = openForm(turn);
  if (!open)
    return say(turn, {
      text: phrase(turn, 'form.nothingOpen'),
      choices: choicesFor(turn, ['menu']),
      expects: { type: 'menu' },
    });
  if (outdated(turn, open)) return;
  open.running.paused = false;
  say(turn, { text: phrase(turn, 'form.resumed', { form: open.form.label[state.locale] }) });
  proceed(turn, open);
}

/** Repeats the question that waits. */
export function askAgain(turn: Turn): void {
  const open = openForm(turn);
  if (open && !outdated(turn, open)) proceed(turn, open);
}

/**
 * Whether the form cannot go on as it is, and what follows: answers to another version mean nothing now, so it begins
 * again; a request or an appointment that may no longer be changed ends it.
 */
export function outdated(turn: Turn, { form, running }: OpenForm): boolean {
  const action = actionOf(form, running.about);
  if (action && !requestsFor(turn, form, action).some(({ reference }) => reference === running.about)) {
    turn.state.form = null;
    tellNone(turn, action);
    return true;
  }
  const problem = appointmentProblem(turn, form);
  if (problem === 'has_one' || problem === 'has_none') {
    turn.state.form = null;
    return standsAgainst(turn, form);
  }
  if (running.version === form.version) return false;
  startForm(turn, form.id, running.about);
  return true;
}

interface Entered {
  open: OpenForm;
  draft: 'none' | 'goes_on' | 'begins_again';
}

/** Makes it the open form, without a word. */
export function enter(turn: Turn, form: Form, about: string | undefined): Entered {
  const { state } = turn;
  const key: DraftKey = { id: form.id, about };
  if (state.form && !sameDraft(state.form, key)) state.drafts = [...without(turn, state.form), state.form];
  const draft = state.form && sameDraft(state.form, key) ? state.form : state.drafts.find((one) => sameDraft(one, key));
  state.drafts = without(turn, key);
  const goesOn = draft?.version === form.version;
  const running = goesOn ? draft : fresh(turn, form, about);
  state.form = running;
  return { open: { form, running }, draft: goesOn ? 'goes_on' : draft ? 'begins_again' : 'none' };
}

/** A request that is corrected begins with the answers that it has, unless its form has changed since. */
function fresh(turn: Turn, form: Form, about: string | undefined): RunningForm {
  const correction = form.opens === 'request' ? requestOf(turn, about)?.correction : undefined;
  const known = correction?.version === form.version ? correction.answers : {};
  const answers = form.steps.filter(({ ask }) => Object.hasOwn(known, ask)).map(({ ask }) => [ask, known[ask]]);
  return {
    id: form.id,
    version: form.version,
    step: '',
    answers: Object.fromEntries(answers),
    gathered: {},
    tries: 0,
    paused: false,
    ...(about === undefined ? {} : { about }),
  };
}

function introduce(turn: Turn, { form, running: { about } }: OpenForm): void {
  const { locale } = turn.state;
  if (form.opens === 'request' && about !== undefined) {
    const request = requestOf(turn, about);
    const known = request?.correction?.version === form.version;
    const key = known ? (request.actions.includes('sign') ? 'form.signing' : 'form.correcting') : 'form.correctingAnew';
    say(turn, { text: phrase(turn, key, { reference: locale === 'ar' ? isolate(about) : about }) });
  } else if (form.intro) {
    say(turn, { text: fill(form.intro[locale], turn.assets.variables(locale, turn.now), locale) });
  }
}

const without = ({ state }: Turn, key: DraftKey): RunningForm[] =>
  state.drafts.filter((draft) => !sameDraft(draft, key));

/** Drafts of forms that the organisation has taken out of its content. */
export function forgetGoneForms({ state, assets }: Turn): void {
  if (state.form && !assets.forms.has(state.form.id)) state.form = null;
  state.drafts = state.drafts.filter(({ id }) => assets.forms.has(id));
}
