import { hash, verify } from '@node-rs/argon2';
import type { Ids } from '../core/ids.js';

/** argon2id with the library's defaults, which are OWASP's: 19 MiB, two passes. */
export interface Passwords {
  hash(password: string): Promise<string>;
  /** Takes as long for somebody without a password, so that the time does not tell whether there is an account. */
  matches(hash: string | null, password: string): Promise<boolean>;
}

export function createPasswords(ids: Ids): Passwords {
  const nobodys = hash(ids.secret(32));
  return {
    hash: (password) => hash(plain(password)),
    async matches(own, password) {
      const same = await verify(own ?? (await nobodys), plain(password));
      return same && own !== null;
    },
  };
}

/** The same letters, however a keyboard composes them. */
const plain = (password: string): string => password.normalize('NFKC');
