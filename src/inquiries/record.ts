import type { ChannelId } from '../core/activity.js';
import type { Notices } from '../core/notice.js';
import type { Document } from '../store/collection.js';

/**
 * A completed form that staff read: a suggestion, a complaint, somebody who wants to volunteer or to be called.
 * Sample: `{"_id": "…", "reference": "MSG-7K3Q-9", "status": "open", "form": "complaint", "answers": "s1.…", …}`
 */
export interface SubmissionRecord extends Document, Notices {
  /** Derived from the turn that submitted it; of somebody without a name by a keyed hash, which nobody can retrace. */
  _id: string;
  /** Sample: `MSG-7K3Q-9`. */
  reference: string;
  status: 'open' | 'done';
  form: string;
  version: number;
  locale: 'ar' | 'en';
  /** All answers as canonical JSON, sealed. */
  answers: string;
  /** Where the person wrote; null when they gave no name. */
  conversation: string | null;
  channelId: ChannelId | null;
  /** Milliseconds; when they gave no name the beginning of the day in Riyadh, because the moment would tell who it was. */
  at: number;
}
