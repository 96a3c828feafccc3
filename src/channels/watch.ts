import type { Clock } from '../core/clock.js';
import type { Channel, ChannelDetails } from './channel.js';

/** What every channel's staff page shows, also for a channel that keeps no record of itself. */
export interface ChannelWatch {
  accepted(channel: string, outcome: string): void;
  delivered(channel: string, outcome: string): void;
  details(channel: Channel): ChannelDetails;
}

export function createChannelWatch(clock: Clock): ChannelWatch {
  const heard = new Map<string, number>();
  const errors = new Map<string, number>();
  const seen = new Map<string, { state: string; since: number }>();

  return {
    accepted(channel, outcome) {
      if (outcome === 'accepted') heard.set(channel, clock.now());
    },
    delivered(channel, outcome) {
      if (outcome !== 'sent') errors.set(channel, (errors.get(channel) ?? 0) + 1);
    },
    details(channel) {
      const { state } = channel.state();
      const before = seen.get(channel.id);
      const since = before?.state === state ? before.since : clock.now();
      seen.set(channel.id, { state, since });
      const own = channel.details?.();
      return {
        step: state,
        since: new Date(since).toISOString(),
        connectedSince: state === 'on' ? isoOf(since) : null,
        lastMessageAt: isoOf(heard.get(channel.id)),
        ...own,
        errors: (own?.errors ?? 0) + (errors.get(channel.id) ?? 0),
      };
    },
  };
}

const isoOf = (ms: number | undefined): string | null => (ms === undefined ? null : new Date(ms).toISOString());
