import type { Address } from '../core/activity.js';
import type { Notices } from '../core/notice.js';
import type { Document } from '../store/collection.js';

/**
 * One interview, or a try to book one that came too late (`refused`). Everything that happens to it is one atomic update of
 * this document. Two unique indexes let one win: `slot`, of all who want the same time, and `holder`, of one chat's bookings.
 */
export interface AppointmentRecord extends Document, Notices {
  /** Derived from the turn that asked for it. */
  _id: string;
  /** When it was asked for; milliseconds. */
  at: number;
  status: AppointmentStatus;
  /** Milliseconds. */
  start: number;
  end: number;
  /** `start`, as long as it holds the time. */
  slot?: number;
  /** The conversation, as long as this is its open booking. */
  holder?: string;
  conversation: string;
  address: Address;
  locale: 'ar' | 'en';
  form: { id: string; version: number };
  /** All answers as canonical JSON, sealed. */
  answers: string;
  events: AppointmentEvent[];
  /** How often the time has changed, or the whole was called off: calendars take the newest. */
  sequence: number;
  /** When to remind; null when never. Milliseconds. */
  due: number | null;
}

export type AppointmentStatus = 'booked' | 'cancelled' | 'came' | 'missed' | 'refused';

/** A fact about an appointment. `by` is an account, `person` or `system`. */
export interface AppointmentEvent {
  /** Derived from what caused it: the same cause adds no second event. */
  id: string;
  at: number;
  by: string;
  type: 'booked' | 'moved' | 'cancelled' | 'reminded' | 'not_reminded' | 'came' | 'missed' | 'refused';
  /** Of a move: when it was before. Milliseconds. */
  from?: number;
  reason?: string;
}
