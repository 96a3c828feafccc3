import { readPhone } from '../language/phone.js';
import { openForm } from './form/running.js';
import type { Input } from './input.js';
import { hidden } from './mask.js';
import { sharedContact } from './steps/saudi-mobile.js';
import { phrase, say, type Turn } from './turn.js';

/**
 * Takes the person's own number, for which the channel vouches, when no other question waits for an answer: by it the chat
 * is linked to who they are. A number that is typed, or somebody else's, is never taken so.
 */
export function takeOwnNumber(turn: Turn, input: Input): boolean {
  const shared = sharedContact(input);
  const open = openForm(turn);
  if (!shared?.own || (open && !open.running.paused && open.form.opens !== 'link')) return false;
  const reading = readPhone(`+${shared.phone.replace(/\D/g, '')}`);
  if (reading.type !== 'mobile') return false;
  if (open?.form.opens === 'link') turn.state.form = null;
  turn.heard = hidden(input.text);
  turn.effects.push({ type: 'contact_shared', phone: reading.phone, locale: turn.state.locale });
  say(turn, { text: phrase(turn, 'request.link.looking') });
  return true;
}
