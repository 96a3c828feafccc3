import { z } from 'zod';
import { isoDay } from '../../core/riyadh.js';
import type { Seal } from '../../core/seal.js';
import { isReadable, isSigned } from '../../requests/declaration.js';
import { statuses } from '../../requests/lifecycle.js';
import { missingPapers } from '../../requests/papers.js';
import type { RequestRecord } from '../../requests/record.js';
import { fields, isoOf } from '../fields.js';

/**
 * A request in a list.
 * Sample: `{"reference": "ASB-7K3Q-9", "status": "verification", "service": "food", "submittedAt": "2026-11-21T06:00:00.000Z",
 * "answerNotBefore": "2026-12-05T06:00:00.000Z", "missing": ["income"], "unchecked": 1, "outcome": null}`
 */
export const requestSummary = z
  .object({
    reference: z.string(),
    status: z.enum(statuses),
    service: z.string().nullable().meta({ description: 'Id in the profile of the organisation' }),
    submittedAt: fields.time,
    answerNotBefore: fields.time.meta({ description: 'No outcome is told before' }),
    missing: z.array(z.string()).meta({ description: 'Papers that are wanted and not there' }),
    unchecked: z.int().meta({ description: 'Papers that nobody has checked' }),
    outcome: z
      .enum(['accept', 'reject'])
      .nullable()
      .meta({ description: 'Released, and waiting for its day; the applicant does not know it yet' }),
    onBehalf: z
      .string()
      .nullable()
      .meta({ description: 'How the person who applied is related to the beneficiary; null for one’s own request' }),
    signature: z.enum(['pending', 'chat', 'scan', 'unreadable']).meta({
      description:
        'How the answers of today are signed; `pending`: they are not; `unreadable`: the answers were changed outside Wasl, and a backup has them',
    }),
    flags: z.array(
      z
        .object({
          type: z.enum(['duplicate', 'foreign_chat', 'disputed', 'other_person']),
          reference: z.string().nullable(),
          at: fields.time,
        })
        .meta({
          id: 'RequestFlag',
          description:
            'duplicate: asks again for what `reference` asks for; foreign_chat: applied for oneself in a chat that is not known to be theirs; disputed: the person says that it is not theirs; other_person: the corrected answers have another national ID than the person whose it is, so look at the papers; when it is somebody else, have it withdrawn and written down anew',
        }),
    ),
  })
  .meta({ id: 'RequestSummary' });

export const summaryOf = (seal: Seal, record: RequestRecord, now: number): z.infer<typeof requestSummary> => ({
  reference: record.reference,
  status: record.status,
  service: record.service,
  submittedAt: isoOf(record.submittedAt),
  answerNotBefore: isoOf(record.answerNotBefore),
  missing: missingPapers(record, isoDay(now)),
  unchecked: record.documents.filter(({ check }) => check === null).length,
  outcome: record.pending?.decision ?? null,
  onBehalf: record.onBehalf,
  signature: signatureOf(seal, record),
  flags: record.flags.map(({ type, reference, at }) => ({ type, reference: reference ?? null, at: isoOf(at) })),
});

function signatureOf(seal: Seal, record: RequestRecord): z.infer<typeof requestSummary>['signature'] {
  if (!isReadable(seal, record)) return 'unreadable';
  if (!isSigned(seal, record)) return 'pending';
  return record.declarations.at(-1)?.scan ? 'scan' : 'chat';
}
