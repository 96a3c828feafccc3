import type { Form, Step } from '../../flows/schema.js';
import { holds, type Facts } from '../conditions.js';
import type { Choice } from '../input.js';
import type { RequestFacts } from '../person-facts.js';
import type { RunningForm } from '../state.js';
import { stepType } from '../steps/index.js';
import type { StepContext } from '../steps/step.js';
import type { Turn } from '../turn.js';

/** The form that the person is in, whether it waits or goes on. */
export interface OpenForm {
  form: Form;
  running: RunningForm;
}

export function openForm(turn: Turn): OpenForm | undefined {
  const running = turn.state.form;
  const form = running ? turn.assets.forms.get(running.id) : undefined;
  if (!running || !form) return undefined;
  return { form, running };
}

/** Which draft it is: one for each form, and for each request that it is about. */
export interface DraftKey {
  id: string;
  about?: string | undefined;
}

export const sameDraft = (a: DraftKey, b: DraftKey): boolean => a.id === b.id && a.about === b.about;

export const requestOf = (turn: Turn, reference: string | undefined): RequestFacts | undefined =>
  turn.person.requests.find((request) => request.reference === reference);

export function contextOf(turn: Turn, { form, running }: OpenForm, step: Step): StepContext {
  const request = requestOf(turn, running.about);
  return {
    assets: turn.assets,
    locale: turn.state.locale,
    now: turn.now,
    form,
    answers: running.answers,
    gathered: Object.hasOwn(running.gathered, step.ask) ? running.gathered[step.ask] : undefined,
    ...(request ? { request } : {}),
    slots: turn.person.slots ?? [],
    offered: offeredBefore(turn, form, step),
  };
}

/** The choices of this very question as they were last shown: a number means one of them, whatever is free by now. */
function offeredBefore({ state }: Turn, form: Form, step: Step): Choice[] {
  const prefix = `answer:${form.id}:${step.ask}:`;
  return state.offered.flatMap(({ value, label }) =>
    value.startsWith(prefix) ? [{ value: value.slice(prefix.length), label }] : [],
  );
}

export const isAnswered = ({ answers }: RunningForm, { ask }: Step): boolean => Object.hasOwn(answers, ask);

/**
 * Brings the answers in order after one has changed: those of questions that are no longer asked are dropped, from the
 * first to the last, because one may depend on another. Returns the question that comes next.
 */
export function settle(turn: Turn, open: OpenForm): Step | undefined {
  const { form, running } = open;
  for (const step of form.steps) if (!isAsked(turn, open, step)) forget(running, step);
  const answered = form.steps.filter((step) => isAnswered(running, step));
  for (const step of answered) reconsider(turn, open, step);
  return (
    form.steps.find(({ ask }) => ask === running.correcting) ??
    form.steps.find((step) => !isAnswered(running, step) && isAsked(turn, open, step))
  );
}

const isAsked = ({ assets }: Turn, { running }: OpenForm, { when }: Step): boolean =>
  !when || holds(when, { ...assets.facts, answers: running.answers });

/** The step in the words that hold for the answers given so far. */
export const worded = ({ assets }: Turn, { running }: OpenForm, step: Step): Step =>
  wordedFor(step, { ...assets.facts, answers: running.answers });

/** The same, by the facts that its conditions may ask. */
export function wordedFor(step: Step, facts: Facts): Step {
  const instead = step.instead?.find(({ when }) => holds(when, facts));
  if (!instead) return step;
  const prompt = instead.prompt ?? step.prompt;
  return step.type === 'declaration'
    ? { ...step, prompt, statement: instead.statement ?? step.statement }
    : { ...step, prompt };
}

/** What no longer fits is asked again, beginning with what was there. */
function reconsider(turn: Turn, open: OpenForm, step: Step): void {
  const { running } = open;
  const type = stepType(turn.assets.steps, step);
  if (!type.revise || running.correcting === step.ask) return;
  const given = running.answers[step.ask];
  const revised = type.revise(step, given, contextOf(turn, open, step));
  if (revised !== undefined) {
    running.answers[step.ask] = revised;
    return;
  }
  delete running.answers[step.ask];
  running.gathered[step.ask] = given;
}

/** As if the question had never been put. */
function forget(running: RunningForm, { ask }: Step): void {
  delete running.answers[ask];
  delete running.gathered[ask];
  if (running.correcting === ask) delete running.correcting;
}
