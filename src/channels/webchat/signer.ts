import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../core/clock.js';

/** Text that only we can make: it carries its own fields and its own end, so nothing has to be stored to check it. */
export interface Signer {
  /** `purpose` keeps one kind from being used as another. */
  sign(purpose: Purpose, fields: readonly string[], lifeMs: number): string;
  /** Undefined when it is not ours, not whole, or of another purpose. What has expired is still told. */
  read(purpose: Purpose, text: string): Signed | undefined;
  /** A short check for ids that we hand out ourselves. */
  check(text: string): string;
}

export type Purpose = 'token' | 'stream' | 'file';

export interface Signed {
  fields: string[];
  /** Milliseconds since it expired; negative while it is good. */
  age: number;
}

export function createSigner(key: Buffer, clock: Clock): Signer {
  const mac = (text: string): string => createHmac('sha256', key).update(text).digest('base64url');

  return {
    sign(purpose, fields, lifeMs) {
      const payload = Buffer.from(JSON.stringify([purpose, clock.now() + lifeMs, ...fields])).toString('base64url');
      return `${payload}.${mac(payload)}`;
    },

    read(purpose, text) {
      const [payload = '', given = '', ...rest] = text.length > longest ? [] : text.split('.');
      if (rest.length > 0 || !equal(given, mac(payload))) return undefined;
      const parsed = payloadSchema.safeParse(parseJson(Buffer.from(payload, 'base64url').toString()));
      if (!parsed.success || parsed.data[0] !== purpose) return undefined;
      const [, expires, ...fields] = parsed.data;
      return { fields, age: clock.now() - expires };
    },

    check: (text) => mac(`id:${text}`).slice(0, 8),
  };
}

/** Compares in a time that tells nothing about where the two differ. */
export function equal(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}

const longest = 2000;

const payloadSchema = z.tuple([z.string(), z.number()]).rest(z.string());

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
