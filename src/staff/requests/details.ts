import { z } from 'zod';
import { masked } from '../../conversation/mask.js';
import { stepType } from '../../conversation/steps/index.js';
import type { Form } from '../../flows/schema.js';
import { messageId } from '../../mailbox/record.js';
import { answersOf, codeOf, lastDeclaration } from '../../requests/declaration.js';
import { statuses } from '../../requests/lifecycle.js';
import type { DocumentRecord, RequestRecord } from '../../requests/record.js';
import { movesFor, type Actor } from '../../requests/staff.js';
import { fields, isoOf } from '../fields.js';
import type { RequestCallsContext } from './context.js';
import { requestSummary, summaryOf } from './summary.js';

const paper = z
  .object({
    id: z.string(),
    paper: z.string(),
    name: z.string(),
    contentType: z.string(),
    size: z.int().meta({ description: 'Bytes' }),
    at: fields.time,
    check: z
      .object({
        verdict: z.enum(['accepted', 'rejected']),
        reason: z.string().nullable(),
        expires: z.string().nullable(),
        by: z.string(),
        at: fields.time,
      })
      .nullable(),
  })
  .meta({ id: 'Document' });

/** Everything that staff may see of one request; what is sensitive is masked. */
export const requestDetails = requestSummary
  .extend({
    beneficiary: z.string(),
    channel: z.string(),
    locale: z.enum(['ar', 'en']),
    form: z.object({ id: z.string(), version: z.int() }),
    moves: z.array(z.enum(statuses)).meta({ description: 'Where you may move it now' }),
    reason: z.string().nullable(),
    answers: z.array(z.object({ ask: z.string(), label: z.string(), value: z.string(), sensitive: z.boolean() })),
    declaration: z
      .object({
        at: fields.time,
        statementVersion: z.int(),
        statementHash: z.string(),
        answersHash: z.string(),
        answersUnchanged: z.boolean(),
        statementUnchanged: z.boolean(),
        code: z.string().meta({ description: 'With the reference it opens the public check' }),
        signed: z.int().meta({ description: 'How often the applicant has signed' }),
      })
      .nullable(),
    papers: z.array(z.string()),
    documents: z.array(paper),
    events: z.array(
      z.object({
        id: z.string(),
        at: fields.time,
        by: z.string(),
        type: z.string(),
        from: z.string().nullable(),
        to: z.string().nullable(),
        reason: z.string().nullable(),
        about: z.string().nullable(),
      }),
    ),
    told: z.array(
      z.object({
        at: fields.time,
        text: z.string(),
        delivery: z.enum(['waiting', 'sent', 'delivered', 'read', 'failed']),
        problem: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'Request' });

type Details = z.infer<typeof requestDetails>;

export async function detailsOf(
  calls: RequestCallsContext,
  record: RequestRecord,
  { actor, locale }: { actor: Actor; locale: 'ar' | 'en' },
): Promise<Details> {
  const { context } = calls;
  return {
    ...summaryOf(record, context.clock.now()),
    beneficiary: record.beneficiary,
    channel: record.address.channelId,
    locale: record.locale,
    form: record.form,
    moves: movesFor(record, actor),
    reason: record.reason,
    answers: answersShown(calls, record, locale),
    declaration: declarationShown(calls, record),
    papers: record.papers,
    documents: record.documents.map(documentShown),
    events: record.events.map(({ id, at, by, type, from, to, reason, about }) => ({
      id,
      at: isoOf(at),
      by,
      type,
      from: from ?? null,
      to: to ?? null,
      reason: reason ?? null,
      about: about ?? null,
    })),
    told: await told(calls, record),
  };
}

/** In the order of the form, as the applicant's own summary shows them. */
function answersShown({ assets, context }: RequestCallsContext, record: RequestRecord, locale: 'ar' | 'en') {
  const form: Form | undefined = assets.forms.get(record.form.id);
  const answers = answersOf(context.seal, record);
  return (form?.steps ?? []).flatMap((step) => {
    const value = answers[step.ask];
    if (value === undefined) return [];
    const show = stepType(assets.steps, step).show;
    const text = show
      ? show(step, value, { assets, locale })
      : typeof value === 'string'
        ? value
        : JSON.stringify(value);
    // A type that masks by itself shows what it may.
    const shown = step.sensitive && !show ? masked(text) : text;
    return [{ ask: step.ask, label: step.label?.[locale] ?? step.ask, value: shown, sensitive: step.sensitive }];
  });
}

function declarationShown({ context: { seal } }: RequestCallsContext, record: RequestRecord): Details['declaration'] {
  const declaration = lastDeclaration(seal, record);
  const last = record.declarations.at(-1);
  if (!declaration || !last) return null;
  const { statement: _statement, name: _name, at, ...rest } = declaration;
  return { ...rest, at: isoOf(at), code: codeOf(seal, record.reference, last), signed: record.declarations.length };
}

const documentShown = ({ at, check, ...document }: DocumentRecord): Details['documents'][number] => ({
  ...document,
  at: isoOf(at),
  check: check && {
    verdict: check.verdict,
    reason: check.reason ?? null,
    expires: check.expires ?? null,
    by: check.by,
    at: isoOf(check.at),
  },
});

/** What was said to the applicant about this request: its notices, as the transcript has them, and those that wait. */
async function told({ messages }: RequestCallsContext, record: RequestRecord): Promise<Details['told']> {
  const ids = record.events.map(({ id }) => messageId(record.conversation, id));
  const said = await messages.find({ _id: { $in: ids } });
  const lines = said
    .toSorted((a, b) => a.at - b.at)
    .map(({ at, activity, delivery }) => ({
      at: isoOf(at),
      text: activity.type === 'message' ? (activity.text ?? '') : '',
      delivery: delivery?.status ?? ('sent' as const),
      problem: delivery?.status === 'failed' ? delivery.kind : null,
    }));
  const waiting = record.notices.map(({ activity, notBefore }) => ({
    at: isoOf(Math.max(notBefore, Date.parse(activity.timestamp))),
    text: activity.type === 'message' ? (activity.text ?? '') : '',
    delivery: 'waiting' as const,
    problem: null,
  }));
  return [...lines, ...waiting];
}
