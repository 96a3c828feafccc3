import { fileIdOf, type MessageActivity } from '../../../core/activity.js';
import { numberedText } from '../../numbered.js';

export type Part = { type: 'text'; text: string } | { type: 'file'; file: string; name: string | undefined };

/**
 * One reply as messages of WhatsApp Web, in order: its text with the choices numbered, because buttons are not shown to
 * people any more, then its files.
 */
export function planReply(activity: MessageActivity): Part[] {
  const attachments = activity.attachments ?? [];
  const text = numberedText({ ...activity, attachments: attachments.filter((each) => fileIdOf(each) === undefined) });
  const files = attachments.flatMap((each): Part[] => {
    const file = fileIdOf(each);
    return file === undefined ? [] : [{ type: 'file', file, name: each.name }];
  });
  return [...(text === '' ? [] : [{ type: 'text' as const, text }]), ...files];
}
