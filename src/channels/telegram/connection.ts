import { classify } from './failure.js';
import { pause } from './pause.js';
import type { Backoff } from './pause.js';
import type { Status } from './status.js';

export interface ConnectionOptions {
  /** Receives until it fails or `signal` is aborted; calls `working` each time Telegram has answered well. */
  run: (signal: AbortSignal, working: () => void) => Promise<void>;
  /** What `state()` says while it works. */
  reason: string;
  status: Status;
  backoff: Backoff;
}

export interface Connection {
  /** Resolves after the first success or failure; failures are tried again for as long as it takes. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export function createConnection({ run, reason, status, backoff }: ConnectionOptions): Connection {
  let current: { stop: AbortController; ended: Promise<void> } | undefined;

  async function keepRunning(signal: AbortSignal, known: () => void): Promise<void> {
    let failures = 0;
    const working = (): void => {
      failures = 0;
      status.on(reason);
      known();
    };
    while (!signal.aborted) {
      try {
        await run(signal, working);
        return;
      } catch (error) {
        if (signal.aborted) return;
        const failure = classify(error);
        status.failing(failure, error);
        known();
        failures += 1;
        await pause(Math.max(backoff(failures), failure.retryAfter ?? 0), signal);
      }
    }
  }

  return {
    async start() {
      if (current) return;
      const stop = new AbortController();
      await new Promise<void>((known) => {
        current = { stop, ended: keepRunning(stop.signal, known).finally(known) };
      });
    },
    async stop() {
      current?.stop.abort();
      await current?.ended;
      current = undefined;
      status.off('Telegram is stopped.');
    },
  };
}
