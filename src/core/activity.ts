/**
 * The only message type inside Wasl: the part of Bot Framework's Activity schema that we keep, as plain JSON.
 * A channel translates its native update into one of these, and one of these back into a native message.
 * Field names are Bot Framework's own (https://github.com/microsoft/botframework-sdk, specs/botframework-activity).
 */
export type Activity = MessageActivity | EventActivity | ConversationUpdateActivity;

/** Where an activity comes from or goes to. It is all that a channel needs to send a reply, also after a restart. */
export interface Address {
  channelId: ChannelId;
  /** Unique within the channel: the Telegram chat, the Direct Line conversation, the WhatsApp person. */
  conversation: { id: string };
  /** The person. `id` is unique within the channel; `name` is what the channel shows and is never logged. */
  from: { id: string; name?: string };
  /** Bot Framework only: where its connector takes our replies, and our own account there. */
  serviceUrl?: string;
  recipient?: { id: string };
}

interface ActivityBase extends Address {
  /** Unique within the conversation and equal each time the channel sends the same message again. */
  id: string;
  /** ISO 8601 in UTC. */
  timestamp: string;
  /** The channel's guess at the person's language, a BCP 47 tag. */
  locale?: string;
  /** Of a reply: the id of the activity that it answers. */
  replyToId?: string;
  /** Who speaks. The person's own words are `user`; ours are `bot`; a member of staff's are `staff`. */
  role: 'user' | 'bot' | 'staff';
}

export interface MessageActivity extends ActivityBase {
  type: 'message';
  text?: string;
  /** What a pressed button stands for; never typed by a person. Sample: `"faq:decision-time"`. */
  value?: string;
  attachments?: Attachment[];
  suggestedActions?: { actions: SuggestedAction[] };
  channelData?: ChannelData;
}

/** A reply before it has an id and an address. */
export type Reply = Omit<MessageActivity, keyof Address | 'id' | 'timestamp' | 'role' | 'replyToId'>;

export interface EventActivity extends ActivityBase {
  type: 'event';
  /** Sample: `"webchat/language"`. */
  name: string;
  value?: unknown;
}

/** The person arrived: opened the page, pressed Start, wrote for the first time. Answered by the greeting. */
export interface ConversationUpdateActivity extends ActivityBase {
  type: 'conversationUpdate';
}

export interface Attachment {
  contentType: string;
  /** A stored file is `wasl-file:<id>`; channels turn it into an address that their client can open. */
  contentUrl?: string;
  name?: string;
  /** Bytes. */
  size?: number;
  content?: Card | Location | ContactCard | Unsupported;
}

/** A small panel inside a reply: a heading and lines of text. Channels without panels print it as text. */
export interface Card {
  title: string;
  text: string;
}

export interface Location {
  latitude: number;
  longitude: number;
}

/** A contact that the person shared. `own` only when the channel vouches that it is the sender's own number. */
export interface ContactCard {
  phone: string;
  own: boolean;
}

/** Something that we cannot read (a sticker, a poll): it still gets a polite answer. */
export interface Unsupported {
  kind: string;
}

const filePrefix = 'wasl-file:';

/** The `contentUrl` of a stored file: private, and of no use to who reads it. */
export const fileUrl = (id: string): string => filePrefix + id;

/** The id of the stored file that an attachment is; undefined for any other attachment. */
export const fileIdOf = ({ contentUrl }: Pick<Attachment, 'contentUrl'>): string | undefined =>
  contentUrl?.startsWith(filePrefix) ? contentUrl.slice(filePrefix.length) : undefined;

export const contentTypes = {
  card: 'application/vnd.microsoft.card.hero',
  location: 'application/vnd.wasl.location',
  contact: 'application/vnd.wasl.contact',
  unsupported: 'application/vnd.wasl.unsupported',
} as const;

export interface SuggestedAction {
  type: 'imBack' | 'postBack';
  /** What the person reads on the button. */
  title: string;
  /** What comes back as `activity.value` when it is pressed. */
  value: string;
}

export interface ChannelData {
  /** What the reply asks for, so that a client can offer the right keyboard or picker. */
  expects?: Expects;
  /** The organisation tells of something that has happened: it is said also while staff own the conversation. */
  notice?: true;
  /** Of a notice: which one, and the words that fill its sentence, for channels that only take prepared sentences. */
  noticeKind?: string;
  variables?: Record<string, string>;
  /** Of a word of staff: who speaks, as the person may read it. */
  speaker?: string;
  /** It was told in another chat first, which did not take it. */
  redirected?: true;
  /** Direct Line: the client's own id of the message, echoed to it unchanged. */
  clientActivityID?: string;
}

/** Sample: `{"type": "choice", "flow": "suggestion", "step": "topic", "choices": ["services", "staff"]}`. */
export interface Expects {
  type: string;
  flow?: string;
  step?: string;
  choices?: string[];
  /** The person's own number, shared with one touch, is an answer too. */
  contact?: true;
}

/** `offline` is no channel: somebody without a chat, whom staff reach by phone, letter or visit. */
export const channelIds = ['telegram', 'webchat', 'whatsapp', 'botframework', 'terminal', 'offline'] as const;
export type ChannelId = (typeof channelIds)[number];

/** Where a person without a chat would be written to: nowhere, so that what is to be told goes to staff. */
export const offlineAddress = (person: string): Address => ({
  channelId: 'offline',
  conversation: { id: person },
  from: { id: person },
});

/** The key of a conversation in the store: one contact's chat with the organisation. */
export const conversationKey = (address: Pick<Address, 'channelId' | 'conversation'>): string =>
  `${address.channelId}/${address.conversation.id}`;

export const isMessage = (activity: Activity): activity is MessageActivity => activity.type === 'message';
