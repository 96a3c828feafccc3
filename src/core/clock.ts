/** Milliseconds. */
export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** The only source of time, so that tests and `WASL_TIME_SHIFT` can move it. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

/** A clock that runs `shift` milliseconds ahead of the system's, to try by hand what takes fourteen days. */
export const shiftedClock = (shift: number): Clock => ({ now: () => Date.now() + shift });

export const isoTime = (clock: Clock): string => new Date(clock.now()).toISOString();
