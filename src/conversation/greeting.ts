import { choicesFor } from './targets.js';
import { showMenu } from './menu.js';
import { phrase, say, type Turn } from './turn.js';
import { fill } from './variables.js';

/** The first words, by the organisation's name, with the main menu. Who has a form open is offered to go on. */
export function greet(turn: Turn): void {
  turn.state.greeted = true;
  const variables = turn.assets.variables(turn.state.locale, turn.now);
  const text = fill(phrase(turn, 'bot.greeting'), variables, turn.state.locale);
  if (turn.state.form) {
    turn.state.form.paused = true;
    say(turn, {
      text: `${text}\n${phrase(turn, 'form.waiting')}`,
      choices: choicesFor(turn, ['resume', 'menu']),
      expects: { type: 'menu' },
    });
    return;
  }
  showMenu(turn, 'main', text);
}

/** Who writes without having pressed "start" hears who we are before the answer, once. */
export function introduce(turn: Turn): void {
  turn.state.greeted = true;
  const variables = turn.assets.variables(turn.state.locale, turn.now);
  say(turn, { text: fill(phrase(turn, 'bot.introduction'), variables, turn.state.locale) });
}
