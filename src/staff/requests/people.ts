import { z } from 'zod';
import type { BeneficiaryRecord, SealedField } from '../../people/beneficiaries.js';
import { sealedFields } from '../../people/beneficiaries.js';
import { fields, isoOf } from '../fields.js';
import { listOf, pageQuery, readPage } from '../list.js';
import { problem } from '../problem.js';
import { defineCall, type Call } from '../route.js';
import type { RequestCallsContext } from './context.js';
import { requestSummary, summaryOf } from './summary.js';

const handlers = ['officer', 'researcher', 'admin'] as const;
const byId = z.strictObject({ id: fields.id });

/** Sample: `{"id": "b1", "name": "نورة س… ا…", "nationalId": "••••0008", "mobile": "••••0000", "since": "…", "channels": ["telegram"]}` */
const beneficiary = z
  .object({
    id: z.string(),
    name: z.string().meta({ description: 'Masked, as all that follow' }),
    nationalId: z.string(),
    mobile: z.string(),
    since: fields.time,
    channels: z.array(z.string()),
  })
  .meta({ id: 'Beneficiary' });

const withRequests = beneficiary.extend({ requests: z.array(requestSummary) }).meta({ id: 'BeneficiaryWithRequests' });

/** What staff see of the people behind the requests. */
export const peopleCalls = (calls: RequestCallsContext): Call[] => [
  listPeople(calls),
  readPerson(calls),
  revealField(calls),
];

const listPeople = (calls: RequestCallsContext): Call =>
  defineCall({
    method: 'get',
    path: '/beneficiaries',
    summary: 'Beneficiaries, the newest first, masked',
    roles: handlers,
    query: z.strictObject(pageQuery),
    answer: listOf(beneficiary),
    async handle({ query }) {
      const page = await readPage(calls.people, {
        filter: { at: { $gt: 0 } },
        order: 'at',
        newestFirst: true,
        ...query,
      });
      return { ...page, items: page.items.map((record) => shown(calls, record)) };
    },
  });

const readPerson = (calls: RequestCallsContext): Call =>
  defineCall({
    method: 'get',
    path: '/beneficiaries/{id}',
    summary: 'One beneficiary, masked, with the requests',
    roles: handlers,
    params: byId,
    answer: withRequests,
    problems: [404],
    audit: { action: 'beneficiary_seen', about: ({ params }) => params.id },
    async handle({ params: { id } }) {
      const [record] = await calls.beneficiaries.find({ id });
      if (!record) return problem(404, 'request.refusal.unknown');
      const { requests, clock } = calls.context;
      const own = await requests.find(
        { beneficiary: id, submittedAt: { $gt: 0 } },
        { sort: { submittedAt: -1 }, limit: 100 },
      );
      return { ...shown(calls, record), requests: own.map((request) => summaryOf(request, clock.now())) };
    },
  });

const revealField = ({ beneficiaries }: RequestCallsContext): Call =>
  defineCall({
    method: 'post',
    path: '/beneficiaries/{id}/reveal',
    summary: 'One field as it was given; who looked and why is audited',
    roles: handlers,
    params: byId,
    body: z.strictObject({ field: z.enum(sealedFields), reason: z.string().trim().min(3).max(500) }),
    answer: z.object({ field: z.enum(sealedFields), value: z.string() }).meta({ id: 'Revealed' }),
    problems: [404],
    audit: {
      action: 'field_revealed',
      about: ({ params }) => params.id,
      reason: ({ body }) => `${body.field}: ${body.reason}`,
    },
    async handle({ params: { id }, body: { field } }) {
      const [record] = await beneficiaries.find({ id });
      return record ? { field, value: beneficiaries.reveal(record, field) } : problem(404, 'request.refusal.unknown');
    },
  });

function shown({ beneficiaries }: RequestCallsContext, record: BeneficiaryRecord): z.infer<typeof beneficiary> {
  const masked = (field: SealedField): string => beneficiaries.masked(record, field);
  return {
    id: record._id,
    name: masked('name'),
    nationalId: masked('nationalId'),
    mobile: masked('mobile'),
    since: isoOf(record.at),
    channels: [...new Set(record.contacts.map(({ channelId }) => channelId))],
  };
}
