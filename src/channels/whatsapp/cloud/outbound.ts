import type { Attachment, MessageActivity, SuggestedAction } from '../../../core/activity.js';
import { contentTypes, fileIdOf } from '../../../core/activity.js';
import type { Location } from '../../../core/activity.js';
import { numberedText } from '../../numbered.js';
import { cutText, splitText } from '../../split-text.js';

/** https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages; counted in UTF-16 units, to be safe. */
const limits = {
  text: 4096,
  buttons: 3,
  buttonTitle: 20,
  buttonId: 256,
  buttonBody: 1024,
  rows: 10,
  rowTitle: 24,
  rowId: 200,
  rowDescription: 72,
  listButton: 20,
} as const;

/** The words that only WhatsApp has. */
export interface WhatsAppLabels {
  /** On the button that opens a list. */
  choose: string;
}

export type Part =
  /** A message as the API takes it, without the address. */
  { type: 'message'; content: Record<string, unknown> } | { type: 'file'; id: string; name: string | undefined };

/** One reply as WhatsApp's messages, in order; the choices belong to the last text, or stand in it as numbers. */
export function planReply(activity: MessageActivity, labels: WhatsAppLabels): Part[] {
  const { text: _text, suggestedActions, attachments = [], ...rest } = activity;
  const actions = suggestedActions?.actions ?? [];
  const native = asButtons(actions) || asList(actions);
  const printed = numberedText({
    ...rest,
    ...(activity.text === undefined ? {} : { text: activity.text }),
    attachments: attachments.filter((each) => !isFile(each) && !isLocation(each)),
    ...(native || !suggestedActions ? {} : { suggestedActions }),
  });
  const texts = splitText(printed, limits.text).map(({ start, end }) => printed.slice(start, end));
  const choices = native && actions.length > 0;
  const body = choices ? (texts.pop() ?? labels.choose) : undefined;
  return [
    ...attachments.flatMap(mediaOf),
    ...texts.map((each) => message({ type: 'text', text: { body: each, preview_url: false } })),
    ...(body === undefined ? [] : [message({ type: 'interactive', interactive: choicesOf(body, actions, labels) })]),
  ];
}

const message = (content: Record<string, unknown>): Part => ({ type: 'message', content });

const asButtons = (actions: readonly SuggestedAction[]): boolean =>
  actions.length <= limits.buttons &&
  actions.every(({ title, value }) => title.length <= limits.buttonTitle && fits(value, limits.buttonId)) &&
  areDistinct(actions.map((action) => titleOf(action, limits.buttonTitle))) &&
  areDistinct(actions.map(({ value }) => value));

const asList = (actions: readonly SuggestedAction[]): boolean =>
  actions.length <= limits.rows &&
  actions.every(({ value }) => fits(value, limits.rowId)) &&
  areDistinct(actions.map(({ value }) => value));

/** A shortened value would mean nothing when it comes back. */
const fits = (value: string, limit: number): boolean => value !== '' && value.isWellFormed() && value.length <= limit;

const areDistinct = (texts: readonly string[]): boolean => new Set(texts).size === texts.length;

function choicesOf(body: string, actions: readonly SuggestedAction[], labels: WhatsAppLabels): Record<string, unknown> {
  if (asButtons(actions) && body.length <= limits.buttonBody) {
    const buttons = actions.map((action) => ({ type: 'reply', reply: { id: action.value, title: titleOf(action, limits.buttonTitle) } })); // prettier-ignore
    return { type: 'button', body: { text: body }, action: { buttons } };
  }
  return {
    type: 'list',
    body: { text: body },
    action: { button: cutText(labels.choose, limits.listButton), sections: [{ rows: actions.map(rowOf) }] },
  };
}

function rowOf(action: SuggestedAction): Record<string, string> {
  const title = titleOf(action, limits.rowTitle);
  const whole = action.title.trim().toWellFormed();
  return {
    id: action.value,
    title,
    ...(whole.length > limits.rowTitle ? { description: cutText(whole, limits.rowDescription) } : {}),
  };
}

const titleOf = ({ title, value }: SuggestedAction, limit: number): string => cutText(title.trim() || value, limit);

const isFile = (attachment: Attachment): boolean => fileIdOf(attachment) !== undefined;
const isLocation = ({ contentType }: Attachment): boolean => contentType === contentTypes.location;

function mediaOf(attachment: Attachment): Part[] {
  if (isLocation(attachment)) {
    const { latitude, longitude } = attachment.content as Location;
    return [message({ type: 'location', location: { latitude, longitude } })];
  }
  const id = fileIdOf(attachment);
  return id === undefined ? [] : [{ type: 'file', id, name: attachment.name }];
}
