import type { Localised } from '../../flows/schema.js';
import { holds, offeredBy } from '../conditions.js';
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
  const { facts } = turn.assets;
  const done = lastWordsUnnamed(turn, open) ?? form.done;
  turn.effects.push(submitted(turn, open));
  turn.state.form = null;
  say(turn, {
    text: fill(done[locale], turn.assets.variables(locale, turn.now), locale),
    choices: choicesFor(turn, [...(drafts.length > 0 ? ['resume'] : []), ...offeredBy(form.follow, facts), 'menu']),
    expects: { type: 'menu' },
  });
}

/** The form's last words to somebody who gives no name; undefined for everybody else. */
function lastWordsUnnamed({ assets }: Turn, { form, running }: OpenForm): Localised | undefined {
  const { anonymous } = form;
  return anonymous && holds(anonymous.when, { ...assets.facts, answers: running.answers }) ? anonymous.done : undefined;
}

function submitted(turn: Turn, open: OpenForm): FormSubmitted {
  const { form, running } = open;
  const signature = signatureOf(open);
  return {
    type: 'form_submitted',
    form: form.id,
    version: form.version,
    opens: form.opens,
    locale: turn.state.locale,
    answers: givenAnswers(form, running.answers),
    ...(lastWordsUnnamed(turn, open) ? { anonymous: true as const } : {}),
    ...(running.about === undefined ? {} : { reference: running.about }),
    ...(signature ? { signature } : {}),
  };
}

function signatureOf({ form, running }: OpenForm): Signature | undefined {
  const step = form.steps.find(({ type }) => type === 'declaration');
  const signed = step && running.answers[step.ask];
  return isSignature(signed) ? signed : undefined;
}
