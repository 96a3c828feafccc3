import type { Attachment, MessageActivity } from '../../../core/activity.js';
import { contentTypes } from '../../../core/activity.js';
import { unsupported } from '../../attachments.js';
import type { WireMessage } from './protocol.js';

export type Inbound =
  | { type: 'activity'; activity: MessageActivity }
  | { type: 'file'; activity: MessageActivity; file: { name: string; size: number | undefined } };

/** One message of a person as an activity. The file of a `file` is still to be fetched. */
export function toInbound(message: WireMessage): Inbound {
  const { text, media } = message;
  const activity: MessageActivity = { ...headerOf(message), type: 'message', ...(text === '' ? {} : { text }) };
  if (media) return { type: 'file', activity, file: { name: media.name || fileName(message.type), size: media.size } };
  const attachments = attachmentsOf(message);
  return { type: 'activity', activity: attachments.length === 0 ? activity : { ...activity, attachments } };
}

/** The same each time the message comes. One that could not be deciphered may still be: then it is another. */
export const activityId = ({ id, type }: WireMessage): string => (type === 'ciphertext' ? `${id}-unreadable` : id);

function headerOf(message: WireMessage) {
  const { chat, at, name } = message;
  return {
    channelId: 'whatsapp' as const,
    conversation: { id: chat },
    from: { id: chat, ...(name === undefined ? {} : { name }) },
    id: activityId(message),
    timestamp: new Date(at * 1000).toISOString(),
    role: 'user' as const,
  };
}

function attachmentsOf({ type, text, location, vcards }: WireMessage): Attachment[] {
  if (location) return [{ contentType: contentTypes.location, content: location }];
  const phone = vcards?.map(phoneOf).find((each) => each !== undefined);
  // WhatsApp does not say whose number a card holds, also when it is the sender's.
  if (phone !== undefined) return [{ contentType: contentTypes.contact, content: { phone, own: false } }];
  return text === '' ? [unsupported(type === 'chat' ? 'empty' : type)] : [];
}

function phoneOf(vcard: string): string | undefined {
  const line = /^(?:item\d+\.)?TEL[^:\r\n]*:(.+)$/im.exec(vcard)?.[1];
  const phone = line?.replace(/[^\d+]/g, '');
  return phone === undefined || phone.length < 5 ? undefined : phone;
}

const names: Record<string, string> = { ptt: 'voice.ogg', audio: 'audio.mp3', image: 'photo.jpg', video: 'video.mp4' };
const fileName = (type: string): string => names[type] ?? 'document';
