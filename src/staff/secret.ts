import { createHash } from 'node:crypto';

/** How the store keeps a random token: who reads the store cannot use it. */
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** 256 bits. */
export const tokenBytes = 32;
