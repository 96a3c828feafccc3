import { offeredBy } from './conditions.js';
import { choicesFor } from './targets.js';
import { say, type Turn } from './turn.js';
import { fill } from './variables.js';

/** Shows a menu: its items as choices. `text` replaces the menu's own words. */
export function showMenu(turn: Turn, id: string, text?: string): void {
  const menu = turn.assets.menus.get(id) ?? turn.assets.menus.get('main');
  if (!menu) return;
  const { locale } = turn.state;
  const items = offeredBy(menu.items, turn.assets.facts);
  const choices = choicesFor(turn, [...items, ...(id === 'main' ? [] : ['menu'])]);
  say(turn, {
    text: text ?? fill(menu.text[locale], turn.assets.variables(locale, turn.now), locale),
    choices,
    expects: { type: 'menu', choices: choices.map((choice) => choice.value) },
  });
}
