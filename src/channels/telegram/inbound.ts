import type { Activity, Attachment, ConversationUpdateActivity, MessageActivity } from '../../core/activity.js';
import { contentTypes } from '../../core/activity.js';
import { isoTime } from '../../core/clock.js';
import type { Clock } from '../../core/clock.js';
import { unsupported } from '../attachments.js';
import { pressedData } from './keyboard.js';
import type { CallbackQuery, FileReference, Message, Update } from './update.js';

export type Inbound =
  | { type: 'activity'; activity: Activity }
  | { type: 'file'; activity: MessageActivity; file: InboundFile }
  /** `activity` is absent when the button was pressed before. */
  | { type: 'pressed'; press: Press; activity?: MessageActivity }
  | { type: 'ignored' };

export interface InboundFile {
  id: string;
  name: string;
  size: number | undefined;
}

/** What it takes to tell the person's app that the button was noticed. */
export interface Press {
  queryId: string;
  chatId: number;
  messageId: number;
  title: string | undefined;
}

/** One update as an activity. Groups and channels are ignored: a conversation is one person's. */
export function toInbound(update: Update, clock: Clock): Inbound {
  if (update.type === 'other') return { type: 'ignored' };
  if (update.type === 'callback_query') return fromPress(update.query, clock);
  if (!isPrivate(update.message)) return { type: 'ignored' };
  return update.type === 'message' ? fromMessage(update.message, update.raw, clock) : fromEdit(update.message, clock);
}

const isPrivate = ({ chat }: { chat: Message['chat'] }): boolean => chat.type === 'private';

function fromMessage(message: Message, raw: object, clock: Clock): Inbound {
  const base = header(message, clock);
  if (isService(raw)) return { type: 'ignored' };
  if (message.text !== undefined && /^\/start(@\w+)?(\s|$)/.test(message.text))
    return { type: 'activity', activity: { ...base, type: 'conversationUpdate' } };

  const text = message.text ?? message.caption;
  const activity: MessageActivity = { ...base, type: 'message', ...(text === undefined ? {} : { text }) };
  if (message.text !== undefined) return { type: 'activity', activity };
  const file = fileOf(message);
  if (file) return { type: 'file', activity, file };
  return { type: 'activity', activity: { ...activity, attachments: [attachmentOf(message, raw)] } };
}

/** A corrected text is a new message, because the first one may have been answered already; other edits say nothing. */
function fromEdit(message: Message, clock: Clock): Inbound {
  if (message.text === undefined) return { type: 'ignored' };
  const base = header(message, clock);
  const id = `${base.id}-${message.edit_date ?? 0}`;
  return { type: 'activity', activity: { ...base, type: 'message', id, text: message.text } };
}

function fromPress({ id, from, message, data }: CallbackQuery, clock: Clock): Inbound {
  if (!message || !isPrivate(message) || data === undefined) return { type: 'ignored' };
  const button = message.reply_markup?.inline_keyboard.flat().find((each) => each.callback_data === data);
  const press = { queryId: id, chatId: message.chat.id, messageId: message.message_id, title: button?.text };
  if (data === pressedData) return { type: 'pressed', press: { ...press, title: undefined } };
  const { date: _unknown, ...about } = { message_id: message.message_id, chat: message.chat, from, date: undefined };
  const base = header(about, clock);
  const text = button ? { text: button.text } : {};
  return { type: 'pressed', press, activity: { ...base, type: 'message', id: `tg-cb-${id}`, value: data, ...text } };
}

type Header = Omit<ConversationUpdateActivity, 'type'>;

function header(
  { message_id, date, chat, from }: Pick<Message, 'message_id' | 'date' | 'chat' | 'from'>,
  clock: Clock,
): Header {
  const name = [from?.first_name, from?.last_name].filter(Boolean).join(' ');
  return {
    channelId: 'telegram',
    conversation: { id: `${chat.id}` },
    from: { id: `${from?.id ?? chat.id}`, ...(name === '' ? {} : { name }) },
    id: `tg-${message_id}`,
    timestamp: date === undefined ? isoTime(clock) : new Date(date * 1000).toISOString(),
    ...(from?.language_code === undefined ? {} : { locale: from.language_code }),
    role: 'user',
  };
}

function fileOf(message: Message): InboundFile | undefined {
  const photo = message.photo?.reduce((best, each) => ((each.file_size ?? 0) >= (best.file_size ?? 0) ? each : best));
  const candidates: [FileReference | undefined, string][] = [
    [photo, 'photo.jpg'],
    [message.document, 'document'],
    [message.voice, 'voice.ogg'],
    [message.audio, 'audio.mp3'],
    [message.video, 'video.mp4'],
    [message.video_note, 'video.mp4'],
  ];
  for (const [file, name] of candidates)
    if (file) return { id: file.file_id, name: file.file_name || name, size: file.file_size };
  return undefined;
}

function attachmentOf({ location, contact, from }: Message, raw: object): Attachment {
  if (location) return { contentType: contentTypes.location, content: location };
  if (contact) {
    // Telegram itself puts the number's owner into `user_id`: equal to the sender, it is the sender's own number.
    const own = contact.user_id !== undefined && contact.user_id === from?.id;
    return { contentType: contentTypes.contact, content: { phone: contact.phone_number, own } };
  }
  return unsupported(unreadable.find((kind) => kind in raw) ?? 'unknown');
}

const unreadable = ['sticker', 'poll', 'dice', 'game', 'story', 'checklist', 'paid_media', 'giveaway', 'invoice'];

/** Notices of the app inside a private chat, not words of the person. */
const isService = (raw: object): boolean => serviceFields.some((field) => field in raw);

const serviceFields = [
  'pinned_message',
  'message_auto_delete_timer_changed',
  'write_access_allowed',
  'chat_background_set',
  'successful_payment',
  'proximity_alert_triggered',
];
