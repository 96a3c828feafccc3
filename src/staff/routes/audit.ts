import { z } from 'zod';
import type { Collection } from '../../store/collection.js';
import type { AuditRecord } from '../audit.js';
import { fields, isoOf } from '../fields.js';
import { listOf, pageQuery, readPage } from '../list.js';
import { defineCall, type Call } from '../route.js';

const entry = z
  .object({
    id: z.string(),
    at: fields.time,
    by: z.string().meta({ description: 'An account, or "stranger"' }),
    action: z.string(),
    about: z.string().nullable(),
    reason: z.string().nullable(),
    outcome: z.enum(['done', 'refused', 'failed']),
  })
  .meta({ id: 'AuditEntry' });

/** The audit log, for administrators. */
export const auditCalls = (records: Collection<AuditRecord>): Call[] => [
  defineCall({
    method: 'get',
    path: '/audit',
    summary: 'Who did, saw or was refused what, the newest first',
    roles: ['admin'],
    query: z.strictObject({ by: fields.id.optional(), about: fields.id.optional(), ...pageQuery }),
    answer: listOf(entry),
    async handle({ query: { by, about, ...page } }) {
      const filter = {
        at: { $gte: 0 },
        ...(by === undefined ? {} : { by }),
        ...(about === undefined ? {} : { about }),
      };
      const found = await readPage(records, { filter, order: 'at', newestFirst: true, ...page });
      return { ...found, items: found.items.map(shown) };
    },
  }),
];

const shown = ({ _id, at, reason, ...rest }: AuditRecord): z.input<typeof entry> => ({
  id: _id,
  at: isoOf(at),
  reason: reason ?? null,
  ...rest,
});
