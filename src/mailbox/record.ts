import { derivedId } from '../core/ids.js';
import type { Activity, Address } from '../core/activity.js';
import type { Clock } from '../core/clock.js';
import type { Document, Filter } from '../store/collection.js';

/**
 * One conversation: an actor whose mailbox is this one document. Every step of its life is a single atomic update of
 * it, so nothing here needs a transaction and any instance can go on after a crash.
 *
 * Sample: `{"_id": "telegram/77", "address": {…}, "state": {…}, "owner": "bot", "inbox": [], "outgoing": [],
 * "seen": ["tg-12"], "sequence": 4, "failures": 0, "lease": null, "due": null}`
 */
export interface ConversationRecord extends Document {
  address: Address;
  /** The conversation engine's own; null before the first turn. */
  state: unknown;
  /** `bot`, or the id of the member of staff who has taken over. */
  owner: string;
  /** How often it was handed over. Absent until the first time. */
  handovers?: number;
  /** Accepted and not yet handled, in the order of acceptance. */
  inbox: InboxItem[];
  /** To be told and written into the transcript, in order: what was heard, and what is to be said. */
  outgoing: OutgoingItem[];
  /** Ids lately accepted or enqueued. Older ones are known to the transcript. */
  seen: string[];
  /** The place of the last message in the transcript. */
  sequence: number;
  /** How often the turn at the head of the inbox has failed. */
  failures: number;
  /** Who works on this conversation now; nobody when null. */
  lease: string | null;
  /** When it was last written to, in steps of `activeStepMs`, so that few turns write the index anew; milliseconds. */
  activeAt: number;
  /** When the person wrote last; milliseconds. Not there in records of an earlier version. */
  heardAt?: number;
  /** When somebody should look at it: the end of the lease, the next try, or never (null). Milliseconds. */
  due: number | null;
}

export interface InboxItem {
  id: string;
  /** The message (`envelope.ts`). */
  sealed: string;
  /** From here on the bot is meant: what stands before it was written to whoever owned the conversation then. */
  handsBack?: true;
}

export interface OutgoingItem {
  id: string;
  /** Role `user`: heard, only to be recorded. Any other role: to be said, then recorded. */
  activity: Activity;
  attempts: number;
  /** Not to be sent before; milliseconds. */
  notBefore: number;
  /** When it was enqueued; milliseconds. */
  at: number;
  /** Of a reply: how often the conversation had been handed over when it was made. After another time it is not said. */
  handovers?: number;
}

/** One line of the transcript. */
export interface MessageRecord extends Document {
  conversation: string;
  sequence: number;
  at: number;
  activity: Activity;
  /** Only of what we said. */
  delivery?: Delivery;
}

/**
 * Whether the channel took it, and if not, the kind of its refusal. `delivered` (to the phone) and `read` only where the
 * provider tells. `partly`: a part of it failed, whatever is told of the rest.
 */
export type Delivery = { status: 'sent' | 'delivered' | 'read' } | { status: 'failed'; kind: string; partly?: true };

/** Until when a channel with such a window takes words of ours; milliseconds. Undefined: always, or nobody knows. */
export const openUntil = (
  { heardAt }: Pick<ConversationRecord, 'heardAt'>,
  windowMs: number | undefined,
): number | undefined => (windowMs === undefined || heardAt === undefined ? undefined : heardAt + windowMs);

/** The transcript's key of a message: derived, so that writing it twice changes nothing. */
export const messageId = (conversation: string, activityId: string): string => derivedId(conversation, activityId);

export const activeStepMs = 5 * 60 * 1000;

export const activeNow = ({ now }: Clock): number => Math.floor(now() / activeStepMs) * activeStepMs;

/** Holds as long as the conversation was not handed over, also not there and back. */
export const asOwned = ({ owner, handovers }: ConversationRecord): Filter => ({ owner, handovers: handovers ?? null });

/** How many ids a conversation remembers itself: each write carries them. Older ones are known to the transcript. */
export const seenLimit = 20;

/** How many messages may wait in one inbox before the channel is asked to send again later. */
export const inboxLimit = 2000;
