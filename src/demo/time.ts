import { AsyncLocalStorage } from 'node:async_hooks';
import type { Clock } from '../core/clock.js';
import type { Ids } from '../core/ids.js';
import { endOfPart } from './calendar.js';
import type { Chance } from './chance.js';

/**
 * Time that walks from the beginning of the story to its end. What people do are strands that run beside each other,
 * each with a clock and ids of its own, so that hundreds of them share the disk's writes and the story stays the same.
 */
export interface StoryTime {
  /** Inside a strand, the strand's; outside of all, that of the part of the day which is being told. */
  clock: Clock;
  ids: Ids;
  strand(name: string, run: (strand: Strand) => Promise<void>): void;
  /** Tells the whole story. Rejects with the first failure of a strand. */
  tell(): Promise<void>;
}

export interface Strand {
  chance: Chance;
  now(): number;
  /** Sleeps until then. What comes after the end of the story does not happen any more. */
  until(ms: number): Promise<void>;
  /** Does something at this moment, and all that follows from it, even when the strand has gone on. */
  does<R>(what: () => Promise<R>): Promise<R>;
}

export interface TimeOptions {
  from: number;
  to: number;
  chance: Chance;
  /** Called twice for each part of a day in which something happens: when everybody has acted, and when it is over. */
  onPart(part: 'done' | 'over', share: number): Promise<void>;
}

export function createStoryTime({ from, to, chance, onPart }: TimeOptions): StoryTime {
  const moment = new AsyncLocalStorage<{ now: number; ids: Ids }>();
  const sleepers = createSleepers();
  let base = from;
  let horizon = from;

  function live(own: Chance): Strand {
    let deeds = 0;
    let now = Math.max(from, horizon);
    return {
      chance: own,
      now: () => now,
      async until(ms) {
        now = Math.max(now, ms);
        if (now >= horizon) await sleepers.sleep(now);
      },
      does: (what) => moment.run({ now, ids: own.child(`deed ${(deeds += 1)}`).ids }, what),
    };
  }

  return {
    clock: { now: () => moment.getStore()?.now ?? base },
    ids: {
      uuid: () => (moment.getStore()?.ids ?? chance.ids).uuid(),
      secret: (bytes) => (moment.getStore()?.ids ?? chance.ids).secret(bytes),
    },
    strand: (name, run) => sleepers.add(Math.max(from, horizon), () => run(live(chance.child(name)))),
    async tell() {
      for (let next = sleepers.next(); next < to; next = sleepers.next()) {
        base = next;
        horizon = Math.min(endOfPart(next), to);
        await sleepers.wakeBefore(horizon);
        await onPart('done', (base - from) / (to - from));
        base = horizon;
        await onPart('over', (base - from) / (to - from));
      }
      base = to;
      await onPart('over', 1);
    },
  };
}

interface Sleeper {
  wakes: number;
  wake(): void;
}

/** Strands that wait for their time; knows when all of them do. */
function createSleepers() {
  let awake = 0;
  let asleep: Sleeper[] = [];
  let allAsleep: (() => void) | undefined;
  let failure: { error: unknown } | undefined;

  function rests(): void {
    awake -= 1;
    if (awake === 0) allAsleep?.();
  }

  const sleep = (wakes: number): Promise<void> =>
    new Promise((resolve) => {
      asleep.push({ wakes, wake: resolve });
      rests();
    });

  return {
    sleep,
    add(wakes: number, run: () => Promise<void>): void {
      awake += 1;
      sleep(wakes)
        .then(run)
        .catch((error: unknown) => (failure ??= { error }))
        .finally(rests);
    },
    next: () => Math.min(...asleep.map(({ wakes }) => wakes)),
    /** Resolves when whoever wakes before then sleeps again or has ended; rejects when one has failed. */
    async wakeBefore(ms: number): Promise<void> {
      const due = asleep.filter(({ wakes }) => wakes < ms);
      asleep = asleep.filter(({ wakes }) => wakes >= ms);
      awake += due.length;
      const settled = new Promise<void>((resolve) => (allAsleep = resolve));
      for (const { wake } of due) wake();
      await settled;
      if (failure) throw failure.error;
    },
  };
}
