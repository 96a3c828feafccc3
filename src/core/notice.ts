import type { Activity } from './activity.js';

/** What an applicant may be told of a request; each has its sentences under `request.notice`. */
export const requestNotices = [
  'submitted', 'verification', 'needs_information', 'committee', 'accepted', 'rejected', 'appeal', 'registration',
  'service', 'delivered', 'closed', 'withdrawn', 'papers_received', 'papers_complete', 'paper_returned', 'corrected',
  'signed', 'copy', 'reminder', 'last_reminder', 'too_late', 'code',
] as const; // prettier-ignore

/** What people may be told long after they wrote: a channel that then takes prepared sentences only has one for each. */
export const noticeKinds = [
  ...requestNotices, 'draft_reminder', 'last_draft_reminder', 'interview_reminder', 'interview_cancelled',
] as const; // prettier-ignore

/** Words that the sentence of a notice may be filled with; not every notice has all of them. */
export const noticeVariables = [
  'reference', 'organisation', 'hijri', 'gregorian', 'reason', 'service', 'papers', 'code', 'form', 'moment', 'place',
] as const; // prettier-ignore

/**
 * What a record wants to tell somebody. The change and its notice are one atomic update (`$push` to `notices`, `$min` of
 * `noticesDue`); the mailbox's relay takes them over. The collection declares an index on `noticesDue`.
 */
export interface Notices {
  notices: Notice[];
  /** When somebody should look at `notices`; milliseconds, null when there are none. */
  noticesDue: number | null;
}

export interface Notice {
  /** The event's id. It becomes the message's, so that a notice is said once however often it is relayed. */
  id: string;
  activity: Activity;
  /** Not to be said before; milliseconds. */
  notBefore: number;
}
