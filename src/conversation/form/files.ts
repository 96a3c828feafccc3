import { fileUrl, type Attachment } from '../../core/activity.js';
import type { Form } from '../../flows/schema.js';
import type { Input } from '../input.js';
import { fileLimit, filesIn } from '../steps/files.js';
import type { Turn } from '../turn.js';
import { chooseRequest, formThatOpens, requestsFor } from './about.js';
import { openForm, settle } from './running.js';
import { enter } from './start.js';
import { stepOf, takeAnswer } from './take-answer.js';

/**
 * Takes files of somebody who is not being asked for any: for the form that waits for files, or for the request that lacks
 * papers. False when there is neither.
 */
export function takeFiles(turn: Turn, input: Input): boolean {
  const files = filesIn(input.attachments);
  if (files.length === 0) return false;
  const open = openForm(turn);
  if (open && stepOf(open)?.type === 'attachments') {
    open.running.paused = false;
    return takeAnswer(turn, input);
  }
  const form = formThatOpens(turn.assets, 'papers');
  if (!form || requestsFor(turn, form, 'papers').length === 0) return false;
  turn.state.files = [...turn.state.files, ...files].slice(-fileLimit);
  return startWithFiles(turn, { form, about: undefined, text: input.text });
}

/** Begins a form for papers with the files that came before it; false when none have come. */
export function startWithFiles(
  turn: Turn,
  { form, about, text = '' }: { form: Form; about: string | undefined; text?: string },
): boolean {
  const { state } = turn;
  if (state.files.length === 0 || form.opens !== 'papers') return false;
  const chosen = chooseRequest(turn, form, about);
  if (chosen.type === 'open') return true;
  const { open } = enter(turn, form, chosen.about);
  open.running.paused = false;
  open.running.step = settle(turn, open)?.ask ?? '';
  const attachments = state.files.map(({ id, ...file }): Attachment => ({ ...file, contentUrl: fileUrl(id) }));
  state.files = [];
  return takeAnswer(turn, { id: '', text, value: undefined, attachments });
}
