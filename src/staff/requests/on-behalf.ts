import { Readable } from 'node:stream';
import { z } from 'zod';
import { readAnswers } from '../../conversation/form/read-answers.js';
import { wordedFor } from '../../conversation/form/running.js';
import { fill } from '../../conversation/variables.js';
import { derivedId } from '../../core/ids.js';
import type { Form } from '../../flows/schema.js';
import { encounterKinds } from '../../people/encounters.js';
import { addPaperByStaff, openByStaff, signByScan } from '../../requests/by-staff.js';
import { answersOf } from '../../core/sealed-answers.js';
import { representativeIn } from '../../requests/on-behalf.js';
import type { RequestRecord } from '../../requests/record.js';
import { fields } from '../fields.js';
import { isProblem, problem, type Problem } from '../problem.js';
import { defineCall, type Call } from '../route.js';
import type { RequestCallsContext } from './context.js';
import { detailsOf, requestDetails } from './details.js';
import { refuseDoor } from './doors.js';
import { keepFile } from './uploads.js';

const handlers = ['officer', 'researcher', 'admin'] as const;
const byReference = z.strictObject({ reference: fields.reference });
const fileName = z.string().trim().min(1).max(200).default('scan');

/** What staff do for somebody who does not do it in a chat. */
export const onBehalfCalls = (calls: RequestCallsContext): Call[] => [
  openRequest(calls),
  uploadSignature(calls),
  openSignature(calls),
  uploadPaper(calls),
];

const openRequest = (calls: RequestCallsContext): Call =>
  defineCall({
    method: 'post',
    path: '/requests',
    summary: 'Write down a request for somebody, unsigned; 422 says which answers the form does not take',
    roles: handlers,
    body: z.strictObject({
      id: z.string().min(8).max(100).optional().meta({ description: 'Yours: what is sent twice under it is one' }),
      form: fields.id.optional().meta({ description: 'The form that opens requests, unless there are several' }),
      channel: z.enum(encounterKinds),
      beneficiary: fields.id.optional().meta({ description: 'Gives fullName, nationalId and mobile' }),
      answers: z
        .record(z.string().max(60), z.union([z.string().max(4000), z.number(), z.boolean()]))
        .meta({ description: 'By the `ask` of the form’s steps; `mobile` may be left out; papers come later' }),
      locale: fields.locale.default('ar').meta({ description: 'In which the person is written to' }),
    }),
    answer: requestDetails,
    problems: [404, 422],
    audit: { action: 'request_opened', about: (_input, answer) => answer?.reference ?? null },
    async handle({ body, account, request }) {
      const refused = refuseDoor(calls, body.channel);
      if (refused) return refused;
      const form = formOf(calls, body.form);
      const known = await knownAnswers(calls, body.beneficiary);
      if (!form || !known) return problem(404, 'request.refusal.unknown');
      const now = calls.context.clock.now();
      const written = {
        form,
        answers: { ...body.answers, ...known },
        locale: request.locale,
        now,
        mayLack: ['mobile'],
      };
      const read = readAnswers(calls.assets, written);
      if (read.type === 'refused') {
        const errors = read.problems.map(({ ask, text }) => ({ path: `answers.${ask}`, detail: text }));
        return problem(422, 'staff.invalid', { errors });
      }
      const record = await openByStaff(calls.context, {
        id: body.id === undefined ? calls.context.ids.uuid() : derivedId('written down', body.id),
        form,
        answers: read.answers,
        locale: body.locale,
        opened: { by: account._id, via: body.channel },
      });
      return detailsOf(calls, record, { actor: actorOf(account), locale: request.locale });
    },
  });

function formOf({ assets }: RequestCallsContext, id: string | undefined): Form | undefined {
  const forms = [...assets.forms.values()].filter(({ opens }) => opens === 'request');
  return id === undefined ? forms[0] : forms.find((form) => form.id === id);
}

/** What is known of a beneficiary, as the form asks for it; undefined when there is no such person. */
async function knownAnswers(
  { beneficiaries }: RequestCallsContext,
  id: string | undefined,
): Promise<Record<string, string> | undefined> {
  if (id === undefined) return {};
  const [person] = await beneficiaries.find({ id });
  if (!person) return undefined;
  const mobile = beneficiaries.reveal(person, 'mobile');
  return {
    nationalId: beneficiaries.reveal(person, 'nationalId'),
    fullName: beneficiaries.reveal(person, 'name'),
    ...(mobile === '' ? {} : { mobile }),
  };
}

