import type { WantedReason } from '../conversation/effects.js';
import type { ConversationRecord } from '../mailbox/record.js';

/** Where unclear procedures go, after the policies, and where everything else does. */
export const queues = ['officer', 'researcher'] as const;
export type Queue = (typeof queues)[number];

/** Why a conversation is before the staff. */
export type DeskReason = WantedReason | 'staff' | 'transferred' | 'forgotten';

/**
 * The place of a conversation before the staff. It lies in the conversation's own document, beside the owner, so that
 * every step is one atomic update of both.
 *
 * Sample: `{"id": "…", "status": "waiting", "since": 1795000000000, "queue": "officer", "reason": "asked",
 * "answerBy": 1795003600000, "raised": false}`
 */
export interface Desk {
  /** Of what brought it here: a repeat of the same changes nothing. */
  id: string;
  status: DeskStatus;
  /** In this status since; milliseconds. */
  since: number;
  queue: Queue;
  reason: DeskReason;
  /** When the person was told to expect an answer; milliseconds. */
  answerBy: number;
  /** Nobody has answered in time. */
  raised: boolean;
  /** Of a snoozed one: when it comes back by itself; milliseconds. */
  until?: number;
}

export const deskStatuses = ['waiting', 'taken', 'snoozed', 'closed'] as const;
export type DeskStatus = (typeof deskStatuses)[number];

/** The mailbox leaves `desk` alone. */
export type DeskConversation = ConversationRecord & { desk?: Desk };

/** Owns a conversation that staff have passed on and nobody has taken yet: the bot is silent. */
export const queueOwner = 'queue';

export const isHeld = ({ owner }: Pick<ConversationRecord, 'owner'>): boolean =>
  owner !== 'bot' && owner !== queueOwner;

export const queueFor = (reason: WantedReason): Queue => (reason === 'asked' ? 'officer' : 'researcher');
