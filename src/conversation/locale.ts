import { detectLocale } from '../language/detect.js';
import type { Locale } from '../language/matcher.js';
import { askAgain } from './form/start.js';
import { showMenu } from './menu.js';
import { phrase, say, type Turn } from './turn.js';

/** Words in the other language that make us follow: one or two may be a name or "ok". */
const wordsToFollow = 3;

/** Sets the language on the person's word, says so, and goes on where they were. */
export function setLanguage(turn: Turn, locale: Locale): void {
  turn.state.locale = locale;
  if (turn.state.form && !turn.state.form.paused) {
    say(turn, { text: phrase(turn, 'bot.languageSet') });
    askAgain(turn);
    return;
  }
  showMenu(turn, 'main', phrase(turn, 'bot.languageSet'));
}

/** The language follows the person: a sentence in the other one is answered in it. */
export function followLanguage(turn: Turn, text: string): void {
  const detected = detectLocale(text);
  if (detected && detected.locale !== turn.state.locale && detected.words >= wordsToFollow)
    turn.state.locale = detected.locale;
}
