import { z } from 'zod';
import type { Document } from '../store/collection.js';

/** What a member of staff may be; one may be several things. */
export const roles = ['officer', 'researcher', 'committee', 'admin'] as const;
export type Role = (typeof roles)[number];

/** A member of staff. */
export interface AccountRecord extends Document {
  /** Milliseconds. */
  at: number;
  /** In small letters; nobody else's. */
  email: string;
  name: string;
  roles: Role[];
  locale: 'ar' | 'en';
  /** argon2id; null until the invitation was accepted. */
  password: string | null;
  status: 'active' | 'disabled';
  version: number;
}

/**
 * An account as the API shows it, without the password.
 * Sample: `{"id": "5f0c…", "email": "huda@example.org", "name": "هدى", "roles": ["officer"], "locale": "ar",
 * "status": "invited", "version": 1, "createdAt": "2026-01-01T08:00:00.000Z"}`.
 */
export const accountSummary = z
  .object({
    id: z.string(),
    email: z.string(),
    name: z.string(),
    roles: z.array(z.enum(roles)),
    locale: z.enum(['ar', 'en']),
    status: z.enum(['invited', 'active', 'disabled']),
    version: z.int(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Account' });

export const summaryOf = (account: AccountRecord): z.infer<typeof accountSummary> => ({
  id: account._id,
  email: account.email,
  name: account.name,
  roles: account.roles,
  locale: account.locale,
  status: account.status === 'active' && account.password === null ? 'invited' : account.status,
  version: account.version,
  createdAt: new Date(account.at).toISOString(),
});
