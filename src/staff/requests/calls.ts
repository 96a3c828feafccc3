import { Readable } from 'node:stream';
import { z } from 'zod';
import { readReference } from '../../core/reference.js';
import { latinDigits } from '../../language/normalise.js';
import { readPhone } from '../../language/phone.js';
import { statuses } from '../../requests/lifecycle.js';
import type { RequestRecord } from '../../requests/record.js';
import { checkDocument, move } from '../../requests/staff.js';
import { fields } from '../fields.js';
import { listOf, pageQuery, readPage } from '../list.js';
import { problem, type Problem } from '../problem.js';
import { revealCall } from '../reveal.js';
import { defineCall, type Call } from '../route.js';
import type { AccountRecord } from '../account.js';
import type { RequestCallsContext } from './context.js';
import { detailsOf, requestDetails } from './details.js';
import { requestSummary, summaryOf } from './summary.js';

const everybody = ['officer', 'researcher', 'committee', 'admin'] as const;
const handlers = ['officer', 'researcher', 'admin'] as const;
const byReference = z.strictObject({ reference: fields.reference });
const reason = z.string().trim().max(2000);

/** What staff do with support requests. */
export const requestCalls = (calls: RequestCallsContext): Call[] => [
  listRequests(calls),
  readRequest(calls),
  revealCall({
    records: 'requests',
    by: 'reference',
    key: fields.reference,
    roles: everybody,
    action: 'answer_revealed',
    find: (reference) => calls.context.requests.findOne({ reference }),
    seal: calls.context.seal,
  }),
  moveRequest(calls),
  checkPaper(calls),
  openPaper(calls),
];

const listRequests = ({ context, beneficiaries }: RequestCallsContext): Call =>
  defineCall({
    method: 'get',
    path: '/requests',
    summary: 'Support requests, the newest first; `q` is a reference, a national ID or a mobile number',
    roles: everybody,
    query: z.strictObject({
      status: z.enum(statuses).optional(),
      q: z.string().trim().min(1).max(100).optional(),
      ...pageQuery,
    }),
    answer: listOf(requestSummary),
    async handle({ query: { status, q, ...page } }) {
      const now = context.clock.now();
      if (q !== undefined) {
        const found = await search(context, beneficiaries, q);
        const items = found.filter((record) => status === undefined || record.status === status);
        return { items: items.map((record) => summaryOf(context.seal, record, now)), total: items.length, next: null };
      }
      const filter = { submittedAt: { $gt: 0 }, ...(status === undefined ? {} : { status }) };
      const found = await readPage(context.requests, { filter, order: 'submittedAt', newestFirst: true, ...page });
      return { ...found, items: found.items.map((record) => summaryOf(context.seal, record, now)) };
    },
  });

async function search(
  { requests, organisation }: RequestCallsContext['context'],
  beneficiaries: RequestCallsContext['beneficiaries'],
  q: string,
): Promise<RequestRecord[]> {
  const reference = readReference(q, organisation.prefix);
  const own = reference === undefined ? [] : await requests.find({ reference });
  if (own.length > 0) return own;
  const digits = latinDigits(q).replace(/\D/g, '');
  const mobile = readPhone(q);
  const people = [
    ...(digits.length === 10 ? await beneficiaries.find({ nationalId: digits }) : []),
    ...(mobile.type === 'mobile' ? await beneficiaries.find({ mobile: mobile.phone }) : []),
  ];
  const found = await Promise.all(
    people.map(({ _id }) =>
      requests.find({ beneficiary: _id, submittedAt: { $gt: 0 } }, { sort: { submittedAt: -1 }, limit: 50 }),
    ),
  );
  return found.flat();
}

