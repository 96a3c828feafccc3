import type { Form, Step } from '../flows/schema.js';
import { answer, offerPerson } from './answer.js';
import type { RunningForm } from './state.js';
import { stepType } from './steps/index.js';
import type { StepContext } from './steps/step.js';
import { choicesFor } from './targets.js';
import type { Input } from './input.js';
import { phrase, say, type Turn } from './turn.js';
import { fill, holds } from './variables.js';

/** Begins a form, or goes on with its draft. Another form that is open keeps its draft. */
export function startForm(turn: Turn, id: string): void {
  const form = turn.assets.forms.get(id);
  if (!form) return;
  const { state } = turn;
  if (state.form && state.form.id !== id) state.drafts = [...draftsWithout(turn, state.form.id), state.form];
  const draft = state.form?.id === id ? state.form : state.drafts.find((one) => one.id === id);
  state.drafts = draftsWithout(turn, id);
  if (draft?.version === form.version) {
    state.form = draft;
    return resumeForm(turn);
  }
  state.form = { id, version: form.version, step: '', answers: {}, tries: 0, paused: false };
  if (draft) say(turn, { text: phrase(turn, 'form.changed') });
  if (form.intro) say(turn, { text: filled(turn, form.intro[state.locale]) });
  proceed(turn, form, state.form);
}

/** Takes up what was set aside, at the question where it stopped. */
export function resumeForm(turn: Turn): void {
  const draft = turn.state.drafts.at(-1);
  if (!turn.state.form && draft) return startForm(turn, draft.id);
  const open = openForm(turn);
  if (!open)
    return say(turn, {
      text: phrase(turn, 'form.nothingOpen'),
      choices: choicesFor(turn, ['menu']),
      expects: { type: 'menu' },
    });
  if (changed(turn, open)) return;
  open.running.paused = false;
  say(turn, { text: phrase(turn, 'form.resumed', { form: open.form.label[turn.state.locale] }) });
  proceed(turn, open.form, open.running);
}

/** Sets the form aside for something else; nothing that was answered is lost. */
export function pauseForm(turn: Turn): void {
  const { form } = turn.state;
  if (!form || form.paused) return;
  form.paused = true;
  say(turn, { text: phrase(turn, 'form.paused') });
}

export function cancelForm(turn: Turn): void {
  const had = turn.state.form !== null;
  turn.state.form = null;
  say(turn, {
    text: phrase(turn, had ? 'form.cancelled' : 'form.nothingOpen'),
    choices: choicesFor(turn, ['menu']),
    expects: { type: 'menu' },
  });
}

/** Back to the question before; its answer is given anew. */
export function goBack(turn: Turn): void {
  const open = openForm(turn);
  if (!open) return cancelForm(turn);
  if (changed(turn, open)) return;
  const { form, running } = open;
  const answered = form.steps.filter((step) => Object.hasOwn(running.answers, step.ask));
  const last = answered.at(-1);
  if (last) delete running.answers[last.ask];
  else say(turn, { text: phrase(turn, 'form.firstStep') });
  running.paused = false;
  running.tries = 0;
  proceed(turn, form, running);
}

/** Repeats the question that waits. */
export function askAgain(turn: Turn): void {
  const open = openForm(turn);
  if (open && !changed(turn, open)) proceed(turn, open.form, open.running);
}

/** Reads the message as the answer to the question that waits; false when no question waits. */
export function takeAnswer(turn: Turn, input: Input): boolean {
  const open = openForm(turn);
  if (!open || open.running.paused) return false;
  if (changed(turn, open)) return true;
  const { form, running } = open;
  const step = form.steps.find((one) => one.ask === running.step);
  if (!step) {
    proceed(turn, form, running);
    return true;
  }
  const pressed = readPressed(input.value, form, step);
  if (pressed === undefined && input.value !== undefined) {
    say(turn, { text: phrase(turn, 'form.oldQuestion') });
    askAgain(turn);
    return true;
  }
  const reading = stepType(turn.assets.steps, step).read(
    step,
    { ...input, value: pressed },
    contextOf(turn, form, running),
  );
  if (asksSomethingElse(turn, { step, input, understood: reading.type === 'answer' })) return true;
  if (reading.type === 'more' || reading.type === 'correct') return true;
  if (reading.type === 'answer') {
    running.answers[step.ask] = reading.value;
    running.tries = 0;
    proceed(turn, form, running);
    return true;
  }
  misunderstood(
    turn,
    running,
    phrase(turn, `steps.${reading.problem}${running.tries > 0 ? 'Again' : ''}`, reading.variables),
  );
  return true;
}

