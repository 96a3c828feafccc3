import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** Whether Meta made this signature over exactly these bytes; in constant time. */
export function isSigned(raw: Buffer, signature: unknown, secret: string): boolean {
  const given = typeof signature === 'string' ? /^sha256=([0-9a-f]{64})$/i.exec(signature)?.[1] : undefined;
  const expected = createHmac('sha256', secret).update(raw).digest();
  return (
    timingSafeEqual(given === undefined ? Buffer.alloc(expected.length) : Buffer.from(given, 'hex'), expected) &&
    given !== undefined
  );
}

/** In constant time, also for another length. */
export function equalSecret(given: unknown, expected: string): boolean {
  return typeof given === 'string' && timingSafeEqual(digest(given), digest(expected));
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
