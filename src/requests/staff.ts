import { isoDay } from '../core/riyadh.js';
import { changing, type Changed } from './change.js';
import type { RequestsContext } from './context.js';
import { earliestAnswer, firstReminder } from './clockwork.js';
import { checkMove, possibleMoves, type Mover, type Status } from './lifecycle.js';
import { missingPapers, registrationPapers, takesPapers } from './papers.js';
import type { RequestRecord } from './record.js';
import { factsFor, isSigned } from './declaration.js';

/** A member of staff who acts. */
export interface Actor {
  account: string;
  roles: readonly Mover[];
}

export type MoveRefusal =
  | { type: 'impossible'; from: Status; possible: Status[] }
  | { type: 'reason_missing' }
  /** The committee takes only what is complete and checked. */
  | { type: 'papers_missing'; papers: string[] }
  /** `signed`: by a signature that the answers of today have outgrown. */
  | { type: 'unsigned'; signed: boolean };

/** Moves a request by hand. Of two at once one wins; the other is judged by where the request is then. */
export const move = (
  context: RequestsContext,
  reference: string,
  { to, reason, by }: { to: Status; reason?: string; by: Actor },
): Promise<Changed<MoveRefusal>> =>
  changing<MoveRefusal>(context, { reference }, (record) => {
    const refusal = refusalOf(context, record, { to, by, ...(reason === undefined ? {} : { reason }) });
    if (refusal) return refusal;
    const at = context.clock.now();
    const id = context.ids.uuid();
    const words = reason?.trim() ? { reason: reason.trim() } : {};
    return {
      type: 'change',
      event: { id, at, by: by.account, type: 'moved', from: record.status, to, ...words },
      set: { status: to, reason: words.reason ?? null, ...whenMoved(context, record, to) },
      tell: { kind: to, id, byStaff: true, ...words },
    };
  });

function refusalOf(
  { clock, seal }: RequestsContext,
  record: RequestRecord,
  { to, by, reason }: { to: Status; by: Actor; reason?: string },
): MoveRefusal | undefined {
  const check = checkMove(record.status, to, { by: by.roles, ...(reason === undefined ? {} : { reason }) });
  if (check.type === 'impossible') return { ...check, from: record.status };
  if (check.type === 'reason_missing') return check;
  if (to === 'committee' && record.status === 'verification') {
    const papers = missingPapers(record, isoDay(clock.now()));
    if (papers.length > 0) return { type: 'papers_missing', papers };
    if (!isSigned(seal, record)) return { type: 'unsigned', signed: record.declarations.length > 0 };
  }
  if (to === 'service') {
    const papers = missingPapers(record, isoDay(clock.now()));
    if (papers.length > 0) return { type: 'papers_missing', papers };
  }
  return undefined;
}

/** What a move brings with it: papers that are asked for are reminded of; an appeal has its whole time. */
function whenMoved(context: RequestsContext, record: RequestRecord, to: Status): Partial<RequestRecord> {
  const added = to === 'registration' ? registrationPapers(context.papers.values(), factsFor(context, record)) : [];
  const wanted = [...new Set([...record.papers, ...added])];
  const missing = missingPapers({ ...record, papers: wanted }, isoDay(context.clock.now())).length > 0;
  const reminds = missing && (to === 'needs_information' || to === 'registration');
  return {
    papers: wanted,
    ...(reminds ? remindedFrom(record, context.clock.now()) : { due: null }),
    ...(to === 'appeal' ? { answerNotBefore: earliestAnswer(context, context.clock.now()) } : {}),
  };
}

/** Reminders of papers, counted anew. */
const remindedFrom = ({ reminders }: RequestRecord, at: number) => ({
  due: at + firstReminder,
  reminders: { ...reminders, sent: 0 },
});

export type DocumentRefusal = { type: 'no_document' } | { type: 'reason_missing' };

export interface Verdict {
  verdict: 'accepted' | 'rejected';
  reason?: string;
  /** ISO day. */
  expires?: string;
  by: Actor;
}

/** Checks a paper. One that is sent back while papers are taken is wanted again: the applicant hears why, and is reminded. */
export const checkDocument = (
  context: RequestsContext,
  { reference, document }: { reference: string; document: string },
  { verdict, reason, expires, by }: Verdict,
): Promise<Changed<DocumentRefusal>> =>
  changing<DocumentRefusal>(context, { reference }, (record) => {
    if (!record.documents.some(({ id }) => id === document)) return { type: 'no_document' };
    const why = reason?.trim();
    if (verdict === 'rejected' && !why) return { type: 'reason_missing' };
    const at = context.clock.now();
    const id = context.ids.uuid();
    const isReturned = verdict === 'rejected' && takesPapers(record);
    const check = { verdict, by: by.account, at, ...(why ? { reason: why } : {}), ...(expires ? { expires } : {}) };
    return {
      type: 'change',
      event: { id, at, by: by.account, type: 'paper_checked', about: document, ...(why ? { reason: why } : {}) },
      set: {
        documents: record.documents.map((one) => (one.id === document ? { ...one, check } : one)),
        ...(isReturned && record.due === null ? remindedFrom(record, at) : {}),
      },
      ...(isReturned && why ? { tell: { kind: 'paper_returned', id, reason: why } as const } : {}),
    };
  });

export const movesFor = ({ status }: RequestRecord, { roles }: Actor): Status[] => possibleMoves(status, roles);
