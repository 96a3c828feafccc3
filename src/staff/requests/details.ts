import { z } from 'zod';
import { isMessage, type Activity } from '../../core/activity.js';
import { derivedId } from '../../core/ids.js';
import { messageId } from '../../mailbox/record.js';
import { answersOf } from '../../core/sealed-answers.js';
import { codeOf, lastDeclaration } from '../../requests/declaration.js';
import { statuses } from '../../requests/lifecycle.js';
import type { DocumentRecord, RequestRecord } from '../../requests/record.js';
import { movesFor, type Actor } from '../../requests/staff.js';
import { answerShown, answersShown } from '../answers.js';
import { deliveryFields, deliveryShown, sayTo, type Say } from '../delivery.js';
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
    channel: z.string().meta({ description: '`offline` for somebody without a chat' }),
    opened: z.object({ by: z.string(), via: z.enum(['chat', 'visit', 'phone', 'letter', 'delegate']) }),
    locale: z.enum(['ar', 'en']),
    form: z.object({ id: z.string(), version: z.int() }),
    moves: z.array(z.enum(statuses)).meta({ description: 'Where you may move it now' }),
    reason: z.string().nullable(),
    answers: z.array(answerShown),
    declaration: z
      .object({
        at: fields.time,
        statementVersion: z.int(),
        statementHash: z.string(),
        answersHash: z.string(),
        answersUnchanged: z.boolean(),
        statementUnchanged: z.boolean(),
        code: z.string().meta({ description: 'With the reference it opens the public check' }),
        scan: z
          .object({ sha256: z.string(), by: z.string() })
          .nullable()
          .meta({ description: 'Signed on paper: the file, and the account that uploaded it' }),
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
        ...deliveryFields,
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
    ...summaryOf(context.seal, record, context.clock.now()),
    beneficiary: record.beneficiary,
    channel: record.address.channelId,
    opened: { by: record.opened.by, via: record.opened.via },
    locale: record.locale,
    form: record.form,
    moves: movesFor(record, actor),
    reason: record.reason,
    answers: answersShown(calls.assets, record.form.id, { answers: answersOf(context.seal, record), locale }),
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
    told: await told(calls, record, sayTo(context.t, { locale })),
  };
}

function declarationShown({ context: { seal } }: RequestCallsContext, record: RequestRecord): Details['declaration'] {
  const declaration = lastDeclaration(seal, record);
  const last = record.declarations.at(-1);
  if (!declaration || !last) return null;
  const { statement: _statement, name: _name, at, ...rest } = declaration;
  const scan = last.scan ? { sha256: last.scan.sha256, by: last.scan.by } : null;
  const code = codeOf(seal, record.reference, last);
  return { ...rest, at: isoOf(at), code, scan, signed: record.declarations.length };
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
async function told(
  { messages, contacts }: RequestCallsContext,
  record: RequestRecord,
  say: Say,
): Promise<Details['told']> {
  const chats = await contacts.ofPerson(record.beneficiary);
  const conversations = [...new Set([record.conversation, record.opened.conversation, ...chats.map(({ _id }) => _id)])];
  const ids = record.events
    .flatMap(({ id }) => [id, derivedId(id, 'redirected')])
    .flatMap((id) => conversations.map((conversation) => messageId(conversation, id)));
  const said = await messages.find({ _id: { $in: ids } });
  const lines = said
    .filter(({ activity }) => !isSecret(activity))
    .toSorted((a, b) => a.at - b.at)
    .map(({ at, activity, delivery }) => ({
      at: isoOf(at),
      text: activity.type === 'message' ? (activity.text ?? '') : '',
      ...deliveryShown(delivery ?? { status: 'sent' }, say),
    }));
  const notices = record.notices.filter(({ activity }) => !isSecret(activity));
  const waiting = notices.map(({ activity, notBefore }) => ({
    at: isoOf(Math.max(notBefore, Date.parse(activity.timestamp))),
    text: activity.type === 'message' ? (activity.text ?? '') : '',
    delivery: 'waiting' as const,
    problem: null,
  }));
  return [...lines, ...waiting];
}

/** The code for the status is the applicant's alone: it says that nobody of the staff will ask for it. */
const isSecret = (activity: Activity): boolean => isMessage(activity) && activity.channelData?.noticeKind === 'code';
