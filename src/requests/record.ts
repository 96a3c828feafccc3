import type { Address } from '../core/activity.js';
import type { Notices } from '../core/notice.js';
import type { Document } from '../store/collection.js';
import type { Status } from './lifecycle.js';

/**
 * One support request. Everything that happens to it is one atomic update of this document: what changed, the event that
 * says who, when and why, and what the applicant is to be told.
 */
export interface RequestRecord extends Document, Notices {
  /** Derived from the turn that submitted it, so that a repeated turn makes no second request. */
  _id: string;
  /** Sample: `ASB-7K3Q-9`. */
  reference: string;
  status: Status;
  /** Where the applicant was heard last: notices go there. */
  conversation: string;
  address: Address;
  locale: 'ar' | 'en';
  /** The person in `beneficiaries`. */
  beneficiary: string;
  opened: Opening;
  /** How the person who applied is related to the beneficiary; null for one's own request. */
  onBehalf: string | null;
  /** What staff should look at. */
  flags: RequestFlag[];
  form: { id: string; version: number };
  /** Id in the profile's `services`; null when the form asks for none. */
  service: string | null;
  /** All answers as canonical JSON, sealed. */
  answers: string;
  /** The signed declarations, the newest last. */
  declarations: DeclarationRecord[];
  /** Ids of the papers that are wanted, at this stage. */
  papers: string[];
  documents: DocumentRecord[];
  events: RequestEvent[];
  /** Milliseconds. */
  submittedAt: number;
  /** No outcome is told before; milliseconds. */
  answerNotBefore: number;
  /** What the committee decided and somebody released, until its day has come; null before and after. */
  pending: PendingOutcome | null;
  /** Accounts that have decided on it: an appeal goes to others. */
  decidedBy: string[];
  /** Why the applicant was last asked for more, or refused; null when there is nothing to read. */
  reason: string | null;
  reminders: { sent: number; stopped: boolean };
  /** When the clockwork should look at it next: a release, a reminder; null when never. Milliseconds. */
  due: number | null;
}

/** By whom, by what way, and in which conversation. Sample: `{"by": "applicant", "via": "chat", "conversation": "telegram/77"}` */
export interface Opening {
  /** `applicant`, or the account of the member of staff who wrote it down. */
  by: string;
  via: 'chat' | 'visit' | 'phone' | 'letter' | 'delegate';
  conversation: string;
}

/**
 * `duplicate`: the same person asks for the same service in another request that is open (`reference`). `foreign_chat`:
 * applied for oneself in a chat that is not known to be this person's. `disputed`: the person says that it is not theirs.
 * `other_person`: the corrected answers have another national ID than theirs.
 */
export interface RequestFlag {
  type: 'duplicate' | 'foreign_chat' | 'disputed' | 'other_person';
  reference?: string;
  at: number;
}

export interface DeclarationRecord {
  /** Absent: signed in the chat. */
  scan?: {
    /** Of the stored file. */
    file: string;
    /** SHA-256 of the file, hexadecimal. */
    sha256: string;
    /** The account that uploaded it. */
    by: string;
  };
  statementVersion: number;
  /** SHA-256 of the statement as read, hexadecimal. */
  statementHash: string;
  /** SHA-256 of the canonical answers, hexadecimal: shows whether they were changed since. */
  answersHash: string;
  /** The statement and the full name as typed, as JSON, sealed. */
  sealed: string;
  at: number;
  messageId: string;
}

export interface DocumentRecord {
  /** Of the stored file. */
  id: string;
  /** Which paper of `flows/papers.yaml` it is. */
  paper: string;
  name: string;
  contentType: string;
  /** Bytes. */
  size: number;
  at: number;
  check: DocumentCheck | null;
}

export interface DocumentCheck {
  verdict: 'accepted' | 'rejected';
  reason?: string;
  /** The Gregorian day after which it is no longer valid. */
  expires?: string;
  by: string;
  at: number;
}

/** A fact about a request, in the past tense. `by` is an account, `applicant` or `system`. */
export interface RequestEvent {
  /** Derived from what caused it: the same cause adds no second event. */
  id: string;
  at: number;
  by: string;
  type:
    | 'submitted' | 'moved' | 'papers_sent' | 'paper_checked' | 'answers_corrected' | 'decided' | 'released'
    | 'overridden' | 'reminded' | 'note_written' | 'came_too_late' | 'reminders_stopped' | 'copy_sent'
    | 'code_sent' | 'waits' | 'chat_linked' | 'chat_unlinked' | 'flagged' | 'signed'; // prettier-ignore
  from?: Status;
  to?: Status;
  reason?: string;
  /** A file, a sitting: what the event is about. */
  about?: string;
}

export interface PendingOutcome {
  sitting: string;
  decision: 'accept' | 'reject';
  reason: string;
  /** The account that released it. */
  releasedBy: string;
  releasedAt: number;
  /** Told at once, against the minimum; the reason is audited. */
  override?: string;
}

/** A one-time code that somebody was promised, by the conversation that asked. */
export interface CodeRecord extends Document {
  /** Null when the reference is nobody's: who asked is not told. */
  reference: string | null;
  /** What the code does: tells a status, or links the chat. */
  opens?: 'status' | 'link';
  /** Keyed hash of the code; null once it was used. */
  hash: string | null;
  /** The turn that used it: a repeat hears the same. */
  usedBy?: string;
  /** Wrong codes typed; and codes sent since `since`. */
  wrong: number;
  sent: number;
  since: number;
  /** Milliseconds; nothing of it counts afterwards. */
  expires: number;
}
