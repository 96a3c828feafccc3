import type { InlineKeyboardMarkup, MessageEntity, ReplyKeyboardMarkup } from 'telegraf/types';
import { contentTypes, fileIdOf } from '../../core/activity.js';
import type { Attachment, Card, Location, MessageActivity } from '../../core/activity.js';
import { fitsKeyboard, inlineKeyboard, numbered, requestKeyboard } from './keyboard.js';
import { splitText } from '../split-text.js';

/** https://core.telegram.org/bots/api#sendmessage */
const maxTextLength = 4096;

/** The words on the buttons that only Telegram has. */
export interface TelegramLabels {
  shareContact: string;
  shareLocation: string;
}

export type Part =
  | { type: 'text'; text: string; entities: MessageEntity[] }
  | { type: 'file'; id: string; name: string | undefined }
  | { type: 'location'; location: Location };

/** One reply as Telegram's messages, in order; the keyboard belongs to the last of them. */
export interface Plan {
  parts: Part[];
  keyboard: InlineKeyboardMarkup | ReplyKeyboardMarkup | undefined;
}

export function planReply(activity: MessageActivity, labels: TelegramLabels): Plan {
  const actions = activity.suggestedActions?.actions ?? [];
  const asButtons = fitsKeyboard(actions);
  const attachments = activity.attachments ?? [];
  const blocks = [
    { text: activity.text ?? '' },
    ...attachments.flatMap(cardOf).map((card) => ({ title: card.title, text: card.text })),
    ...attachments.flatMap(linkOf).map((text) => ({ text })),
    ...(asButtons ? [] : [{ text: numbered(actions) }]),
  ];
  const parts = [...textParts(blocks), ...attachments.flatMap(mediaOf)];
  const request = requestOf(activity, labels);
  if (parts.length === 0 && (request || actions.length > 0)) parts.push({ type: 'text', text: '…', entities: [] });
  if (request) return { parts, keyboard: requestKeyboard(request, asButtons ? actions : []) };
  return { parts, keyboard: asButtons && actions.length > 0 ? inlineKeyboard(actions) : undefined };
}

function requestOf(
  activity: MessageActivity,
  labels: TelegramLabels,
): Parameters<typeof requestKeyboard>[0] | undefined {
  const expects = activity.channelData?.expects;
  if (expects?.contact) return { type: 'contact', label: labels.shareContact };
  switch (expects?.type) {
    case 'contact':
    case 'saudi-mobile':
      return { type: 'contact', label: labels.shareContact };
    case 'location':
      return { type: 'location', label: labels.shareLocation };
    default:
      return undefined;
  }
}

/**
 * Blocks of text as messages. Headings are bold by entities, which count UTF-16 units, and never by a parse mode: what
 * stands in a text is shown as it is.
 */
function textParts(blocks: readonly { title?: string; text: string }[]): Part[] {
  let text = '';
  const headings: { start: number; end: number }[] = [];
  for (const block of blocks) {
    const title = (block.title ?? '').trim().toWellFormed();
    const body = [title, block.text.trim().toWellFormed()].filter((line) => line !== '').join('\n');
    if (body === '') continue;
    const start = text === '' ? 0 : text.length + 2;
    text = text === '' ? body : `${text}\n\n${body}`;
    if (title !== '') headings.push({ start, end: start + title.length });
  }
  return splitText(text, maxTextLength).map(({ start, end }) => ({
    type: 'text',
    text: text.slice(start, end),
    entities: headings.flatMap((heading) => {
      const from = Math.max(heading.start, start);
      const length = Math.min(heading.end, end) - from;
      return length > 0 ? [{ type: 'bold' as const, offset: from - start, length }] : [];
    }),
  }));
}

function cardOf({ contentType, content }: Attachment): Card[] {
  return contentType === contentTypes.card && content && 'title' in content ? [content] : [];
}

/** A file that is not ours stays where it is: the person gets its address. */
function linkOf({ contentUrl, name }: Attachment): string[] {
  if (contentUrl === undefined || !/^https?:/.test(contentUrl)) return [];
  return [name ? `${name}\n${contentUrl}` : contentUrl];
}

function mediaOf(attachment: Attachment): Part[] {
  const { name, content } = attachment;
  if (content && 'latitude' in content) return [{ type: 'location', location: content }];
  const id = fileIdOf(attachment);
  return id === undefined ? [] : [{ type: 'file', id, name }];
}
