import { hash, randomBytes, randomUUID } from 'node:crypto';

/** The only source of randomness, so that tests can repeat a run. */
export interface Ids {
  /** A new id that nobody can guess. */
  uuid(): string;
  /** `bytes` of randomness as URL-safe text, for tokens. */
  secret(bytes: number): string;
}

export const systemIds: Ids = {
  uuid: () => randomUUID(),
  secret: (bytes) => randomBytes(bytes).toString('base64url'),
};

/** An id derived from what it stands for: the same parts always give the same id, 22 URL-safe characters. */
export const derivedId = (...parts: string[]): string =>
  hash('sha256', JSON.stringify(parts), 'base64url').slice(0, 22);
