import { commandIds, type CommandId, type Commands } from '../flows/schema.js';
import { normalise } from '../language/normalise.js';
import { showAppointment } from './appointment.js';
import { cancelForm, goBack, pauseForm } from './form/leave.js';
import { resumeForm } from './form/start.js';
import { setLanguage } from './locale.js';
import { showMenu } from './menu.js';
import { showStatus, stopReminders } from './status.js';
import { offerPerson } from './person.js';
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

/** Commands that people give in many ways: their words are learned like those of an FAQ entry. */
export const learnedCommands = ['person', 'status'] as const satisfies readonly CommandId[];
export type LearnedCommand = (typeof learnedCommands)[number];
export const isLearned = (id: string): id is LearnedCommand => learnedCommands.some((one) => one === id);

/**
 * What the whole message says when it is nothing but a command, in either language. "Stop" cancels the form that is
 * open; who has a request and no form open means its reminders.
 */
export function readCommand(turn: Turn, text: string): CommandId | undefined {
  const said = normalise(text);
  const command = turn.assets.commandWords.get(said);
  if (command !== 'cancel' || turn.state.form || turn.person.requests.length === 0) return command;
  const { words } = turn.assets.commands['stop-reminders'];
  return [...words.ar, ...words.en].some((word) => normalise(word) === said) ? 'stop-reminders' : command;
}

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
    case 'status':
      pauseForm(turn);
      return showStatus(turn);
    case 'appointment':
      pauseForm(turn);
      return showAppointment(turn);
    case 'stop-reminders':
      return stopReminders(turn);
    default:
      return command satisfies never;
  }
}
