import type { FormSubmitted } from '../conversation/effects.js';
import type { Address } from '../core/activity.js';

/** A completed form about an appointment, and where it came from. Mirrors the mailbox's keyed effects. */
export interface Asked {
  /** Derived from the turn. */
  id: string;
  effect: FormSubmitted;
  conversation: string;
  address: Address;
  replyToId?: string;
  /** Milliseconds. */
  at: number;
}
