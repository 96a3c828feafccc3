import { commandIds, type CommandId, type Commands } from '../flows/schema.js';
import { normalise } from '../language/normalise.js';
import { offerPerson } from './answer.js';
import { cancelForm, goBack, pauseForm, resumeForm } from './form.js';
import { setLanguage } from './locale.js';
import { showMenu } from './menu.js';
import { choicesFor } from './targets.js';
import { phrase, say, type Turn } from './turn.js';

/** The words of both languages by what they command, as `readCommand` looks them up. */
export const commandWords = (commands: Commands): ReadonlyMap<string, CommandId> =>
  new Map(
    commandIds.toReversed().flatMap((id) => {
      const { words, label } = commands[id];
      return [...words.ar, ...words.en, label.ar, label.en].map((word): [string, CommandId] => [normalise(word), id]);
    }),
  );

/** What the whole message says when it is nothing but a command, in either language. */
export const readCommand = (turn: Turn, text: string): CommandId | undefined =>
  turn.assets.commandWords.get(normalise(text));

export function obey(turn: Turn, command: CommandId): void {
  switch (command) {
    case 'menu':
      pauseForm(turn);
      return showMenu(turn, 'main');
    case 'help':
      return say(turn, {
        text: phrase(turn, 'bot.help'),
        choices: choicesFor(turn, ['menu', 'person', 'language']),
        expects: { type: 'menu' },
      });
    case 'person':
      pauseForm(turn);
      return offerPerson(turn, 'asked');
    case 'language':
      return setLanguage(turn, turn.state.locale === 'ar' ? 'en' : 'ar');
    case 'arabic':
      return setLanguage(turn, 'ar');
    case 'english':
      return setLanguage(turn, 'en');
    case 'back':
      return goBack(turn);
    case 'cancel':
      return cancelForm(turn);
    case 'resume':
      return resumeForm(turn);
    default:
      return command satisfies never;
  }
}
