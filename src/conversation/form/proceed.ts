import type { Step } from '../../flows/schema.js';
import { stepType } from '../steps/index.js';
import { say, type Turn } from '../turn.js';
import { fill } from '../variables.js';
import { complete } from './complete.js';
import { contextOf, settle, worded, type OpenForm } from './running.js';

/** Puts the question that comes next, after `lead` if there is something to say before; completes the form after the last. */
export function proceed(turn: Turn, open: OpenForm, lead?: string): void {
  const next = settle(turn, open);
  if (next) put(turn, open, { step: worded(turn, open, next), lead });
  else complete(turn, open);
}

function put(turn: Turn, open: OpenForm, { step, lead }: { step: Step; lead: string | undefined }): void {
  const { form, running } = open;
  const { locale } = turn.state;
  const type = stepType(turn.assets.steps, step);
  const context = contextOf(turn, open, step);
  const choices = type.choices?.(step, context) ?? [];
  const question = type.ask
    ? type.ask(step, context)
    : fill(step.prompt[locale], turn.assets.variables(locale, turn.now), locale);
  running.step = step.ask;
  turn.state.offered = [];
  say(turn, {
    text: lead === undefined ? question : `${lead}\n\n${question}`,
    choices: choices.map(({ value, label }) => ({ value: `answer:${form.id}:${step.ask}:${value}`, label })),
    expects: {
      type: step.type,
      flow: form.id,
      step: step.ask,
      ...(choices.length > 0 ? { choices: choices.map(({ value }) => value) } : {}),
      ...(form.opens === 'link' ? { contact: true as const } : {}),
    },
  });
}
