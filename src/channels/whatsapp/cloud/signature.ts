import { createHmac, timingSafeEqual } from 'node:crypto';

/** Whether Meta made this signature over exactly these bytes; in constant time. */
export function isSigned(raw: Buffer, signature: unknown, secret: string): boolean {
  const given = typeof signature === 'string' ? /^sha256=([0-9a-f]{64})$/i.exec(signature)?.[1] : undefined;
  const expected = createHmac('sha256', secret).update(raw).digest();
  return (
    timingSafeEqual(given === undefined ? Buffer.alloc(expected.length) : Buffer.from(given, 'hex'), expected) &&
    given !== undefined
  );
}
