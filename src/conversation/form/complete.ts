import type { FormSubmitted, Signature } from '../effects.js';
import { isSignature } from '../steps/declaration.js';
import { choicesFor } from '../targets.js';
import { say, type Turn } from '../turn.js';
import { fill } from '../variables.js';
import { givenAnswers } from './given.js';
import type { OpenForm } from './running.js';

/** Hands the answers over, thanks, and offers what people do next. */
export function complete(turn: Turn, open: OpenForm): void {
  const { form } = open;
  const { locale, drafts } = turn.state;
  turn.effects.push(submitted(turn, open));
  turn.state.form = null;
  say(turn, {
    text: fill(form.done[locale], turn.assets.variables(locale, turn.now), locale),
    choices: choicesFor(turn, [...(drafts.length > 0 ? ['resume'] : []), ...form.follow, 'menu']),
    expects: { type: 'menu' },
  });
}

function submitted({ state }: Turn, open: OpenForm): FormSubmitted {
  const { form, running } = open;
  const signature = signatureOf(open);
  return {
    type: 'form_submitted',
    form: form.id,
    version: form.version,
    opens: form.opens,
    locale: state.locale,
    answers: givenAnswers(form, running.answers),
    ...(running.about === undefined ? {} : { reference: running.about }),
    ...(signature ? { signature } : {}),
  };
}

function signatureOf({ form, running }: OpenForm): Signature | undefined {
  const step = form.steps.find(({ type }) => type === 'declaration');
  const signed = step && running.answers[step.ask];
  return isSignature(signed) ? signed : undefined;
}