const uploadSignature = (calls: RequestCallsContext): Call =>
  defineCall({
    method: 'post',
    path: '/requests/{reference}/signature',
    summary: 'The scan of the declaration that the person has signed on paper: the file is the body',
    roles: handlers,
    params: byReference,
    query: z.strictObject({ name: fileName }),
    body: 'file',
    answer: requestDetails,
    problems: [404, 409, 422],
    audit: { action: 'signature_uploaded', about: ({ params }) => params.reference },
    async handle({ params: { reference }, query, body, account, request }) {
      const record = await calls.context.requests.findOne({ reference });
      if (!record) return problem(404, 'request.refusal.unknown');
      const signed = signedWords(calls, record);
      if (!signed) return problem(409, 'request.refusal.otherForm');
      const kept = await keepFile(calls.files, body, query.name);
      if (isProblem(kept)) return kept;
      const { file, sha256 } = kept;
      const done = await signByScan(calls.context, reference, { ...signed, file: file.id, sha256, by: account._id });
      if (done.type === 'not_awaited') return problem(409, 'request.refusal.signedAlready');
      if (done.type === 'unknown') return problem(404, 'request.refusal.unknown');
      return detailsOf(calls, done.record, { actor: actorOf(account), locale: request.locale });
    },
  });

/** The statement that stands on the paper, in the person's language; undefined when its form has changed since. */
function signedWords({ assets, context }: RequestCallsContext, record: RequestRecord) {
  const form = assets.forms.get(record.form.id);
  const found = form?.version === record.form.version && form.steps.find(({ type }) => type === 'declaration');
  if (!found) return undefined;
  const answers = answersOf(context.seal, record);
  const step = wordedFor(found, { ...assets.facts, answers });
  if (step.type !== 'declaration') return undefined;
  const { locale, submittedAt } = record;
  return {
    statement: fill(step.statement[locale], assets.variables(locale, submittedAt), locale),
    statementVersion: step.statementVersion,
    name: representativeIn(answers)?.name ?? String(answers['fullName']),
  };
}

const openSignature = ({ context, files }: RequestCallsContext): Call =>
  defineCall({
    method: 'get',
    path: '/requests/{reference}/signature',
    summary: 'The scan of the signed declaration, as a download',
    roles: ['officer', 'researcher', 'committee', 'admin'],
    params: byReference,
    answer: { contentType: 'application/octet-stream' },
    problems: [404],
    audit: { action: 'signature_opened', about: ({ params }) => params.reference },
    async handle({ params: { reference } }) {
      const scan = (await context.requests.findOne({ reference }))?.declarations.at(-1)?.scan;
      const opened = scan && (await files.open(scan.file));
      if (!opened) return problem(404, 'request.refusal.unknown');
      const { name, contentType } = opened.file;
      return { content: Readable.from(opened.content), contentType, name };
    },
  });

const uploadPaper = (calls: RequestCallsContext): Call =>
  defineCall({
    method: 'post',
    path: '/requests/{reference}/documents',
    summary: 'A paper that the person brought or sent by post: the file is the body',
    roles: handlers,
    params: byReference,
    query: z.strictObject({ paper: fields.id, name: fileName }),
    body: 'file',
    answer: requestDetails,
    problems: [404, 409, 422],
    audit: { action: 'paper_uploaded', about: ({ params }) => params.reference },
    async handle({
      params: { reference },
      query: { paper, name },
      body,
      account,
      request,
    }): Promise<Answered | Problem> {
      const record = await calls.context.requests.findOne({ reference });
      if (!record || !calls.assets.papers.has(paper)) return problem(404, 'request.refusal.unknown');
      const kept = await keepFile(calls.files, body, name);
      if (isProblem(kept)) return kept;
      const done = await addPaperByStaff(calls.context, reference, { ...kept, paper, by: account._id });
      if (done.type === 'not_awaited') return problem(409, 'request.refusal.noPapersNow');
      if (done.type === 'unknown') return problem(404, 'request.refusal.unknown');
      return detailsOf(calls, done.record, { actor: actorOf(account), locale: request.locale });
    },
  });

type Answered = z.infer<typeof requestDetails>;

const actorOf = ({ _id, roles }: { _id: string; roles: Parameters<typeof detailsOf>[2]['actor']['roles'] }) => ({
  account: _id,
  roles,
});
