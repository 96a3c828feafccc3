import type { Document } from '../store/collection.js';

export const decisions = ['accept', 'reject', 'defer'] as const;
export type Decision = (typeof decisions)[number];

/** `releasing`: released for good, and not yet written down in every request. */
export type SittingStatus = 'open' | 'closed' | 'releasing' | 'released';

/** One meeting of the research committee. Each step of it is one atomic update, and every update adds an event. */
export interface SittingRecord extends Document {
  /** 1, 2, 3 … without a gap. */
  number: number;
  /** ISO day. */
  date: string;
  status: SittingStatus;
  members: Member[];
  /** References of the requests that it studies. */
  agenda: string[];
  recusals: Recusal[];
  /** At most one for each reference. */
  decisions: DecisionRecord[];
  createdBy: string;
  /** Milliseconds. */
  createdAt: number;
  closedBy: string | null;
  closedAt: number | null;
  releasedBy: string | null;
  releasedAt: number | null;
  events: SittingEvent[];
}

export interface Member {
  account: string;
  present: boolean;
}

/** A member who has no say about one request, because of kinship or another interest. */
export interface Recusal {
  reference: string;
  account: string;
  reason: string;
}

export interface DecisionRecord {
  reference: string;
  decision: Decision;
  reason: string;
  /** Who wrote it down. */
  by: string;
  at: number;
}

/** Keeps also what was decided first and replaced later. */
export interface SittingEvent {
  at: number;
  by: string;
  type: 'created' | 'amended' | 'decided' | 'decisions_imported' | 'closed' | 'release_begun' | 'released';
  about?: string;
  decision?: Decision;
  reason?: string;
}

/** Of those who are present, at least so many decide. */
export const quorum = 2;
