import { z } from 'zod';
import { roles } from './account.js';

/** Fields that several calls take or give. */
export const fields = {
  email: z.string().trim().toLowerCase().max(254).regex(z.regexes.email, 'staff.badEmail'),
  name: z.string().trim().min(1).max(100),
  newPassword: z.string().min(12, 'staff.passwordShort').max(200, 'staff.passwordLong'),
  /** As somebody types it who may err: whatever it is, the answer is "wrong". */
  typedPassword: z.string().max(1000),
  roles: z
    .array(z.enum(roles))
    .min(1)
    .max(roles.length)
    .transform((list) => [...new Set(list)]),
  locale: z.enum(['ar', 'en']),
  /** An id or a reference in an address or a query. */
  id: z.string().min(1).max(100),
  /** Of a support request, as somebody types it. */
  reference: z.string().min(3).max(40),
  token: z.string().min(1).max(200),
  time: z.iso.datetime(),
  /** With room on both sides: there are no weeks and months before the first and after the last day of all calendars. */
  day: z.iso.date().refine((date) => date >= '1900' && date < '2200'),
};

export const isoOf = (ms: number): string => new Date(ms).toISOString();
