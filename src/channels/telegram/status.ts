import type { ChannelState } from '../channel.js';
import type { Log } from '../../core/log.js';
import { explain } from './failure.js';
import type { Failure } from './failure.js';

/** What the operator is told of the connection; each change is logged once. */
export interface Status {
  state(): ChannelState;
  on(reason: string): void;
  failing(failure: Failure, error: unknown): void;
  off(reason: string): void;
}

export function createStatus(log: Log): Status {
  let current: ChannelState = { state: 'off', reason: 'Telegram is not started.' };
  return {
    state: () => current,
    on(reason) {
      if (current.state !== 'on') log.info('receiving', { state: 'on' });
      current = { state: 'on', reason };
    },
    failing(failure, error) {
      const reason = failure.kind === 'invalid' ? refusedAddress : explain(failure);
      if (current.reason !== reason) {
        const fields = { state: 'failing', code: 'channel_failed', kind: failure.kind, error };
        if (failure.kind === 'unavailable' || failure.kind === 'rate_limited') log.warn('cannot receive', fields);
        else log.error('cannot receive', fields);
      }
      current = { state: 'failing', reason };
    },
    off(reason) {
      current = { state: 'off', reason };
    },
  };
}

/** The only thing that Telegram can find invalid while it connects. https://core.telegram.org/bots/api#setwebhook */
const refusedAddress = 'Telegram refuses PUBLIC_URL: it must be a public https address on port 443, 80, 88 or 8443.';