const readRequest = (calls: RequestCallsContext): Call =>
  defineCall({
    method: 'get',
    path: '/requests/{reference}',
    summary: 'One request: answers (sealed ones masked), papers, events, and what the applicant was told',
    roles: everybody,
    params: byReference,
    answer: requestDetails,
    problems: [404],
    audit: { action: 'request_seen', about: ({ params }) => params.reference },
    async handle({ params, account, request }) {
      const record = await calls.context.requests.findOne(params);
      return record ? detailsOf(calls, record, { actor: actorOf(account), locale: request.locale }) : unknown();
    },
  });

const moveRequest = (calls: RequestCallsContext): Call =>
  defineCall({
    method: 'post',
    path: '/requests/{reference}/moves',
    summary: 'Move a request; 409 says which moves are possible',
    roles: handlers,
    params: byReference,
    body: z.strictObject({ to: z.enum(statuses), reason: reason.optional() }),
    answer: requestDetails,
    problems: [404, 409, 422],
    audit: { action: 'request_moved', about: ({ params }) => params.reference },
    async handle({ params, body: { to, reason: why }, account, request }) {
      const by = actorOf(account);
      const moved = await move(calls.context, params.reference, {
        to,
        by,
        ...(why === undefined ? {} : { reason: why }),
      });
      switch (moved.type) {
        case 'unknown':
          return unknown();
        case 'impossible':
          return problem(409, 'request.refusal.impossible', { from: moved.from, possible: moved.possible });
        case 'reason_missing':
          return problem(422, 'request.refusal.reasonMissing');
        case 'papers_missing':
          return problem(409, 'request.refusal.papersMissing', { papers: moved.papers });
        case 'unsigned':
          return problem(409, moved.signed ? 'request.refusal.unsigned' : 'request.refusal.notSigned');
        case 'changed':
        case 'repeated':
          return detailsOf(calls, moved.record, { actor: by, locale: request.locale });
        default:
          return moved satisfies never;
      }
    },
  });

const checkPaper = (calls: RequestCallsContext): Call =>
  defineCall({
    method: 'post',
    path: '/requests/{reference}/documents/{id}/check',
    summary: 'Accept a paper, until a day if it expires, or send it back with a reason',
    roles: handlers,
    params: byReference.extend({ id: fields.id }),
    body: z.strictObject({
      verdict: z.enum(['accepted', 'rejected']),
      reason: reason.optional(),
      expires: fields.day.optional(),
    }),
    answer: requestDetails,
    problems: [404, 422],
    audit: { action: 'paper_checked', about: ({ params }) => params.reference },
    async handle({ params: { reference, id }, body, account, request }) {
      const by = actorOf(account);
      const { reason: why, expires, verdict } = body;
      const checked = await checkDocument(
        calls.context,
        { reference, document: id },
        { verdict, by, ...(why === undefined ? {} : { reason: why }), ...(expires === undefined ? {} : { expires }) },
      );
      if (checked.type === 'unknown' || checked.type === 'no_document') return unknown();
      if (checked.type === 'reason_missing') return problem(422, 'request.refusal.reasonMissing');
      return detailsOf(calls, checked.record, { actor: by, locale: request.locale });
    },
  });

const openPaper = ({ context, files }: RequestCallsContext): Call =>
  defineCall({
    method: 'get',
    path: '/requests/{reference}/documents/{id}',
    summary: 'The file of a paper, as a download',
    roles: everybody,
    params: byReference.extend({ id: fields.id }),
    answer: { contentType: 'application/octet-stream' },
    problems: [404],
    audit: { action: 'paper_opened', about: ({ params }) => params.reference },
    async handle({ params: { reference, id } }) {
      const record = await context.requests.findOne({ reference });
      const paper = record?.documents.find((one) => one.id === id);
      const opened = paper && (await files.open(paper.id));
      if (!opened) return unknown();
      return { content: Readable.from(opened.content), contentType: paper.contentType, name: paper.name };
    },
  });

const unknown = (): Problem => problem(404, 'request.refusal.unknown');

const actorOf = ({ _id, roles }: AccountRecord) => ({ account: _id, roles });
