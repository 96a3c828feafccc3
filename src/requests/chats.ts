import type { Address } from '../core/activity.js';
import type { Chat, RequestsContext } from './context.js';
import type { RequestRecord } from './record.js';

type Homed = Pick<RequestRecord, 'beneficiary' | 'conversation' | 'address'>;

const isOffline = ({ address }: Pick<Homed, 'address'>): boolean => address.channelId === 'offline';

/** The request belongs to its beneficiary's own chats, and not to the one chat in which somebody else has opened it. */
const isTheirs = (record: Homed, chats: readonly Chat[]): boolean =>
  isOffline(record) || chats.some(({ _id }) => _id === record.conversation);

/** Where news of a request goes: to the chat that the person used last, of all that are theirs. */
export async function reach(context: RequestsContext, record: Homed): Promise<Address> {
  const chats = await context.chats.ofPerson(record.beneficiary);
  return isTheirs(record, chats) ? ((await usedLast(context, chats))?.address ?? record.address) : record.address;
}

/** Undefined when there is none. */
export async function usedLast({ lastHeard }: RequestsContext, chats: readonly Chat[]): Promise<Chat | undefined> {
  if (chats.length < 2) return chats[0];
  const heard = await Promise.all(chats.map(async (chat) => ({ chat, at: await lastHeard(chat._id) })));
  return heard.reduce((last, one) => (one.at >= last.at ? one : last)).chat;
}

/** A request as it may be seen in a conversation: `whole`, or only that it is there, for whom it was opened by others. */
export interface Seen {
  record: RequestRecord;
  whole: boolean;
}

const most = 10;

/** The requests of a conversation and, when it is somebody's chat, all that were opened for them; the newest first. */
export async function requestsSeen(context: RequestsContext, conversation: string): Promise<Seen[]> {
  const { requests, chats } = context;
  const newest = { sort: { submittedAt: -1 }, limit: most } as const;
  const here = await requests.find({ conversation, submittedAt: { $gt: 0 } }, newest);
  const chat = await chats.of(conversation);
  if (!chat) return here.map((record) => ({ record, whole: true }));
  const { beneficiary } = chat;
  const own = await chats.ofPerson(beneficiary);
  const theirs = await requests.find({ beneficiary, submittedAt: { $gt: 0 } }, newest);
  const elsewhere = theirs.filter((record) => record.conversation !== conversation);
  return [
    ...here.map((record) => ({ record, whole: true })),
    ...elsewhere.map((record) => ({ record, whole: isTheirs(record, own) })),
  ]
    .toSorted((a, b) => b.record.submittedAt - a.record.submittedAt)
    .slice(0, most);
}

/** How a request may be seen in a conversation; undefined when it is not there for it. */
export async function sees(
  { chats }: RequestsContext,
  record: RequestRecord,
  conversation: string,
): Promise<'whole' | 'head' | undefined> {
  if (record.conversation === conversation) return 'whole';
  if ((await chats.of(conversation))?.beneficiary !== record.beneficiary) return undefined;
  return isTheirs(record, await chats.ofPerson(record.beneficiary)) ? 'whole' : 'head';
}
