import { stepType } from '../steps/index.js';
import { choicesFor } from '../targets.js';
import { phrase, say, type Turn } from '../turn.js';
import { proceed } from './proceed.js';
import { isAnswered, openForm, type OpenForm } from './running.js';
import { outdated } from './start.js';

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
  if (outdated(turn, open)) return;
  const { running } = open;
  if (!backWithinStep(turn, open) && !backToSummary(open) && !backToLast(turn, open)) {
    say(turn, { text: phrase(turn, 'form.firstStep') });
  }
  running.paused = false;
  running.tries = 0;
  proceed(turn, open);
}

/** To the first part of a question that has several. */
function backWithinStep(turn: Turn, { form, running }: OpenForm): boolean {
  const step = form.steps.find(({ ask }) => ask === running.step);
  if (!step || !Object.hasOwn(running.gathered, step.ask)) return false;
  if (stepType(turn.assets.steps, step).keepsGathered) return false;
  delete running.gathered[step.ask];
  return true;
}

/** Leaves the answer that was to be corrected as it was. */
function backToSummary({ running }: OpenForm): boolean {
  const { correcting } = running;
  if (correcting === undefined) return false;
  delete running.gathered[correcting];
  delete running.correcting;
  return true;
}

function backToLast(turn: Turn, { form, running }: OpenForm): boolean {
  const last = form.steps.findLast((step) => isAnswered(running, step));
  if (!last) return false;
  if (stepType(turn.assets.steps, last).keepsGathered) running.gathered[last.ask] = running.answers[last.ask];
  delete running.answers[last.ask];
  return true;
}
