import type { Activity } from './activity.js';

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
