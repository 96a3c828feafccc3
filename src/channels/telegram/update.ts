import { z } from 'zod';

/**
 * The part of an update that we read, https://core.telegram.org/bots/api#update. What is optional and malformed counts
 * as absent, so that a message with one odd field is still answered.
 */
const optional = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);

const text = z.string().transform((value) => value.toWellFormed());
const count = z.number().int().nonnegative();

const person = z.object({
  id: z.number().int(),
  first_name: optional(text),
  last_name: optional(text),
  language_code: optional(z.string().max(35)),
});

const chat = z.object({ id: z.number().int(), type: z.string() });

const file = z.object({
  file_id: z.string().min(1),
  file_size: optional(count),
  file_name: optional(text),
});

const message = z.object({
  message_id: count,
  date: optional(count.max(8.64e12 / 1000)),
  edit_date: optional(count),
  chat,
  from: optional(person),
  text: optional(text),
  caption: optional(text),
  photo: optional(z.array(file).min(1)),
  document: optional(file),
  voice: optional(file),
  audio: optional(file),
  video: optional(file),
  video_note: optional(file),
  location: optional(z.object({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) })),
  contact: optional(z.object({ phone_number: z.string().min(1), user_id: optional(z.number().int()) })),
});

const button = z.object({ text, callback_data: optional(z.string()) });
const rows = z.array(z.array(button));

const callbackQuery = z.object({
  id: z.string().min(1),
  from: person,
  message: optional(z.object({ message_id: count, chat, reply_markup: optional(z.object({ inline_keyboard: rows })) })),
  data: optional(text),
});

const update = z.object({
  message: optional(message),
  edited_message: optional(message),
  callback_query: optional(callbackQuery),
});

export type Message = z.infer<typeof message>;
export type CallbackQuery = z.infer<typeof callbackQuery>;
export type FileReference = z.infer<typeof file>;

export type Update =
  | { type: 'message'; message: Message; raw: object }
  | { type: 'edited_message'; message: Message }
  | { type: 'callback_query'; query: CallbackQuery }
  /** A kind that means nothing to us (blocked, unblocked), or not of the shape that Telegram documents. */
  | { type: 'other' };

/** What we ask Telegram for; the rest never comes. */
export const allowedUpdates = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const;

export function parseUpdate(raw: unknown): Update {
  const { data } = update.safeParse(raw);
  if (data?.message) return { type: 'message', message: data.message, raw: rawMessage(raw) };
  if (data?.edited_message) return { type: 'edited_message', message: data.edited_message };
  if (data?.callback_query) return { type: 'callback_query', query: data.callback_query };
  return { type: 'other' };
}

/** The chat that an update belongs to: updates of one chat are handled one after the other. */
export function chatOf(parsed: Update): string {
  if (parsed.type === 'other') return '';
  if (parsed.type !== 'callback_query') return `${parsed.message.chat.id}`;
  return `${parsed.query.message?.chat.id ?? parsed.query.from.id}`;
}

/** As it came: names what kind of message it is when we know none of its parts. */
function rawMessage(raw: unknown): object {
  if (typeof raw !== 'object' || raw === null || !('message' in raw)) return {};
  return typeof raw.message === 'object' && raw.message !== null ? raw.message : {};
}
