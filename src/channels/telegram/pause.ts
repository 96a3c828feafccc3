import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds to wait before the `attempt`-th try; the first is 1. */
export type Backoff = (attempt: number) => number;

export const defaultBackoff: Backoff = (attempt) => Math.min(60_000, 1000 * 2 ** (attempt - 1));

/** Waits, or returns at once when `signal` says that the channel stops. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}
