import { commandIds, type CommandId } from '../flows/schema.js';
import type { Assets } from './assets.js';
import type { Choice } from './input.js';
import type { Turn } from './turn.js';

/**
 * Where a button leads. In flows a target is written `decision-time`, `start suggestion`, `menu about` or `person`; on
 * the wire it is `faq:decision-time`, `start:suggestion`, `menu:about`, `command:person`; those about a request are `start:appeal:ASB-7K3Q-9` and `copy:ASB-7K3Q-9`.
 */
export type Target =
  | { type: 'faq'; id: string }
  /** `about` is the reference of a request. */
  | { type: 'start'; id: string; about?: string }
  | { type: 'menu'; id: string }
  | { type: 'command'; id: CommandId }
  /** The signed declaration of a request, by its reference. */
  | { type: 'copy'; id: string };

/** Reads a target as the flows write it. A bare word is a command where there is one by that name. */
export function readTarget(written: string): Target {
  const [first = '', second] = written.split(' ');
  if (second !== undefined && (first === 'start' || first === 'menu')) return { type: first, id: second };
  return isCommand(written) ? { type: 'command', id: written } : { type: 'faq', id: written };
}

/** Reads a pressed button's value; undefined when it is none of ours. */
export function readValue(value: string): Target | undefined {
  const [type, id = '', about = ''] = value.split(':', 3);
  if (id === '') return undefined;
  if (type === 'start' && about !== '') return { type, id, about };
  if (type === 'faq' || type === 'start' || type === 'menu' || type === 'copy') return { type, id };
  return type === 'command' && isCommand(id) ? { type, id } : undefined;
}

/** The button for a target; undefined when this organisation has nothing there. */
function choiceFor(turn: Turn, target: Target): Choice | undefined {
  const label = labelOf(turn.assets, target);
  return label && { value: `${target.type}:${target.id}`, label: label[turn.state.locale] };
}

export const choicesFor = (turn: Turn, written: readonly string[]): Choice[] =>
  written.map((target) => choiceFor(turn, readTarget(target))).filter((choice) => choice !== undefined);

function labelOf(assets: Assets, target: Target) {
  switch (target.type) {
    case 'faq':
      return assets.faq.get(target.id)?.label;
    case 'start':
      return assets.forms.get(target.id)?.label;
    case 'menu':
      return assets.menus.get(target.id)?.label;
    case 'command':
      return assets.commands[target.id].label;
    case 'copy':
      return undefined;
    default:
      return target satisfies never;
  }
}

const isCommand = (word: string): word is CommandId => (commandIds as readonly string[]).includes(word);