/** A question for the FAQ in the middle of a form is answered, and the form's own question is put again. */
function asksSomethingElse(
  turn: Turn,
  { step, input, understood }: { step: Step; input: Input; understood: boolean },
): boolean {
  if (input.text === '' || (understood && !(step.type === 'text' && /[؟?]\s*$/.test(input.text)))) return false;
  const match = turn.assets.matcher.match(input.text, turn.state.locale);
  if (match.type === 'answer' && match.id === 'person' && !understood) {
    pauseForm(turn);
    offerPerson(turn, 'asked');
    return true;
  }
  const entry = match.type === 'answer' ? turn.assets.faq.get(match.id) : undefined;
  if (!entry) return false;
  answer(turn, entry, { offer: false });
  askAgain(turn);
  return true;
}

function misunderstood(turn: Turn, running: RunningForm, problem: string): void {
  running.tries += 1;
  say(turn, { text: problem });
  if (running.tries < 3) return askAgain(turn);
  running.tries = 0;
  running.paused = true;
  offerPerson(turn, 'form');
}

/** Asks the next question, or completes the form when there is none. */
function proceed(turn: Turn, form: Form, running: RunningForm): void {
  const facts = { ...turn.assets.facts, answers: running.answers };
  const next = form.steps.find(
    (step) => !Object.hasOwn(running.answers, step.ask) && (!step.when || holds(step.when, facts)),
  );
  if (!next) return complete(turn, form, running);
  running.step = next.ask;
  const choices = stepType(turn.assets.steps, next).choices?.(next, contextOf(turn, form, running)) ?? [];
  turn.state.offered = [];
  say(turn, {
    text: filled(turn, next.prompt[turn.state.locale]),
    choices: choices.map(({ value, label }) => ({ value: `answer:${form.id}:${next.ask}:${value}`, label })),
    expects: {
      type: next.type,
      flow: form.id,
      step: next.ask,
      ...(choices.length > 0 ? { choices: choices.map(({ value }) => value) } : {}),
    },
  });
}

function complete(turn: Turn, form: Form, running: RunningForm): void {
  turn.effects.push({
    type: 'form_submitted',
    form: form.id,
    version: form.version,
    opens: form.opens,
    locale: turn.state.locale,
    answers: running.answers,
  });
  turn.state.form = null;
  say(turn, {
    text: filled(turn, form.done[turn.state.locale]),
    choices: choicesFor(turn, [...(turn.state.drafts.length > 0 ? ['resume'] : []), ...form.follow, 'menu']),
    expects: { type: 'menu' },
  });
}

const contextOf = ({ assets, state, now }: Turn, form: Form, { answers }: RunningForm): StepContext => ({
  assets,
  locale: state.locale,
  now,
  form,
  answers,
  gathered: undefined,
});

interface OpenForm {
  form: Form;
  running: RunningForm;
}

function openForm(turn: Turn): OpenForm | undefined {
  const running = turn.state.form;
  const form = running ? turn.assets.forms.get(running.id) : undefined;
  if (!running || !form) return undefined;
  return { form, running };
}

/** Answers to another version of the form mean nothing now: it begins again. */
function changed(turn: Turn, { form, running }: OpenForm): boolean {
  if (running.version === form.version) return false;
  startForm(turn, form.id);
  return true;
}

/** Drafts of forms that the organisation has taken out of its content. */
export function forgetGoneForms({ state, assets }: Turn): void {
  if (state.form && !assets.forms.has(state.form.id)) state.form = null;
  state.drafts = state.drafts.filter(({ id }) => assets.forms.has(id));
}

/** The answer behind a pressed button of the question that waits; a client of one's own may send the bare value. */
function readPressed(value: string | undefined, form: Form, step: Step): string | undefined {
  if (!value?.includes(':')) return value;
  const [type, formId, ask, chosen] = value.split(':');
  return type === 'answer' && formId === form.id && ask === step.ask ? chosen : undefined;
}

const draftsWithout = (turn: Turn, id: string): RunningForm[] => turn.state.drafts.filter((draft) => draft.id !== id);

const filled = (turn: Turn, template: string): string =>
  fill(template, turn.assets.variables(turn.state.locale, turn.now), turn.state.locale);
