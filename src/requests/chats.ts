import type { Address } from '../core/activity.js';
import type { Chat, RequestsContext } from './context.js';
import type { RequestRecord } from './record.js';

type Homed = Pick<RequestRecord, 'beneficiary' | 'conversation' | 'address' | 'opened'>;

const isOffline = ({ address }: Pick<Homed, 'address'>): boolean => address.channelId === 'offline';

const isAmong = (chats: readonly Chat[], conversation: string): boolean =>
  chats.some(({ _id }) => _id === conversation);

/**
 * The request is for its beneficiary's own chats (of which there is one at least): it is followed in one of them or
 * nowhere, or was opened where they were first named, which is by who speaks for them.
 */
const isTheirs = async (context: RequestsContext, record: Homed, chats: readonly Chat[]): Promise<boolean> =>
  isOffline(record) ||
  isAmong(chats, record.conversation) ||
  (chats.length > 0 && context.chats.isOrigin(record.opened.conversation, record.beneficiary));

/** Where news of a request goes: to the chat that was used last, of all in which it is followed. */
export async function reach(context: RequestsContext, record: Homed): Promise<Address> {
  const { conversation, address, beneficiary } = record;
  const chats = await context.chats.ofPerson(beneficiary);
  if (chats.length === 0 || !(await isTheirs(context, record, chats))) return address;
  const own = chats.map((chat) => ({ _id: chat._id, address: chat.address }));
  const apart = isOffline(record) || isAmong(chats, conversation) ? [] : [{ _id: conversation, address }];
  return (await usedLast(context, [...apart, ...own]))?.address ?? address;
}

/** Undefined when there is none. */
export async function usedLast<C extends Pick<Chat, '_id'>>(
  { heardAt }: RequestsContext,
  chats: readonly C[],
): Promise<C | undefined> {
  if (chats.length < 2) return chats[0];
  const heard = await Promise.all(chats.map(async (chat) => ({ chat, at: (await heardAt(chat._id)) ?? 0 })));
  return heard.reduce((last, one) => (one.at >= last.at ? one : last)).chat;
}

/** A request as it may be seen in a conversation. */
export interface Seen {
  record: RequestRecord;
  /** With all that was answered; otherwise only that it is there. */
  whole: boolean;
  /** The chat is the beneficiary's, and others have opened the request: staff, or somebody in a chat that is not theirs. */
  byOthers: boolean;
}

const most = 10;

/** All chats of the person whose chat a conversation is; none when it is nobody's. */
export async function ownChats({ chats }: Pick<RequestsContext, 'chats'>, conversation: string): Promise<Chat[]> {
  const chat = await chats.of(conversation);
  return chat ? chats.ofPerson(chat.beneficiary) : [];
}

/**
 * The requests of a conversation and, when it is somebody's chat, all that were opened for them; the newest first. `own`:
 * the `ownChats`.
 */
export async function requestsSeen(
  context: RequestsContext,
  conversation: string,
  own: readonly Chat[],
): Promise<Seen[]> {
  const { requests } = context;
  const newest = { sort: { submittedAt: -1 }, limit: most } as const;
  const here = await requests.find({ conversation, submittedAt: { $gt: 0 } }, newest);
  if (!own[0]) return here.map((record) => ({ record, whole: true, byOthers: false }));
  const { beneficiary } = own[0];
  const theirs = await requests.find({ beneficiary, submittedAt: { $gt: 0 } }, newest);
  const all = [...here, ...theirs.filter((record) => record.conversation !== conversation)];
  return Promise.all(
    all
      .toSorted((a, b) => b.submittedAt - a.submittedAt)
      .slice(0, most)
      .map((record) => look(context, record, { conversation, own: record.beneficiary === beneficiary ? own : [] })),
  );
}

/** How a request may be seen in a conversation; undefined when it is not there for it. */
export async function sees(
  context: RequestsContext,
  record: RequestRecord,
  conversation: string,
): Promise<Seen | undefined> {
  const isNamed = (await context.chats.of(conversation))?.beneficiary === record.beneficiary;
  if (!isNamed && record.conversation !== conversation) return undefined;
  return look(context, record, { conversation, own: isNamed ? await context.chats.ofPerson(record.beneficiary) : [] });
}

/** `own` are the chats of the beneficiary, when the conversation is one of them. */
async function look(
  context: RequestsContext,
  record: RequestRecord,
  { conversation, own }: { conversation: string; own: readonly Chat[] },
): Promise<Seen> {
  const { opened } = record;
  const isOpenedThere = isAmong(own, opened.conversation) || isAmong(own, record.conversation);
  return {
    record,
    whole: record.conversation === conversation || (await isTheirs(context, record, own)),
    byOthers: own.length > 0 && (opened.via !== 'chat' || !isOpenedThere),
  };
}
