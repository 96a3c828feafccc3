import type { Effect } from '../conversation/effects.js';
import type { Address } from '../core/activity.js';

/** What a turn caused. Mirrors the mailbox's keyed effects. */
export interface Caused {
  id: string;
  effect: Effect;
  conversation: string;
  address: Address;
  at: number;
}
