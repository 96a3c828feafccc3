import { z } from 'zod';
import {
  contentTypes,
  type Activity,
  type Attachment,
  type ConversationUpdateActivity,
  type MessageActivity,
} from '../../core/activity.js';
import { isoTime, type Clock } from '../../core/clock.js';
import { derivedId, type Ids } from '../../core/ids.js';
import { fileAttachment, unsupported } from '../attachments.js';
import type { StoredFile } from '../channel.js';
import type { Visitor } from './tokens.js';

export interface InboundContext {
  clock: Clock;
  ids: Ids;
  /** The first one is the default; others than these are not passed on. */
  locales: readonly string[];
}

export type Inbound =
  | { type: 'activity'; activity: Activity }
  /** Understood, and of no use to us: typing, an event that we do not know. */
  | { type: 'dropped'; id: string }
  | { type: 'malformed'; message: string };

export interface InboundParts {
  visitor: Visitor;
  body: unknown;
  /** Uploaded with it. */
  files?: readonly StoredFile[];
}

/** What a visitor posted, as an activity. Who they are comes from their token, never from the body. */
export function readActivity(context: InboundContext, { visitor, body, files = [] }: InboundParts): Inbound {
  const parsed = activitySchema.safeParse(body);
  if (!parsed.success) return malformed(fieldMessage(parsed.error));
  const { data } = parsed;
  const common = { ...commonOf(context, visitor, data.locale), id: activityId(context, visitor, data) };
  switch (data.type) {
    case 'message':
      return readMessage(data, common, files);
    case 'event':
      return readEvent(data, common, context.locales);
    default:
      return { type: 'dropped', id: common.id };
  }
}

/** The visitor's arrival. Its id is the conversation's own, so that they are greeted once however often they arrive. */
export function arrival(context: InboundContext, visitor: Visitor, locale: unknown): ConversationUpdateActivity {
  const id = derivedId('webchat-arrival', visitor.conversation);
  return { ...commonOf(context, visitor, locale), type: 'conversationUpdate', id };
}

type Posted = z.infer<typeof activitySchema>;
type Common = Omit<MessageActivity, 'type'>;

function readMessage(data: Posted, common: Common, files: readonly StoredFile[]): Inbound {
  // Beside uploaded files the message lists them once more, without their content.
  const inline = files.length > 0 ? [] : (data.attachments ?? []);
  const attachments = [...inline.map(readAttachment), ...files.map(fileAttachment)];
  const { clientActivityID } = data.channelData ?? {};
  const activity: MessageActivity = {
    ...common,
    type: 'message',
    ...saidOrPressed(data),
    ...(attachments.length > 0 ? { attachments } : {}),
    ...(clientActivityID ? { channelData: { clientActivityID } } : {}),
  };
  if (activity.text === undefined && activity.value === undefined && attachments.length === 0) {
    return malformed('A message needs a text, a value or an attachment.');
  }
  return { type: 'activity', activity };
}

/**
 * Web Chat posts a pressed `messageBack` as title and value, and a pressed `postBack` as text with a mark.
 * https://github.com/microsoft/BotFramework-WebChat, sendPostBackToPostActivitySaga
 */
function saidOrPressed({ text, value, channelData }: Posted): { text?: string; value?: string } {
  const said = typeof text === 'string' ? { text: cleanText(text) } : {};
  const pressed = pressedSchema.safeParse(value);
  if (pressed.success) return { ...said, value: pressed.data.toWellFormed() };
  if (channelData?.postBack === true && typeof text === 'string') return { value: text.slice(0, 1000).toWellFormed() };
  return said;
}

function readEvent({ name, value }: Posted, common: Common, locales: readonly string[]): Inbound {
  if (name !== 'webchat/language') return { type: 'dropped', id: common.id };
  if (typeof value !== 'string' || !locales.includes(value)) {
    return malformed(`The value of webchat/language is one of: ${locales.join(', ')}.`);
  }
  return { type: 'activity', activity: { ...common, type: 'event', name, value } };
}

/** Files travel by upload; one inside the message is answered as something that we cannot read. */
function readAttachment(attachment: { contentType: string; content?: unknown }): Attachment {
  const place = placeSchema.safeParse(attachment.content);
  if (attachment.contentType === contentTypes.location && place.success) {
    return { contentType: contentTypes.location, content: place.data };
  }
  return unsupported('attachment');
}

function commonOf({ clock, locales }: InboundContext, { conversation, user }: Visitor, locale: unknown) {
  const known = knownLocale(locale, locales);
  return {
    channelId: 'webchat' as const,
    conversation: { id: conversation },
    from: { id: user },
    role: 'user' as const,
    timestamp: isoTime(clock),
    ...(known === undefined ? {} : { locale: known }),
  };
}

/** A client that names its message may post it again when our answer was lost: it is the same message. */
function activityId({ ids }: InboundContext, { conversation }: Visitor, { channelData }: Posted): string {
  const name = channelData?.clientActivityID;
  return name ? derivedId('webchat', conversation, name) : ids.uuid();
}

/** `ar-SA` where `ar` is known. */
function knownLocale(locale: unknown, locales: readonly string[]): string | undefined {
  if (typeof locale !== 'string' || !/^[a-z]{2,3}(-[a-z0-9]{1,8}){0,3}$/i.test(locale)) return undefined;
  const [language = ''] = locale.toLowerCase().split('-');
  return locales.includes(language) ? locale : undefined;
}

/** Keeps what scripts need (joiners, directions) and drops what no keyboard writes. */
function cleanText(text: string): string {
  const plain = text.replaceAll('\r\n', '\n').replace(controls, '');
  return (
    plain.length > longestText ? plain.slice(0, longestText).replace(/[\uD800-\uDBFF]$/, '') : plain
  ).toWellFormed();
}

/** What is longer is cut; the bot tells the person kindly long before. */
export const longestText = 10_000;

// eslint-disable-next-line no-control-regex -- removing them is the point
const controls = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g;

const malformed = (message: string): Inbound => ({ type: 'malformed', message });

/** Names the field, never what it holds. */
function fieldMessage(error: z.ZodError): string {
  const path = error.issues[0]?.path.join('.');
  return path ? `The field ${path} is missing or not of the right form.` : 'The body is not an activity.';
}

const clientId = z.string().max(100, 'at most 100 characters');

const activitySchema = z.object({
  type: z.string().min(1).max(100),
  text: z.string().nullish(),
  value: z.unknown().optional(),
  name: z.string().nullish(),
  locale: z.unknown().optional(),
  channelData: z.object({ clientActivityID: clientId.nullish(), postBack: z.unknown().optional() }).nullish(),
  attachments: z
    .array(z.object({ contentType: z.string(), content: z.unknown().optional() }))
    .max(50)
    .nullish(),
});

const words = z.string().min(1).max(1000);
const pressedSchema = z.union([words, z.object({ value: words }).transform(({ value }) => value)]);

const placeSchema = z.object({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) });
