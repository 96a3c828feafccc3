import type { Address } from '../core/activity.js';
import type { Document } from '../store/collection.js';

/** A form that somebody has begun and not finished, by its conversation. The answers are in the conversation alone. */
export interface DraftRecord extends Document {
  form: string;
  address: Address;
  locale: 'ar' | 'en';
  since: number;
  /** Reminders so far. */
  sent: number;
  /** When to look at it; null when there is nothing more to say. Milliseconds. */
  due: number | null;
}
