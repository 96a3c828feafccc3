import type { Attachment, Card, ContactCard, Location, MessageActivity } from '../core/activity.js';
import { contentTypes } from '../core/activity.js';

/**
 * A reply as plain text, for channels without buttons: text, cards, files, then the choices as a numbered list. Number
 * `n` stands for `suggestedActions.actions[n - 1]`; the conversation reads a typed number by the same order.
 * Arabic-Indic digits in Arabic: by the activity's own locale, else by `locale`.
 */
export function numberedText(activity: MessageActivity, locale = 'ar'): string {
  const digits = isArabic(activity.locale ?? locale) ? arabicDigits : String;
  const actions = activity.suggestedActions?.actions ?? [];
  const blocks = [
    activity.text ?? '',
    ...(activity.attachments ?? []).map(attachmentText),
    actions.map(({ title }, index) => `${digits(index + 1)}. ${oneLine(title)}`).join('\n'),
  ];
  return blocks
    .map((block) => block.trim())
    .filter((block) => block !== '')
    .join('\n\n')
    .toWellFormed();
}

function attachmentText(attachment: Attachment): string {
  switch (attachment.contentType) {
    case contentTypes.card: {
      const { title, text } = attachment.content as Card;
      return [title, text].filter((part) => part !== '').join('\n');
    }
    case contentTypes.location: {
      const { latitude, longitude } = attachment.content as Location;
      return `📍 https://www.google.com/maps?q=${latitude},${longitude}`;
    }
    case contentTypes.contact:
      return `📞 ${(attachment.content as ContactCard).phone}`;
    case contentTypes.unsupported:
      return '';
    default:
      return fileLine(attachment);
  }
}

/** The address only where the person can open it: a stored file's `wasl-file:` means nothing to them. */
function fileLine({ name, contentType, contentUrl }: Attachment): string {
  const label = oneLine(name ?? contentType);
  return contentUrl?.startsWith('https://') ? `📎 ${label}\n${contentUrl}` : `📎 ${label}`;
}

const isArabic = (locale: string): boolean => /^ar\b/i.test(locale);

const arabicDigits = (number: number): string =>
  String(number).replace(/\d/g, (digit) => String.fromCodePoint(0x660 + Number(digit)));

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
