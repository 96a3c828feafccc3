import { setTimeout as sleep } from 'node:timers/promises';
import { SendError } from '../../../core/errors.js';

export interface PacingOptions {
  /** To everybody together. */
  messagesPerMinute: number;
  /** The longest that somebody seems to type; 0 turns it off. Milliseconds. */
  typingMs: number;
  /** Milliseconds that only go up. */
  now?: () => number;
  wait?: (ms: number) => Promise<void>;
  /** From 0 to 1. */
  chance?: () => number;
}

export interface Pacing {
  /** Resolves when the next message may go; rejects with `rate_limited` when that is too far off to wait for. */
  turn(): Promise<void>;
  /** Seems to type for as long as a person would, in part. */
  typing(text: string): Promise<void>;
}

/** Longer than this a conversation is not held: the mailbox comes again. */
const patienceMs = 10_000;
/** A fast typist. */
const msPerCharacter = 25;

/**
 * Sends like a person does: one after the other, not faster than a number a minute, at uneven distances. WhatsApp bans
 * numbers that do otherwise (issues 1872, 803, 1992 of whatsapp-web.js).
 */
export function createPacing(options: PacingOptions): Pacing {
  const { messagesPerMinute, typingMs } = options;
  const { now = () => performance.now(), wait = (ms) => sleep(ms), chance = Math.random } = options;
  const distance = 60_000 / messagesPerMinute;
  let free = now();

  return {
    async turn() {
      const at = Math.max(free, now());
      const ms = at - now();
      if (ms > patienceMs)
        throw new SendError('rate_limited', 'Many messages wait: WhatsApp Web sends slowly.', {
          retryAfter: Math.ceil(ms - patienceMs / 2),
        });
      free = at + distance * (0.7 + 0.6 * chance());
      if (ms > 0) await wait(ms);
    },
    async typing(text) {
      const ms = Math.min(typingMs, 300 + text.length * msPerCharacter) * (0.8 + 0.2 * chance());
      if (typingMs > 0) await wait(ms);
    },
  };
}
