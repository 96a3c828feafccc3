import { z } from 'zod';
import type { CommitteeContext } from '../../requests/sitting-change.js';
import { decisions, type SittingRecord } from '../../requests/sitting-record.js';
import { fields, isoOf } from '../fields.js';

/** Sample: `{"id": "5f0c…", "number": 3, "date": "2026-11-22", "status": "open", "requests": ["ASB-7K3Q-9"]}`. */
export const sittingSummary = z
  .object({
    id: z.string(),
    number: z.int(),
    date: z.iso.date(),
    status: z
      .enum(['open', 'closed', 'releasing', 'released'])
      .meta({ description: '`releasing`: released, and not yet written down in every request' }),
    requests: z.array(z.string()).meta({ description: 'References on the agenda' }),
  })
  .meta({ id: 'SittingSummary' });

export const decisionShape = z
  .object({
    reference: z.string(),
    decision: z.enum(decisions),
    reason: z.string(),
    by: z.string(),
    at: fields.time,
  })
  .meta({ id: 'Decision' });

export const sittingDetails = sittingSummary
  .extend({
    members: z.array(z.object({ account: z.string(), name: z.string(), present: z.boolean() })),
    recusals: z.array(z.object({ reference: z.string(), account: z.string(), reason: z.string() })),
    decisions: z.array(decisionShape),
    createdBy: z.string(),
    createdAt: fields.time,
    closedBy: z.string().nullable(),
    closedAt: fields.time.nullable(),
    releasedBy: z.string().nullable(),
    releasedAt: fields.time.nullable(),
  })
  .meta({ id: 'Sitting' });

export const summaryOf = ({ _id, number, date, status, agenda }: SittingRecord): z.infer<typeof sittingSummary> => ({
  id: _id,
  number,
  date,
  status,
  requests: agenda,
});

export async function detailsOf(
  { nameOf }: Pick<CommitteeContext, 'nameOf'>,
  sitting: SittingRecord,
): Promise<z.infer<typeof sittingDetails>> {
  const { members, recusals, createdBy, createdAt, closedBy, closedAt, releasedBy, releasedAt } = sitting;
  return {
    ...summaryOf(sitting),
    members: await Promise.all(members.map(async (member) => ({ ...member, name: await nameOf(member.account) }))),
    recusals,
    decisions: sitting.decisions.map(decisionOf),
    createdBy,
    createdAt: isoOf(createdAt),
    closedBy,
    closedAt: closedAt === null ? null : isoOf(closedAt),
    releasedBy,
    releasedAt: releasedAt === null ? null : isoOf(releasedAt),
  };
}

export const decisionOf = (decision: SittingRecord['decisions'][number]): z.infer<typeof decisionShape> => ({
  ...decision,
  at: isoOf(decision.at),
});
