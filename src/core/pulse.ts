import type { Log } from './log.js';

/** Work that is looked for again and again. */
export interface Pulse {
  /** Looks soon. */
  wake(): void;
  start(): void;
  /** Looks no more, and waits for what is being done. */
  stop(): Promise<void>;
}

/** Runs `beat` every `beatMs`, and soon when woken; one after another. */
export function createPulse(beat: () => Promise<void>, { beatMs, log }: { beatMs: number; log: Log }): Pulse {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = true;

  function run(): void {
    clearTimeout(timer);
    if (stopped) return;
    if (running) {
      again = true;
      return;
    }
    running = beat()
      .catch((error: unknown) => log.error('what is due could not be done', { code: 'store_failed', error }))
      .finally(() => {
        running = undefined;
        if (stopped) return;
        if (again) wake();
        else timer = setTimeout(run, beatMs);
      });
  }

  function wake(): void {
    again = false;
    if (!stopped) setImmediate(run);
  }

  return {
    wake,
    start() {
      stopped = false;
      run();
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
