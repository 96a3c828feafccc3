import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { StoreError } from './errors.js';

/** Keeps texts so that only who has the key reads them. */
export interface Seal {
  /** Sealed differently each time. Sample: `s1.` and base64url of nonce, sealed text and tag. */
  seal(text: string): string;
  /** The text as it was; throws `store_corrupt` when it was changed, or sealed with another key. */
  open(sealed: string): string;
  /** The same text always gives the same hash, which nobody can compute without the key: for searching. */
  hash(text: string): string;
}

const version = 's1.';
const nonceBytes = 12;
const tagBytes = 16;

/** AES-256-GCM and HMAC-SHA256, each under a key of its own that `key` (32 bytes) gives. */
export function createSeal(key: Buffer): Seal {
  const sealKey = derive(key, 'seal');
  const hashKey = derive(key, 'hash');
  return {
    seal(text) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', sealKey, nonce, { authTagLength: tagBytes });
      const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return `${version}${sealed.toString('base64url')}`;
    },
    open(sealed) {
      try {
        return openWith(sealKey, sealed);
      } catch (cause) {
        throw new StoreError('store_corrupt', unreadable, { cause });
      }
    },
    hash: (text) => createHmac('sha256', hashKey).update(text, 'utf8').digest('base64url'),
  };
}

function openWith(key: Buffer, sealed: string): string {
  const bytes = Buffer.from(sealed.slice(version.length), 'base64url');
  if (!sealed.startsWith(version) || bytes.length < nonceBytes + tagBytes) throw new Error('This is no sealed text');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes });
  decipher.setAuthTag(bytes.subarray(-tagBytes));
  const text = [decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()];
  return Buffer.concat(text).toString('utf8');
}

const unreadable =
  'A sealed text cannot be opened: it was changed, or DATA_KEY is not the one that sealed it. Restore that key, or a backup.';

const derive = (key: Buffer, purpose: string): Buffer => Buffer.from(hkdfSync('sha256', key, '', purpose, 32));
