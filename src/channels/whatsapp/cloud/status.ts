import type { SendError, SendErrorKind } from '../../../core/errors.js';
import type { Log } from '../../../core/log.js';
import type { ChannelState } from '../../channel.js';

/** What the operator is told of the number; each change is logged once. */
export interface Status {
  state(): ChannelState;
  /** Where it stands, as `staff.channel.<step>` of `locales/` says it. */
  step(): string;
  /** Nothing is known yet. */
  begin(): void;
  working(): void;
  failing(failure: SendError): void;
  off(): void;
}

const off: ChannelState = { state: 'off', reason: 'WhatsApp is stopped.' };

/** Failures that say something of the number or of the way to Meta; all others are about one person or one message. */
const telling: ReadonlySet<SendErrorKind> = new Set(['unauthorised', 'restricted', 'unavailable']);

/** Failures that somebody must mend. */
const steps: Partial<Record<SendErrorKind, string>> = { unauthorised: 'token_refused', restricted: 'restricted' };

export function createStatus(log: Log): Status {
  let current = off;
  let problem: SendErrorKind | undefined;
  return {
    state: () => current,
    step: () => (current.state === 'failing' && problem ? (steps[problem] ?? 'failing') : current.state),
    begin() {
      current = { state: 'failing', reason: 'Meta has not answered yet.' };
      problem = undefined;
    },
    working() {
      if (current.state === 'on') return;
      log.info('receiving', { state: 'on' });
      current = { state: 'on', reason: 'Meta sends messages to /webhooks/whatsapp, and takes ours.' };
    },
    failing(failure) {
      if (!telling.has(failure.kind) || current.state === 'off') return;
      if (current.reason === failure.message) return;
      const fields = { state: 'failing', code: 'channel_failed', kind: failure.kind, error: failure };
      if (failure.kind === 'unavailable') log.warn('cannot send', fields);
      else log.error('cannot send', fields);
      current = { state: 'failing', reason: failure.message };
      problem = failure.kind;
    },
    off: () => void (current = off),
  };
}
