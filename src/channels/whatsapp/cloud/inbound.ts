import type { Activity, Attachment, ConversationUpdateActivity, MessageActivity } from '../../../core/activity.js';
import { contentTypes } from '../../../core/activity.js';
import { isoTime } from '../../../core/clock.js';
import type { Clock } from '../../../core/clock.js';
import { unsupported } from '../../attachments.js';
import type { CloudFile, CloudMessage, Sender } from './payload.js';

export type Inbound =
  | { type: 'activity'; activity: Activity }
  | { type: 'file'; activity: MessageActivity; file: InboundFile }
  /** Nothing that the person said: a face beside a message of ours, a changed number. */
  | { type: 'ignored' };

export interface InboundFile {
  id: string;
  name: string;
}

/** One message as an activity. */
export function toInbound(message: CloudMessage, sender: Sender, clock: Clock): Inbound {
  const base = header(message, sender, clock);
  const said = (content: Partial<MessageActivity>): Inbound => ({
    type: 'activity',
    activity: { ...base, type: 'message', ...content },
  });
  const { type, text, button, interactive } = message;
  if (type === 'system' || type === 'reaction') return { type: 'ignored' };
  if (type === 'request_welcome') return { type: 'activity', activity: { ...base, type: 'conversationUpdate' } };
  if (type === 'text' && text) return said({ text: text.body });
  if (type === 'button' && button)
    return said({ text: button.text, ...(button.payload ? { value: button.payload } : {}) });
  const reply = interactive?.button_reply ?? interactive?.list_reply;
  if (type === 'interactive' && reply) return said({ text: reply.title, value: reply.id });
  const file = fileOf(message);
  if (file) return { type: 'file', file, activity: { ...base, type: 'message', ...captionOf(message) } };
  return said({ attachments: [attachmentOf(message, sender)] });
}

const captionOf = ({ image, video, document }: CloudMessage): { text?: string } => {
  const caption = image?.caption ?? video?.caption ?? document?.caption;
  return caption === undefined ? {} : { text: caption };
};

type Header = Omit<ConversationUpdateActivity, 'type'>;

function header({ id, timestamp }: CloudMessage, sender: Sender, clock: Clock): Header {
  return {
    channelId: 'whatsapp',
    conversation: { id: sender.id },
    from: { id: sender.id, ...(sender.name ? { name: sender.name } : {}) },
    id,
    timestamp: timestamp === undefined ? isoTime(clock) : new Date(timestamp * 1000).toISOString(),
    role: 'user',
  };
}

function fileOf({ type, image, document, audio, voice, video }: CloudMessage): InboundFile | undefined {
  const candidates: Record<string, [CloudFile | undefined, string]> = {
    image: [image, 'photo.jpg'],
    document: [document, 'document'],
    audio: [audio, audio?.voice ? 'voice.ogg' : 'audio.ogg'],
    voice: [voice, 'voice.ogg'],
    video: [video, 'video.mp4'],
  };
  const [file, name] = (type !== undefined && Object.hasOwn(candidates, type) && candidates[type]) || [];
  return file && name ? { id: file.id, name: file.filename || name } : undefined;
}

function attachmentOf({ type = 'unknown', location, contacts }: CloudMessage, { waId }: Sender): Attachment {
  if (type === 'location' && location) return { contentType: contentTypes.location, content: location };
  const phone = contacts?.flatMap(({ phones }) => phones ?? []).find((each) => each.phone)?.phone;
  if (type === 'contacts' && phone) {
    // WhatsApp vouches for the number that the message comes from, never for what a contact card says.
    const own = waId !== undefined && phone.replace(/\D/g, '') === waId;
    return { contentType: contentTypes.contact, content: { phone, own } };
  }
  return unsupported(readable.has(type) ? `malformed-${type}` : unreadable.has(type) ? type : 'unknown');
}

const readable: ReadonlySet<string> = new Set(['text', 'button', 'interactive', 'image', 'document', 'audio', 'voice', 'video', 'location', 'contacts']); // prettier-ignore
const unreadable: ReadonlySet<string> = new Set(['sticker', 'order', 'unsupported', 'poll', 'event']);
