import type { SendError } from '../../../core/errors.js';
import { toNumberError } from './failure.js';
import type { Graph } from './graph.js';
import type { Status } from './status.js';

/** Knows whether Meta takes our messages, and asks again while it does not. */
export interface Watch {
  /** Resolves after the first answer, good or bad. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** A send went well, or did not. */
  saw(failure: SendError | undefined): void;
}

export interface WatchOptions {
  graph: Graph;
  status: Status;
  /** Milliseconds before the `attempt`-th repeat. */
  backoff?: (attempt: number) => number;
}

const defaultBackoff = (attempt: number): number => Math.min(5 * 60_000, 5000 * 2 ** (attempt - 1));

export function createWatch({ graph, status, backoff = defaultBackoff }: WatchOptions): Watch {
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | undefined;
  let attempts = 0;
  let started = false;
  /** Only a message that was taken shows that a restriction is over. */
  let restricted = false;

  function saw(failure: SendError | undefined): void {
    if (!started) return;
    restricted = failure ? restricted || failure.kind === 'restricted' : false;
    if (failure) status.failing(failure);
    else status.working();
    if (status.state().state === 'failing') lookLater();
    else attempts = 0;
  }

  function lookLater(): void {
    if (!started || timer || looking) return;
    attempts += 1;
    timer = setTimeout(() => void look(), backoff(attempts));
    timer.unref();
  }

  function look(): Promise<void> {
    timer = undefined;
    looking ??= ask().finally(() => {
      looking = undefined;
      if (status.state().state === 'failing') lookLater();
    });
    return looking;
  }

  async function ask(): Promise<void> {
    try {
      await graph.check();
      if (!restricted) saw(undefined);
    } catch (error) {
      saw(toNumberError(error));
    }
  }

  return {
    saw,
    async start() {
      if (started) return;
      started = true;
      status.begin();
      await look();
    },
    async stop() {
      started = false;
      clearTimeout(timer);
      timer = undefined;
      await looking;
      status.off();
    },
  };
}
