import { z } from 'zod';
import { time, type WireMessage } from '../protocol.js';

const optional = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);
const wid = z.union([z.string(), z.object({ _serialized: z.string() }).transform((id) => id._serialized)]);
const text = z.string().transform((value) => value.toWellFormed());

/** The part of the page's message model that we read. */
const model = z.object({
  id: z.object({ fromMe: z.boolean(), remote: wid, _serialized: z.string().min(1) }),
  from: wid,
  t: optional(time),
  type: z.string(),
  body: optional(text),
  caption: optional(text),
  notifyName: optional(text),
  directPath: optional(z.string()),
  filename: optional(text),
  mimetype: optional(z.string()),
  size: optional(z.number()),
  lat: optional(z.number().min(-90).max(90)),
  lng: optional(z.number().min(-180).max(180)),
  vcardList: optional(z.array(z.object({ vcard: z.string() }))),
  isStatusV3: optional(z.boolean()),
  broadcast: optional(z.boolean()),
});
type Model = z.infer<typeof model>;

/**
 * A message of the page's as the bot is told of it, or undefined when it is no word of one person to us: groups,
 * broadcast lists, status updates, channels, our own, and the page's notices.
 */
export function toWire(raw: unknown): WireMessage | undefined {
  const { data } = model.safeParse(raw);
  if (!data || data.id.fromMe || data.isStatusV3 === true || data.broadcast === true) return undefined;
  const { remote: chat } = data.id;
  // A person has both kinds of id, and the page may name the chat by the one and the sender by the other.
  if (!isPerson(chat) || !isPerson(data.from) || notices.has(data.type)) return undefined;
  const isMedia = mediaTypes.has(data.type);
  const vcards = data.type === 'vcard' ? [data.body ?? ''] : (data.vcardList ?? []).map(({ vcard }) => vcard);
  return {
    id: data.id._serialized,
    chat,
    type: data.type,
    text: textOf(data, isMedia),
    at: data.t ?? Math.floor(Date.now() / 1000),
    ...(data.notifyName ? { name: data.notifyName } : {}),
    ...(isMedia ? { media: mediaOf(data) } : {}),
    ...(data.type === 'location' && data.lat !== undefined && data.lng !== undefined
      ? { location: { latitude: data.lat, longitude: data.lng } }
      : {}),
    ...(vcards.length > 0 ? { vcards } : {}),
  };
}

const isPerson = (id: string): boolean => /@(c\.us|lid)$/.test(id);

/** The body of a medium or a location is its small picture. */
function textOf({ type, body, caption }: Model, isMedia: boolean): string {
  if (isMedia) return caption ?? '';
  return spoken.has(type) ? (body ?? '') : '';
}

function mediaOf({ filename, mimetype, size }: Model): NonNullable<WireMessage['media']> {
  return {
    ...(filename === undefined ? {} : { name: filename }),
    ...(mimetype === undefined ? {} : { type: mimetype }),
    ...(size === undefined ? {} : { size }),
  };
}

const spoken = new Set(['chat', 'buttons_response', 'list_response', 'template_button_reply']);
const mediaTypes = new Set(['ptt', 'audio', 'image', 'video', 'document']);

/** Not words of a person. An album's pictures come one by one; a message that is not deciphered yet comes again. */
const notices = new Set([
  'e2e_notification',
  'notification',
  'notification_template',
  'group_notification',
  'gp2',
  'broadcast_notification',
  'call_log',
  'protocol',
  'revoked',
  'album',
  'debug',
  'biz_content_placeholder',
  'pinned_message',
  'reaction',
]);
