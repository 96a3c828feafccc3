import type { Status } from '../requests/lifecycle.js';
import * as lives from './lives.js';
import { beforeExtra, decided, hasty, lately, type Planned } from './plans.js';

/** One way in which a request may go. */
export interface Plot {
  ends: Status;
  /** Of 140 requests about so many; of few requests at least one. */
  share: number;
  /** Whether all papers come with the request; left to chance when it is not said. */
  complete?: boolean;
  plan: Planned;
  live: lives.Live;
}

export const plots: readonly Plot[] = [
  { ends: 'submitted', share: 7, plan: lately(1, 1), live: lives.submitted },
  { ends: 'verification', share: 9, plan: lately(6, 9), live: lives.takenUp },
  { ends: 'needs_information', share: 5, plan: lately(9, 25), live: lives.asked, complete: false },
  { ends: 'needs_information', share: 3, plan: lately(9, 14), live: lives.asked, complete: true },
  { ends: 'committee', share: 3, plan: lately(14, 17), live: lives.checked },
  { ends: 'committee', share: 6, plan: lately(16, 20), live: lives.listed },
  { ends: 'committee', share: 4, plan: beforeExtra, live: lives.listed },
  { ends: 'committee', share: 4, plan: hasty, live: lives.hurried, complete: true },
  { ends: 'committee', share: 2, plan: decided(0), live: lives.deferred },
  { ends: 'committee', share: 2, plan: decided(2), live: lives.appealListed },
  { ends: 'accepted', share: 1, plan: hasty, live: lives.urgent, complete: true },
  { ends: 'accepted', share: 8, plan: decided(0), live: lives.accepted },
  { ends: 'accepted', share: 2, plan: decided(1), live: lives.deferredOnce },
  { ends: 'rejected', share: 9, plan: decided(0, 2), live: lives.rejected },
  { ends: 'rejected', share: 1, plan: decided(5), live: lives.appealLost },
  { ends: 'appeal', share: 3, plan: decided(1), live: lives.appealed },
  { ends: 'registration', share: 9, plan: decided(1), live: lives.registered },
  { ends: 'service', share: 9, plan: decided(2), live: lives.served },
  { ends: 'service', share: 2, plan: decided(4), live: lives.appealWon },
  { ends: 'delivered', share: 10, plan: decided(3), live: lives.delivered },
  { ends: 'closed', share: 26, plan: decided(4, 9), live: lives.closed },
  { ends: 'closed', share: 2, plan: decided(3, 6), live: lives.endedEarly },
  { ends: 'closed', share: 6, plan: decided(4, 8), live: lives.rejectedForGood },
  { ends: 'withdrawn', share: 4, plan: lately(8, 140), live: lives.withdrawn },
  { ends: 'withdrawn', share: 3, plan: lately(12, 140), live: lives.withdrawnByPhone },
];
