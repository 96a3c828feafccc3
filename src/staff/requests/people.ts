import { z } from 'zod';
import type { BeneficiaryRecord, SealedField } from '../../people/beneficiaries.js';
import { sealedFields } from '../../people/beneficiaries.js';
import type { ContactRecord } from '../../people/contacts.js';
import { linkByStaff, unlinkByStaff } from '../../requests/linking.js';
import { fields, isoOf } from '../fields.js';
import { listOf, pageQuery, readPage } from '../list.js';
import { problem } from '../problem.js';
import { defineCall, noContent, type Call } from '../route.js';
import type { RequestCallsContext } from './context.js';
import { requestSummary, summaryOf } from './summary.js';

const handlers = ['officer', 'researcher', 'admin'] as const;
const byId = z.strictObject({ id: fields.id });
const chatAndReason = z.strictObject({
  conversation: z.string().min(3).max(300),
  reason: z.string().trim().min(3).max(500),
});

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

/** Sample: `{"conversation": "telegram/77", "channel": "telegram", "since": "…", "proof": "code"}` */
const chat = z
  .object({
    conversation: z.string().meta({ description: 'For `unlink`' }),
    channel: z.string(),
    since: fields.time,
    proof: z.enum(['applied', 'code', 'shared_contact', 'staff']).meta({
      description: 'Why it is taken for theirs: applied in it first, a code, their own number, or staff said so',
    }),
  })
  .meta({ id: 'Chat' });

const withRequests = beneficiary
  .extend({ chats: z.array(chat), requests: z.array(requestSummary) })
  .meta({ id: 'BeneficiaryWithRequests' });

/** What staff see of the people behind the requests. */
export const peopleCalls = (calls: RequestCallsContext): Call[] => [
  listPeople(calls),
  readPerson(calls),
  revealField(calls),
  linkChat(calls),
  unlinkChat(calls),
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
      const chats = await calls.contacts.ofPeople(page.items.map(({ _id }) => _id));
      const own = ({ _id }: BeneficiaryRecord) => chats.filter(({ beneficiary: person }) => person === _id);
      return { ...page, items: page.items.map((record) => shown(calls, record, own(record))) };
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
      const { requests, clock, seal } = calls.context;
      const own = await requests.find(
        { beneficiary: id, submittedAt: { $gt: 0 } },
        { sort: { submittedAt: -1 }, limit: 100 },
      );
      const chats = await calls.contacts.ofPerson(id);
      return {
        ...shown(calls, record, chats),
        chats: chats.map(chatShown),
        requests: own.map((request) => summaryOf(seal, request, clock.now())),
      };
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

const linkChat = ({ context }: RequestCallsContext): Call =>
  defineCall({
    method: 'post',
    path: '/beneficiaries/{id}/link',
    summary: 'Say that a chat in which they have applied is theirs, once their papers were seen',
    roles: handlers,
    params: byId,
    body: chatAndReason,
    answer: noContent,
    problems: [404, 409],
    audit: { action: 'chat_linked', about: ({ params }) => params.id, reason: ({ body }) => body.reason },
    async handle({ params: { id }, body: { conversation }, account }) {
      const linked = await linkByStaff(context, { conversation, beneficiary: id, by: account._id });
      if (linked === 'unknown') return problem(404, 'request.refusal.unknown');
      return linked === 'taken' ? problem(409, 'request.refusal.chatTaken') : undefined;
    },
  });

const unlinkChat = ({ context }: RequestCallsContext): Call =>
  defineCall({
    method: 'post',
    path: '/beneficiaries/{id}/unlink',
    summary: 'Let go a chat that is not theirs (any more); it is told nothing from then on',
    roles: handlers,
    params: byId,
    body: chatAndReason,
    answer: noContent,
    problems: [404],
    audit: { action: 'chat_unlinked', about: ({ params }) => params.id, reason: ({ body }) => body.reason },
    async handle({ params: { id }, body: { conversation }, account }) {
      const done = await unlinkByStaff(context, { conversation, beneficiary: id, by: account._id });
      return done ? undefined : problem(404, 'request.refusal.unknown');
    },
  });

const chatShown = ({ _id, address, at, how }: ContactRecord): z.infer<typeof chat> => ({
  conversation: _id,
  channel: address.channelId,
  since: isoOf(at),
  proof: how,
});

function shown(
  { beneficiaries }: RequestCallsContext,
  record: BeneficiaryRecord,
  chats: readonly ContactRecord[],
): z.infer<typeof beneficiary> {
  const masked = (field: SealedField): string => beneficiaries.masked(record, field);
  return {
    id: record._id,
    name: masked('name'),
    nationalId: masked('nationalId'),
    mobile: masked('mobile'),
    since: isoOf(record.at),
    channels: [...new Set(chats.map(({ address }) => address.channelId))],
  };
}
