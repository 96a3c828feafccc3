import { z } from 'zod';
import type { Activity, Attachment, MessageActivity } from '../../core/activity.js';
import { contentTypes } from '../../core/activity.js';
import type { Clock } from '../../core/clock.js';
import { isoTime } from '../../core/clock.js';
import { derivedId } from '../../core/ids.js';
import { unsupported } from '../attachments.js';
import { scopedId, standInId } from './address.js';

const words = z.string().transform((value) => value.toWellFormed());
const id = z.string().min(1).max(400).transform((value) => value.toWellFormed()); // prettier-ignore
const account = z.object({ id, name: words.nullish() });

/** What must be known before the sender is: the token vouches for `serviceUrl` and for the channel. */
export const envelopeSchema = z.object({
  type: z.string().min(1),
  channelId: z.string().regex(/^[\w.-]{1,50}$/),
  serviceUrl: z.url({ protocol: /^https?$/ }),
});

const commonSchema = envelopeSchema.extend({
  id: id.nullish(),
  timestamp: z.string().nullish(),
  locale: z.string().max(35).nullish(),
  conversation: z.object({ id, isGroup: z.boolean().nullish() }),
  from: account,
  recipient: account,
});

const remoteFileSchema = z.object({
  contentType: words,
  contentUrl: z.string().nullish(),
  name: words.nullish(),
});

const placeSchema = z.object({
  type: z.literal('Place'),
  geo: z.object({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) }),
});

const messageSchema = commonSchema.extend({
  text: words.nullish(),
  value: z.unknown().optional(),
  channelData: z.unknown().optional(),
  attachments: z.array(remoteFileSchema).nullish(),
  entities: z.array(z.unknown()).nullish(),
});

const eventSchema = commonSchema.extend({ name: z.string().min(1).max(200), value: z.unknown().optional() });

/** Direct Line says that the bot itself arrived, too, and there `from` may be the bot: only the members tell. */
const updateSchema = commonSchema.extend({ from: z.unknown().optional(), membersAdded: z.array(account).nullish() });

/** A file that is still where the channel keeps it. */
export type RemoteFile = z.infer<typeof remoteFileSchema>;

export type Inbound =
  | { type: 'activity'; activity: Activity; files: RemoteFile[] }
  /** Group chats, typing, reactions and whatever else Bot Framework knows and we do not: taken, not answered. */
  | { type: 'ignored' }
  | { type: 'malformed' };

/** Translates one authenticated activity. Files stay where they are: the caller decides which may be fetched. */
export function readActivity(body: unknown, clock: Clock): Inbound {
  const envelope = envelopeSchema.safeParse(body);
  if (!envelope.success) return { type: 'malformed' };
  switch (envelope.data.type) {
    case 'message':
      return readMessage(body, clock);
    case 'event':
      return readEvent(body, clock);
    case 'conversationUpdate':
      return readUpdate(body, clock);
    default:
      return { type: 'ignored' };
  }
}

function readMessage(body: unknown, clock: Clock): Inbound {
  const parsed = messageSchema.safeParse(body);
  if (!parsed.success) return { type: 'malformed' };
  const { data } = parsed;
  if (data.conversation.isGroup) return { type: 'ignored' };
  const { text, value } = saidOrPressed(data);
  const files = (data.attachments ?? []).filter((file) => !isCopyOfText(file)).slice(0, maximumFiles);
  const attachments = places(data.entities ?? []);
  const empty = !text && !value && files.length === 0 && attachments.length === 0;
  if (empty) attachments.push(unsupported(data.value === undefined ? 'empty' : 'submit'));
  const activity: MessageActivity = {
    ...common(data, data.from, { body, clock }),
    type: 'message',
    ...(text ? { text } : {}),
    ...(value ? { value } : {}),
    ...(attachments.length > 0 ? { attachments } : {}),
  };
  return { type: 'activity', activity, files };
}

function readEvent(body: unknown, clock: Clock): Inbound {
  const parsed = eventSchema.safeParse(body);
  if (!parsed.success) return { type: 'malformed' };
  const { data } = parsed;
  if (data.conversation.isGroup) return { type: 'ignored' };
  const { name, value } = data;
  const activity: Activity = { ...common(data, data.from, { body, clock }), type: 'event', name, value };
  return { type: 'activity', activity, files: [] };
}

function readUpdate(body: unknown, clock: Clock): Inbound {
  const parsed = updateSchema.safeParse(body);
  if (!parsed.success) return { type: 'malformed' };
  const { data } = parsed;
  const person = data.membersAdded?.find((member) => member.id !== data.recipient.id);
  if (!person || data.conversation.isGroup) return { type: 'ignored' };
  return {
    type: 'activity',
    activity: { ...common(data, person, { body, clock }), type: 'conversationUpdate' },
    files: [],
  };
}

type Common = Omit<z.infer<typeof commonSchema>, 'from'>;

function common(data: Common, person: z.infer<typeof account>, { body, clock }: { body: unknown; clock: Clock }) {
  const sent = Date.parse(data.timestamp ?? '');
  return {
    id: data.id ?? standInId(derivedId(JSON.stringify(body))),
    timestamp: Number.isNaN(sent) ? isoTime(clock) : new Date(sent).toISOString(),
    role: 'user' as const,
    channelId: 'botframework' as const,
    conversation: { id: scopedId(data.channelId, data.conversation.id) },
    from: { id: scopedId(data.channelId, person.id), ...(person.name ? { name: person.name } : {}) },
    serviceUrl: data.serviceUrl,
    recipient: { id: data.recipient.id },
    ...(data.locale ? { locale: data.locale } : {}),
  };
}

/**
 * A pressed `postBack` arrives as text with a mark in `channelData` (Web Chat, Direct Line), as a value that is text,
 * or inside the data of a submitted card as its field `value`.
 */
function saidOrPressed(data: z.infer<typeof messageSchema>): { text?: string; value?: string } {
  const { text, value } = data;
  if (postBackSchema.safeParse(data.channelData).success) return text ? { value: text } : pressed(value);
  return { ...(text ? { text } : {}), ...pressed(value) };
}

const pressed = (value: unknown): { value?: string } => {
  const parsed = pressedSchema.safeParse(value);
  return parsed.success ? { value: parsed.data } : {};
};

const postBackSchema = z.object({ postBack: z.literal(true) });
const shortWords = words.pipe(z.string().min(1).max(1000));
const pressedSchema = z.union([shortWords, z.object({ value: shortWords }).transform(({ value }) => value)]);

/** Teams repeats the text of each message as an attachment of HTML. */
const isCopyOfText = ({ contentType, contentUrl }: RemoteFile): boolean => contentType === 'text/html' && !contentUrl;

const places = (entities: unknown[]): Attachment[] =>
  entities.flatMap((entity) => {
    const place = placeSchema.safeParse(entity);
    return place.success ? [{ contentType: contentTypes.location, content: place.data.geo }] : [];
  });

const maximumFiles = 10;
