import { systemClock } from '../../../core/clock.js';
import { AppError } from '../../../core/errors.js';
import type { Log } from '../../../core/log.js';
import type { ChannelDetails, ChannelState } from '../../channel.js';

export type Step =
  | 'stopped'
  | 'starting'
  | 'standby'
  | 'no_browser'
  | 'qr'
  | 'pairing_code'
  | 'connected'
  | 'conflict'
  | 'logged_out'
  | 'retrying';

const sentences: Record<Step, ChannelState> = {
  stopped: { state: 'off', reason: 'WhatsApp is stopped.' },
  starting: { state: 'failing', reason: 'Not connected yet: the browser starts, and WhatsApp Web loads.' },
  standby: { state: 'off', reason: 'Another Wasl holds the WhatsApp session; this one takes over when it stops.' },
  no_browser: { state: 'off', reason: 'No browser.' },
  qr: {
    state: 'failing',
    reason: 'Not linked: on the phone open WhatsApp, Linked devices, Link a device, and scan the QR code.',
  },
  pairing_code: {
    state: 'failing',
    reason: 'Not linked: on the phone open WhatsApp, Linked devices, Link with phone number, and type the code.',
  },
  connected: { state: 'on', reason: 'WhatsApp Web is linked. It is an unofficial client: prefer the Cloud API.' },
  conflict: { state: 'failing', reason: 'This session is open in another browser; it is taken back.' },
  logged_out: { state: 'failing', reason: 'The phone has unlinked us: it must be linked anew.' },
  retrying: { state: 'failing', reason: 'WhatsApp Web does not work; it is tried again.' },
};

/** Nothing goes on before somebody has done something. */
const mustAct: ReadonlySet<Step> = new Set(['logged_out', 'qr', 'no_browser']);

/** What the operator and the staff are told of the connection; each change is logged once. */
export interface Status {
  readonly step: Step;
  state(): ChannelState;
  details(): Omit<ChannelDetails, 'lastMessageAt'>;
  /** `reason` takes the place of the step's own sentence. */
  go(step: Step, reason?: string): void;
  /** What is to be scanned or typed. */
  link(code: { qr: string } | { pairingCode: string }): void;
  failed(kind: string): void;
}

export function createStatus(log: Log): Status {
  let step: Step = 'stopped';
  let reason = sentences.stopped.reason;
  let since = systemClock.now();
  let connectedSince: number | null = null;
  let errors = 0;
  let code: { qr?: string; pairingCode?: string } = {};

  function go(next: Step, why = sentences[next].reason): void {
    if (next !== 'qr' && next !== 'pairing_code') code = {};
    if (next === step && why === reason) return;
    if (next !== step) {
      since = systemClock.now();
      connectedSince = next === 'connected' ? since : null;
      if (mustAct.has(next)) log.error('WhatsApp Web', { state: next, error: new AppError('channel_failed', why) });
      else log.info('WhatsApp Web', { state: next });
    }
    step = next;
    reason = why;
  }

  return {
    get step() {
      return step;
    },
    state: () => ({ state: sentences[step].state, reason }),
    details: () => ({
      step,
      since: isoOf(since),
      connectedSince: connectedSince === null ? null : isoOf(connectedSince),
      errors,
      ...code,
    }),
    go,
    link(given) {
      go('qr' in given ? 'qr' : 'pairing_code');
      code = given;
    },
    failed(kind) {
      errors += 1;
      log.warn('WhatsApp Web failed', { kind });
    },
  };
}

const isoOf = (ms: number): string => new Date(ms).toISOString();
