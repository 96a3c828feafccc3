import { contentTypes, type MessageActivity } from '../core/activity.js';
import type { Form } from '../flows/schema.js';
import { answer, fallBack, suggest } from './answer.js';
import { conceal } from './conceal.js';
import { obey, readCommand } from './commands.js';
import { tooMany } from './flood.js';
import { takeOwnNumber } from './own-number.js';
import { startWithFiles, takeFiles } from './form/files.js';
import { startForm } from './form/start.js';
import { takeAnswer } from './form/take-answer.js';
import { introduce } from './greeting.js';
import { followLanguage } from './locale.js';
import { showMenu } from './menu.js';
import { pickedOf } from './offered.js';
import { callPerson, offerPerson } from './person.js';
import { sendCopy } from './status.js';
import { awaitsComment, declineSurvey, pressSurvey, takeSurvey } from './survey/take.js';
import { pressThumb, takeThumb } from './survey/thumb.js';
import { choicesFor, readTarget, readValue, type Target } from './targets.js';
import type { Input } from './input.js';
import { phrase, say, type Turn } from './turn.js';

/**
 * Decides what a message means, in this order: too many messages; a pressed button; words of danger or despair; a
 * command; the person's own number, shared; the answer to the question that a form or a survey has asked; papers for a
 * request; one of the choices last offered; a question for the FAQ; nothing that we know.
 */
export function hear(turn: Turn, activity: MessageActivity): void {
  if (tooMany(turn)) return void (turn.heard = conceal(turn.assets, turn.state, activity));
  const input = readInput(turn, activity);
  if (!turn.state.form || turn.state.form.paused) followLanguage(turn, input.text);
  if (!turn.state.greeted) introduce(turn);
  if (input.value !== undefined && press(turn, input.value)) return;
  if (soundAlarm(turn, input.text) || consoleWhoDespairs(turn, input.text)) return;
  const command = input.value === undefined ? readCommand(turn, input.text) : undefined;
  if (command === 'cancel' && !turn.state.form && declineSurvey(turn)) return;
  if (command) return obey(turn, command);
  if (takeOwnNumber(turn, input)) return;
  if (takeAnswer(turn, input)) return;
  if (input.value !== undefined) return showMenu(turn, 'main', phrase(turn, 'bot.oldButton'));
  if (takeSurvey(turn, input.text) || takeThumb(turn, input.text)) return;
  if (takeFiles(turn, input)) return;
  if (input.text === '') return cannotRead(turn, input);
  if (choose(turn, input.text)) return;
  ask(turn, input.text);
}

/** Danger comes before everything: an open form waits. */
function soundAlarm(turn: Turn, text: string): boolean {
  const id = turn.assets.alarm(text);
  const entry = id === undefined ? undefined : turn.assets.faq.get(id);
  if (!entry) return false;
  if (turn.state.form) turn.state.form.paused = true;
  answer(turn, entry);
  callPerson(turn, 'danger');
  return true;
}

/** Who sounds desperate is not left to a machine. In the middle of a form a person is called without a word. */
function consoleWhoDespairs(turn: Turn, text: string): boolean {
  if (!turn.assets.lowMood(text)) return false;
  if (turn.state.form && !turn.state.form.paused) callPerson(turn, 'low_mood');
  else offerPerson(turn, 'low_mood');
  return !turn.state.form || turn.state.form.paused;
}

/** The words as they can be worked with: what no eye sees is dropped, and what is too long is cut, with a word. */
function readInput(turn: Turn, activity: MessageActivity): Input {
  const visible = (activity.text ?? '').toWellFormed().replace(invisible, '').trim();
  const limit = turn.assets.limits.messageLength;
  if (visible.length > limit && !awaitsComment(turn)) say(turn, { text: phrase(turn, 'bot.tooLong') });
  return {
    id: activity.id,
    text: visible.slice(0, limit).toWellFormed(),
    value: activity.value,
    attachments: activity.attachments ?? [],
  };
}

/** Control, zero-width and direction characters, and U+FFFD, which stands for a broken character. */
const invisible = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufffd]/g;

function press(turn: Turn, value: string): boolean {
  if (pressSurvey(turn, value) || pressThumb(turn, value)) return true;
  const target = readValue(value);
  if (!target) return false;
  go(turn, target);
  return true;
}

/** Goes where a button leads. What is no longer there (an old button) shows the menu. */
function go(turn: Turn, target: Target): void {
  if (target.type === 'command') return obey(turn, target.id);
  const form = target.type === 'start' ? turn.assets.forms.get(target.id) : undefined;
  if (form && target.type === 'start') return start(turn, form, target.about);
  if (turn.state.form) turn.state.form.paused = true;
  if (target.type === 'copy') return sendCopy(turn, target.id);
  const entry = target.type === 'faq' ? turn.assets.faq.get(target.id) : undefined;
  if (entry) return answer(turn, entry);
  showMenu(turn, target.type === 'menu' ? target.id : 'main');
}

function start(turn: Turn, form: Form, about: string | undefined): void {
  if (!startWithFiles(turn, { form, about })) startForm(turn, form.id, about);
}

function choose(turn: Turn, text: string): boolean {
  const value = pickedOf(turn, text);
  return value !== undefined && press(turn, value);
}

function ask(turn: Turn, text: string): void {
  const match = turn.assets.matcher.match(text, turn.state.locale);
  const target = match.type === 'answer' ? readTarget(match.id) : undefined;
  if (target) return go(turn, target);
  if (match.type === 'suggest') return suggest(turn, match.ids);
  fallBack(turn, text);
}

/** Files, stickers and the like outside a form, and messages without a word, get a polite answer. */
function cannotRead(turn: Turn, { attachments }: Input): void {
  const types = attachments.map((attachment) => attachment.contentType);
  const kind =
    attachments.length === 0
      ? 'empty'
      : types.includes(contentTypes.unsupported)
        ? 'unsupported'
        : mediaKind(types[0]!);
  say(turn, {
    text: phrase(turn, `cannotRead.${kind}`),
    choices: choicesFor(turn, ['menu', 'person']),
    expects: { type: 'menu' },
  });
}

function mediaKind(contentType: string): string {
  if (contentType === contentTypes.location) return 'location';
  if (contentType === contentTypes.contact) return 'contact';
  if (contentType.startsWith('audio/')) return 'voice';
  return contentType.startsWith('image/') ? 'image' : 'file';
}
