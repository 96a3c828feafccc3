import { createHash } from 'node:crypto';
import type { Ids } from '../core/ids.js';

/** Chance that can be repeated: the same seed always gives the same draws. */
export interface Chance {
  /** At least 0 and below 1. */
  next(): number;
  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number;
  /** True in `share` of all draws. */
  happens(share: number): boolean;
  pick<T>(from: readonly [T, ...T[]]): T;
  /** As many different ones as asked for, or all of them. */
  some<T>(from: readonly T[], count: number): T[];
  shuffled<T>(list: readonly T[]): T[];
  /** Chance of its own for one part of the story, so that what happens elsewhere does not move its draws. */
  child(name: string): Chance;
  /** Ids out of this chance. They can be guessed, and so are only for data that was made up. */
  ids: Ids;
}

export function createChance(seed: string): Chance {
  let count = 0;
  const bytes = (): Buffer =>
    createHash('sha256')
      .update(`${seed} ${(count += 1)}`)
      .digest();
  const next = (): number => bytes().readUIntBE(0, 6) / 2 ** 48;
  const between = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));

  function some<T>(from: readonly T[], wanted: number): T[] {
    const rest = [...from];
    const drawn: T[] = [];
    while (drawn.length < wanted && rest.length > 0) drawn.push(...rest.splice(between(0, rest.length - 1), 1));
    return drawn;
  }

  return {
    next,
    between,
    happens: (share) => next() < share,
    pick: (from) => from[between(0, from.length - 1)] ?? from[0],
    some,
    shuffled: (list) => some(list, list.length),
    child: (name) => createChance(`${seed} ${name}`),
    ids: {
      uuid: () => uuidOf(bytes().toString('hex')),
      secret: (length) => bytes().subarray(0, length).toString('base64url'),
    },
  };
}

/** In the form of a random UUID (RFC 9562, version 4). */
function uuidOf(hex: string): string {
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return parts.join('-');
}
