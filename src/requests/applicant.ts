import type { Effect, FormSubmitted } from '../conversation/effects.js';
import { canonicalJson } from '../core/digest.js';
import type { Address } from '../core/activity.js';
import { changing, type Change } from './change.js';
import type { RequestsContext } from './context.js';
import { sendCopy } from './copy.js';
import { declarationOf } from './declaration.js';
import { noteDraft, stopDraftReminders } from './drafts.js';
import { documentsIn } from './documents-in.js';
import { checkMove, type Status } from './lifecycle.js';
import type { NoticeKind, Telling } from './notices.js';
import { dayOf, missingPapers, takesPapers } from './papers.js';
import type { RequestRecord } from './record.js';
import { sendCode, sendStatus } from './status-code.js';
import { submit } from './submit.js';

/** What a turn caused. Mirrors the mailbox's keyed effects. */
export interface Caused {
  id: string;
  effect: Effect;
  conversation: string;
  address: Address;
  at: number;
}

/** Does what an applicant's turn caused, once for each id; a repeat changes nothing. */
export async function performApplicant(context: RequestsContext, caused: Caused): Promise<void> {
  const { effect } = caused;
  if (effect.type === 'copy_wanted') return sendCopy(context, { ...caused, effect });
  if (effect.type === 'draft_changed')
    return noteDraft(context, { ...caused, form: effect.form, locale: effect.locale });
  if (effect.type === 'reminders_stopped') return stopReminders(context, caused);
  if (effect.type === 'form_submitted') return performForm(context, { ...caused, effect });
}

type SubmittedForm = Caused & { effect: FormSubmitted };

async function performForm(context: RequestsContext, caused: SubmittedForm): Promise<void> {
  const { effect } = caused;
  switch (effect.opens) {
    case 'request':
      return effect.reference === undefined ? submit(context, caused) : act(context, caused, correct(context, caused));
    case 'papers':
      return act(context, caused, addPapers(caused));
    case 'withdrawal':
      return act(context, caused, moveBy(context, caused, { to: 'withdrawn', kind: 'withdrawn' }));
    case 'appeal':
      return act(context, caused, moveBy(context, caused, { to: 'appeal', kind: 'appeal' }));
    case 'status':
      return effect.answers['code'] === undefined ? sendCode(context, caused) : sendStatus(context, caused);
    // These are no matter of requests.
    case 'submission':
    case 'call':
    case 'appointment':
    case 'appointment-move':
    case 'appointment-cancel':
      return;
    default:
      return effect.opens satisfies never;
  }
}

type Decide = (record: RequestRecord) => Change | { type: 'refused' };

/** Only on a request of this very conversation; whoever comes too late is told so. */
async function act(context: RequestsContext, caused: SubmittedForm, decide: Decide): Promise<void> {
  const { effect, conversation, address } = caused;
  const which = { reference: effect.reference ?? null, conversation };
  const outcome = await changing<{ type: 'refused' }>(context, which, (record) => {
    const decision = decide(record);
    if (decision.type === 'refused') return decision;
    return { ...decision, set: { ...decision.set, address, locale: effect.locale } };
  });
  if (outcome.type !== 'refused') return;
  await changing(context, which, () => ({
    type: 'change',
    event: { id: caused.id, at: caused.at, by: 'applicant', type: 'came_too_late', about: effect.opens },
    tell: telling(caused, 'too_late'),
  }));
}

const telling = (caused: Caused, kind: NoticeKind): Telling => ({ kind, id: caused.id });

const addPapers =
  (caused: SubmittedForm): Decide =>
  (record) => {
    if (!takesPapers(record)) return { type: 'refused' };
    const { documents } = documentsIn(caused.effect.answers, caused.at);
    const all = { ...record, documents: [...record.documents, ...documents] };
    const today = dayOf(caused.at);
    const complete = missingPapers(all, today).length === 0;
    // Who was asked for papers is checked again when the last one is there; who was asked for something else is not.
    const resumes = complete && record.status === 'needs_information' && missingPapers(record, today).length > 0;
    return {
      type: 'change',
      event: {
        id: caused.id,
        at: caused.at,
        by: 'applicant',
        type: 'papers_sent',
        ...(resumes ? { from: record.status, to: 'verification' } : {}),
      },
      set: {
        ...(resumes ? { status: 'verification', reason: null } : {}),
        reminders: { ...record.reminders, sent: 0 },
      },
      documents,
      tell: telling(caused, complete ? 'papers_complete' : 'papers_received'),
    };
  };

/** Other answers need a new signature: what was signed before stays on record, and no longer counts. */
const correct =
  (context: RequestsContext, caused: SubmittedForm): Decide =>
  (record) => {
    const { effect, id, at } = caused;
    if (record.status !== 'needs_information' || !effect.signature) return { type: 'refused' };
    const { documents, papers } = documentsIn(effect.answers, at);
    const known = new Set(record.documents.map((document) => document.id));
    const fresh = documents.filter((document) => !known.has(document.id));
    const wanted = [...new Set([...record.papers, ...papers])];
    const complete =
      missingPapers({ papers: wanted, documents: [...record.documents, ...fresh] }, dayOf(at)).length === 0;
    const moved: { to?: Status; from?: Status } = complete ? { from: record.status, to: 'verification' } : {};
    return {
      type: 'change',
      event: { id, at, by: 'applicant', type: 'answers_corrected', ...moved },
      set: {
        answers: context.seal.seal(canonicalJson(effect.answers)),
        papers: wanted,
        ...(complete ? { status: 'verification', reason: null } : {}),
      },
      documents: fresh,
      declaration: declarationOf(context.seal, effect.signature),
      tell: telling(caused, 'corrected'),
    };
  };

const moveBy =
  (context: RequestsContext, caused: SubmittedForm, move: { to: Status; kind: NoticeKind }): Decide =>
  (record) => {
    const reason = Object.values(caused.effect.answers).find((answer) => typeof answer === 'string');
    const words = typeof reason === 'string' ? { reason } : {};
    const { to, kind } = move;
    if (checkMove(record.status, to, { by: ['applicant'], ...words }).type !== 'allowed') return { type: 'refused' };
    if (to === 'appeal' && record.events.some((event) => event.to === 'appeal')) return { type: 'refused' };
    const day = 24 * 60 * 60 * 1000;
    return {
      type: 'change',
      event: { id: caused.id, at: caused.at, by: 'applicant', type: 'moved', from: record.status, to, ...words },
      set: {
        status: to,
        reason: null,
        due: null,
        ...(to === 'appeal' ? { answerNotBefore: caused.at + context.organisation.review.minimumDays * day } : {}),
      },
      tell: telling(caused, kind),
    };
  };

async function stopReminders(context: RequestsContext, { id, at, conversation }: Caused): Promise<void> {
  const { requests, drafts } = context;
  await stopDraftReminders(drafts, conversation);
  const own = await requests.find({ conversation, submittedAt: { $gt: 0 } }, { sort: { submittedAt: -1 }, limit: 20 });
  for (const { _id } of own) {
    await changing(context, { _id }, ({ reminders }) => ({
      type: 'change',
      event: { id, at, by: 'applicant', type: 'reminders_stopped' },
      set: { reminders: { ...reminders, stopped: true } },
    }));
  }
}
