import { z } from 'zod';
import { decide } from '../../requests/decisions.js';
import { overrideMinimum, releaseSitting } from '../../requests/release.js';
import type { CommitteeContext } from '../../requests/sitting-change.js';
import { decisions } from '../../requests/sitting-record.js';
import { closeSitting } from '../../requests/sittings.js';
import { requestSummary, summaryOf } from '../requests/summary.js';
import { defineCall, type Call } from '../route.js';
import { overrideRefused, refused } from './refusals.js';
import { detailsOf, sittingDetails } from './shapes.js';
import { byId, reason, reference } from './sittings.js';

/** What a sitting decides, until its outcomes are released. */
export const decisionCalls = (context: CommitteeContext): Call[] => [
  decideCall(context),
  closeCall(context),
  releaseCall(context),
  overrideCall(context),
];

const decideCall = (context: CommitteeContext): Call =>
  defineCall({
    method: 'post',
    path: '/sittings/{id}/decisions',
    summary: 'Record the decision on one request; it takes the place of an earlier one',
    roles: ['committee'],
    params: byId,
    body: z.strictObject({ reference, decision: z.enum(decisions), reason }),
    answer: sittingDetails,
    problems: [404, 409, 422],
    audit: { action: 'decision_recorded', about: ({ body }) => body.reference },
    async handle({ params, body, account }) {
      const decided = await decide(context, params.id, { ...body, by: account._id });
      return decided.type === 'changed' ? detailsOf(context, decided.sitting) : refused(decided);
    },
  });

const closeCall = (context: CommitteeContext): Call =>
  defineCall({
    method: 'post',
    path: '/sittings/{id}/close',
    summary: 'Close a sitting in which everything was decided; nothing of it changes any more',
    roles: ['committee', 'admin'],
    params: byId,
    body: z.strictObject({}),
    answer: sittingDetails,
    problems: [404, 409],
    audit: { action: 'sitting_closed', about: ({ params }) => params.id },
    async handle({ params, account }) {
      const closed = await closeSitting(context, params.id, account._id);
      return closed.type === 'changed' ? detailsOf(context, closed.sitting) : refused(closed);
    },
  });

const releaseCall = (context: CommitteeContext): Call =>
  defineCall({
    method: 'post',
    path: '/sittings/{id}/release',
    summary: 'Release what a closed sitting decided; somebody else than who closed it. Outcomes wait for their day',
    roles: ['committee', 'admin'],
    params: byId,
    body: z.strictObject({}),
    answer: sittingDetails,
    problems: [404, 409],
    audit: { action: 'sitting_released', about: ({ params }) => params.id },
    async handle({ params, account }) {
      const released = await releaseSitting(context, params.id, account._id);
      return released.type === 'changed' ? detailsOf(context, released.sitting) : refused(released);
    },
  });

const overrideCall = (context: CommitteeContext): Call =>
  defineCall({
    method: 'post',
    path: '/requests/{reference}/override',
    summary: 'Tell a released outcome now, before its day, with a reason that is kept',
    roles: ['admin'],
    params: z.strictObject({ reference }),
    body: z.strictObject({ reason }),
    answer: requestSummary,
    problems: [404, 409, 422],
    audit: {
      action: 'minimum_overridden',
      about: ({ params }) => params.reference,
      reason: ({ body }) => body.reason,
    },
    async handle({ params, body, account }) {
      const changed = await overrideMinimum(context, params.reference, { ...body, by: account._id });
      if (changed.type !== 'changed' && changed.type !== 'repeated') return overrideRefused(changed);
      return summaryOf(context.seal, changed.record, context.clock.now());
    },
  });
