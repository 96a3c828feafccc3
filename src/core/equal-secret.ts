import { hash, timingSafeEqual } from 'node:crypto';

/** Whether what somebody gave is this secret; in constant time, whatever its length and letters. */
export const equalSecret = (given: unknown, expected: string): boolean =>
  typeof given === 'string' && timingSafeEqual(digestOf(given), digestOf(expected));

const digestOf = (text: string): Buffer => hash('sha256', text, 'buffer');
