import type { Form, Step } from '../../flows/schema.js';
import { beginsLikeQuestion, endsLikeQuestion } from '../../language/question.js';
import { answer } from '../answer.js';
import { isLearned, obey } from '../commands.js';
import type { Input } from '../input.js';
import { hidden } from '../mask.js';
import { offerPerson } from '../person.js';
import { stepType } from '../steps/index.js';
import type { StepReading } from '../steps/step.js';
import { choicesFor } from '../targets.js';
import { phrase, say, type Turn } from '../turn.js';
import { proceed } from './proceed.js';
import { contextOf, openForm, worded, type OpenForm } from './running.js';
import { askAgain, outdated } from './start.js';

/** Reads the message as the answer to the question that waits; false when no question waits. */
export function takeAnswer(turn: Turn, input: Input): boolean {
  const open = openForm(turn);
  if (!open || open.running.paused) return false;
  if (outdated(turn, open)) return true;
  const waiting = stepOf(open);
  if (!waiting) {
    proceed(turn, open);
    return true;
  }
  const step = worded(turn, open, waiting);
  const pressed = readPressed(input.value, open.form, step);
  if (pressed === undefined && input.value !== undefined) {
    say(turn, { text: phrase(turn, 'form.oldQuestion') });
    askAgain(turn);
    return true;
  }
  const type = stepType(turn.assets.steps, step);
  const reading = type.read(step, { ...input, value: pressed }, contextOf(turn, open, step));
  if (asksSomethingElse(turn, { step, input, understood: reading.type !== 'invalid' })) return true;
  // Of what may be said without a name not even the last letters stay readable.
  if (step.sensitive) turn.heard = hidden(open.form.anonymous ? '' : input.text);
  follow(turn, open, { step, reading });
  return true;
}

export const stepOf = ({ form, running }: OpenForm): Step | undefined =>
  form.steps.find(({ ask }) => ask === running.step);

function follow(turn: Turn, open: OpenForm, { step, reading }: { step: Step; reading: StepReading }): void {
  const { running } = open;
  if (reading.type === 'invalid') {
    const key = `steps.${reading.problem}${running.tries > 0 ? 'Again' : ''}`;
    return misunderstood(turn, open, phrase(turn, key, reading.variables));
  }
  running.tries = 0;
  delete running.gathered[step.ask];
  switch (reading.type) {
    case 'answer':
      running.answers[step.ask] = reading.value;
      delete running.correcting;
      return proceed(turn, open);
    case 'more':
      running.gathered[step.ask] = reading.gathered;
      return proceed(turn, open, reading.said);
    case 'correct':
      running.correcting = reading.ask;
      return proceed(turn, open);
    case 'end':
      turn.state.form = null;
      return say(turn, { text: reading.said, choices: choicesFor(turn, ['menu']), expects: { type: 'menu' } });
    case 'pause':
      running.paused = true;
      return say(turn, {
        text: reading.said,
        choices: choicesFor(turn, reading.offer),
        expects: { type: 'menu' },
      });
    default:
      return reading satisfies never;
  }
}

function misunderstood(turn: Turn, { running }: OpenForm, problem: string): void {
  running.tries += 1;
  say(turn, { text: problem });
  if (running.tries < 3) return askAgain(turn);
  running.tries = 0;
  running.paused = true;
  offerPerson(turn, 'form');
}

/** A question for the FAQ in the middle of a form is answered, and the form's own question is put again. */
function asksSomethingElse(
  turn: Turn,
  { step, input, understood }: { step: Step; input: Input; understood: boolean },
): boolean {
  if (input.text === '' || (understood && !asksBesides(step, input.text))) return false;
  const match = turn.assets.matcher.match(input.text, turn.state.locale);
  if (match.type === 'answer' && !understood && isLearned(match.id)) {
    obey(turn, match.id);
    return true;
  }
  const entry = match.type === 'answer' ? turn.assets.faq.get(match.id) : undefined;
  if (!entry || !mayBeQuestion(input.text)) return false;
  answer(turn, entry, { offer: false });
  askAgain(turn);
  return true;
}

/** A word or two that are no answer are a slip before they are a question. */
const mayBeQuestion = (text: string): boolean =>
  beginsLikeQuestion(text) || endsLikeQuestion(text) || text.split(/\s+/).length >= 3;

/** Where nearly any words are an answer, a question is known by its mark; a name never begins like one. */
function asksBesides({ type }: Step, text: string): boolean {
  const marked = /[؟?]\s*$/.test(text);
  return (type === 'text' && marked) || (type === 'declaration' && (marked || beginsLikeQuestion(text)));
}

/** The answer behind a pressed button of the question that waits; a client of one's own may send the bare value. */
function readPressed(value: string | undefined, form: Form, step: Step): string | undefined {
  if (!value?.includes(':')) return value;
  const [type, formId, ask, chosen] = value.split(':');
  return type === 'answer' && formId === form.id && ask === step.ask ? chosen : undefined;
}
