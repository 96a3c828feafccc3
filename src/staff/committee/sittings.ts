import { z } from 'zod';
import { amendSitting } from '../../requests/attendance.js';
import type { CommitteeContext } from '../../requests/sitting-change.js';
import { createSitting } from '../../requests/sittings.js';
import { fields } from '../fields.js';
import { listOf, pageQuery, readPage } from '../list.js';
import { defineCall, type Call } from '../route.js';
import { refused, unfit } from './refusals.js';
import { detailsOf, sittingDetails, sittingSummary, summaryOf } from './shapes.js';

export const everybody = ['officer', 'researcher', 'committee', 'admin'] as const;
export const byId = z.strictObject({ id: fields.id });
export const reference = z.string().trim().min(3).max(40);
export const reason = z.string().trim().max(2000);

/** Sittings of the committee: who meets when, about what. */
export const sittingCalls = (context: CommitteeContext): Call[] => [
  createCall(context),
  listCall(context),
  readCall(context),
  amendCall(context),
];

const createCall = (context: CommitteeContext): Call =>
  defineCall({
    method: 'post',
    path: '/sittings',
    summary: 'Convene a sitting; `members` are accounts, `requests` references that are before the committee',
    roles: ['officer', 'committee', 'admin'],
    body: z.strictObject({
      date: fields.day,
      members: z.array(fields.id).max(50),
      requests: z.array(reference).max(500),
    }),
    status: 201,
    answer: sittingDetails,
    problems: [422],
    audit: { action: 'sitting_created', about: (_input, answer) => answer?.id ?? null },
    async handle({ body, account, request }) {
      const created = await createSitting(context, { ...body, by: account._id });
      if (created.type === 'unfit') return unfit(context, created, request.locale);
      return detailsOf(context, created.sitting);
    },
  });

const listCall = ({ sittings }: CommitteeContext): Call =>
  defineCall({
    method: 'get',
    path: '/sittings',
    summary: 'Sittings, the newest first',
    roles: everybody,
    query: z.strictObject(pageQuery),
    answer: listOf(sittingSummary),
    async handle({ query }) {
      const filter = { number: { $gte: 1 } };
      const page = await readPage(sittings, { filter, order: 'number', newestFirst: true, ...query });
      return { ...page, items: page.items.map(summaryOf) };
    },
  });

const readCall = (context: CommitteeContext): Call =>
  defineCall({
    method: 'get',
    path: '/sittings/{id}',
    summary: 'One sitting with members, recusals and decisions',
    roles: everybody,
    params: byId,
    answer: sittingDetails,
    problems: [404],
    async handle({ params }) {
      const sitting = await context.sittings.findOne({ _id: params.id });
      return sitting ? detailsOf(context, sitting) : refused({ type: 'unknown' });
    },
  });

const amendCall = (context: CommitteeContext): Call =>
  defineCall({
    method: 'patch',
    path: '/sittings/{id}',
    summary: 'Who is present, and who has no say about what; each list replaces the one before',
    roles: ['committee', 'admin'],
    params: byId,
    body: z.strictObject({
      date: fields.day.optional(),
      members: z
        .array(z.strictObject({ account: fields.id, present: z.boolean() }))
        .max(50)
        .optional(),
      recusals: z
        .array(z.strictObject({ reference, account: fields.id, reason: reason.min(3) }))
        .max(500)
        .optional(),
    }),
    answer: sittingDetails,
    problems: [404, 409, 422],
    audit: { action: 'sitting_amended', about: ({ params }) => params.id },
    async handle({ params, body: { date, members, recusals }, account, request }) {
      const amended = await amendSitting(context, params.id, {
        ...(date === undefined ? {} : { date }),
        ...(members === undefined ? {} : { members }),
        ...(recusals === undefined ? {} : { recusals }),
        by: account._id,
      });
      if (amended.type === 'unfit') return unfit(context, amended, request.locale);
      return amended.type === 'changed' ? detailsOf(context, amended.sitting) : refused(amended);
    },
  });
