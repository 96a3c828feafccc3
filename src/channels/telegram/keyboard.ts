import type { InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup } from 'telegraf/types';
import type { SuggestedAction } from '../../core/activity.js';

/** https://core.telegram.org/bots/api#inlinekeyboardbutton: `callback_data` is 1 to 64 bytes. */
const maxDataBytes = 64;
const maxButtons = 100;
const maxTitle = 64;
/** Two titles of this length still stand side by side on a narrow phone. */
const shortTitle = 16;

/** The data of a button that only shows what was chosen. */
export const pressedData = 'wasl:pressed';

/** Whether these actions can be buttons. A shortened value would mean nothing after a restart, so longer ones cannot. */
export const fitsKeyboard = (actions: readonly SuggestedAction[]): boolean =>
  actions.length <= maxButtons &&
  actions.every(({ value }) => value !== '' && Buffer.byteLength(value.toWellFormed()) <= maxDataBytes);

export function inlineKeyboard(actions: readonly SuggestedAction[]): InlineKeyboardMarkup {
  const buttons = actions.map((action) => ({ text: label(action), callback_data: action.value.toWellFormed() }));
  return { inline_keyboard: inRows(buttons) };
}

/** What remains of a keyboard once it has served: the choice, to be read and not pressed. */
export const pressedKeyboard = (title: string | undefined): InlineKeyboardMarkup => {
  const buttons: InlineKeyboardButton[] =
    title === undefined ? [] : [{ text: `✓ ${title}`, callback_data: pressedData }];
  return { inline_keyboard: buttons.length > 0 ? [buttons] : [] };
};

/** Shares the person's own number or place with one touch. Other answers stand below it and come back as text. */
export function requestKeyboard(
  request: { type: 'contact' | 'location'; label: string },
  actions: readonly SuggestedAction[],
): ReplyKeyboardMarkup {
  const ask = request.type === 'contact' ? { request_contact: true as const } : { request_location: true as const };
  const others = actions.map((action) => ({ text: label(action) }));
  return {
    keyboard: [[{ text: request.label, ...ask }], ...inRows(others)],
    resize_keyboard: true,
    one_time_keyboard: true,
  };
}

/** Buttons as numbered lines. */
export const numbered = (actions: readonly SuggestedAction[]): string =>
  actions.map((action, index) => `${index + 1}. ${label(action)}`).join('\n');

function label({ title, value }: SuggestedAction): string {
  const text = (title.trim() === '' ? value : title).toWellFormed();
  if (text.length <= maxTitle) return text;
  return `${text.slice(0, maxTitle - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

function inRows<B extends { text: string }>(buttons: readonly B[]): B[][] {
  const width = buttons.every(({ text }) => text.length <= shortTitle) ? 2 : 1;
  const rows: B[][] = [];
  for (let at = 0; at < buttons.length; at += width) rows.push(buttons.slice(at, at + width));
  return rows;
}
