import { z } from 'zod';
import type { Assets } from '../../conversation/assets.js';
import type { InquiriesContext } from '../../inquiries/context.js';
import type { SubmissionRecord } from '../../inquiries/record.js';
import { answersOf } from '../../core/sealed-answers.js';
import { answerShown, answersShown } from '../answers.js';
import { fields, isoOf } from '../fields.js';
import { listOf, pageQuery, readPage } from '../list.js';
import { problem, type Problem } from '../problem.js';
import { revealCall } from '../reveal.js';
import { defineCall, type Call } from '../route.js';

export interface SubmissionCallsContext {
  context: InquiriesContext;
  assets: Assets;
}

const handlers = ['officer', 'researcher', 'admin'] as const;
const byId = z.strictObject({ id: fields.id });

/** Sample: `{"id": "…", "reference": "MSG-7K3Q-9", "form": "complaint", "label": "أقدّم شكوى", "status": "open", "anonymous": true, …}` */
const submission = z
  .object({
    id: z.string(),
    reference: z.string(),
    form: z.string(),
    label: z.string().meta({ description: 'What the form is called' }),
    version: z.int(),
    status: z.enum(['open', 'done']),
    at: fields.time.meta({ description: 'Of one without a name only the day' }),
    locale: z.enum(['ar', 'en']),
    anonymous: z.boolean(),
  })
  .meta({ id: 'Submission' });

const withAnswers = submission
  .extend({
    conversation: z.string().nullable(),
    channel: z.string().nullable(),
    answers: z.array(answerShown),
  })
  .meta({ id: 'SubmissionWithAnswers' });

/** What staff do with suggestions, complaints, volunteers and those who want to be called. */
export const submissionCalls = (calls: SubmissionCallsContext): Call[] => [
  listSubmissions(calls),
  readSubmission(calls),
  revealCall({
    records: 'submissions',
    by: 'id',
    key: fields.id,
    roles: handlers,
    action: 'submission_revealed',
    find: (_id) => calls.context.submissions.findOne({ _id }),
    seal: calls.context.seal,
  }),
  closeSubmission(calls),
];

const listSubmissions = (calls: SubmissionCallsContext): Call =>
  defineCall({
    method: 'get',
    path: '/submissions',
    summary: 'Completed forms, the newest first: suggestions, complaints, volunteers, calls that are asked for',
    roles: handlers,
    query: z.strictObject({ form: fields.id.optional(), status: z.enum(['open', 'done']).optional(), ...pageQuery }),
    answer: listOf(submission),
    async handle({ query: { form, status, ...page }, request: { locale } }) {
      const filter = {
        at: { $gt: 0 },
        ...(form === undefined ? {} : { form }),
        ...(status === undefined ? {} : { status }),
      };
      const found = await readPage(calls.context.submissions, { filter, order: 'at', newestFirst: true, ...page });
      return { ...found, items: found.items.map((record) => shown(calls, record, locale)) };
    },
  });

const readSubmission = (calls: SubmissionCallsContext): Call =>
  defineCall({
    method: 'get',
    path: '/submissions/{id}',
    summary: 'One completed form with its answers; what is sensitive is masked',
    roles: handlers,
    params: byId,
    answer: withAnswers,
    problems: [404],
    audit: { action: 'submission_seen', about: ({ params }) => params.id },
    async handle({ params: { id }, request: { locale } }) {
      const record = await calls.context.submissions.findOne({ _id: id });
      return record ? whole(calls, record, locale) : unknown();
    },
  });

const closeSubmission = (calls: SubmissionCallsContext): Call =>
  defineCall({
    method: 'post',
    path: '/submissions/{id}/done',
    summary: 'Say that it is dealt with',
    roles: handlers,
    params: byId,
    body: z.strictObject({}),
    answer: withAnswers,
    problems: [404],
    audit: { action: 'submission_done', about: ({ params }) => params.id },
    async handle({ params: { id }, request: { locale } }) {
      const record = await calls.context.submissions.findOneAndUpdate({ _id: id }, { $set: { status: 'done' } });
      return record ? whole(calls, record, locale) : unknown();
    },
  });

const unknown = (): Problem => problem(404, 'request.refusal.unknown');

const shown = (
  { assets }: SubmissionCallsContext,
  { _id, reference, form, version, status, at, locale, conversation }: SubmissionRecord,
  readIn: 'ar' | 'en',
): z.infer<typeof submission> => ({
  id: _id,
  reference,
  form,
  label: assets.forms.get(form)?.label[readIn] ?? form,
  version,
  status,
  at: isoOf(at),
  locale,
  anonymous: conversation === null,
});

function whole(
  calls: SubmissionCallsContext,
  record: SubmissionRecord,
  locale: 'ar' | 'en',
): z.infer<typeof withAnswers> {
  const answers = answersOf(calls.context.seal, record);
  return {
    ...shown(calls, record, locale),
    conversation: record.conversation,
    channel: record.channelId,
    answers: answersShown(calls.assets, record.form, { answers, locale }),
  };
}
