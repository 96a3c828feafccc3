import type { Caused, FormSubmitted } from '../conversation/effects.js';
import { isoDay } from '../core/riyadh.js';
import { ownChats, requestsSeen, sees } from './chats.js';
import { sealAnswers } from '../core/sealed-answers.js';
import { changing, type Change } from './change.js';
import type { RequestsContext } from './context.js';
import { earliestAnswer } from './clockwork.js';
import { sendCopy } from './copy.js';
import { declarationOf } from './declaration.js';
import { dispute } from './dispute.js';
import { isUnsigned } from './facts.js';
import { noteDraft, stopDraftReminders } from './drafts.js';
import { documentsIn } from './documents-in.js';
import { checkMove, type Status } from './lifecycle.js';
import type { NoticeKind, Telling } from './notices.js';
import { missingPapers, takesPapers } from './papers.js';
import type { RequestRecord } from './record.js';
import { linkByNumber, unlinkChats } from './linking.js';
import { sendCode, takeCode } from './status-code.js';
import { subjectOf, submit } from './submit.js';

/** Does what an applicant's turn caused, once for each id; a repeat changes nothing. */
export async function performApplicant(context: RequestsContext, caused: Caused): Promise<void> {
  const { effect } = caused;
  if (effect.type === 'copy_wanted') return sendCopy(context, { ...caused, effect });
  if (effect.type === 'draft_changed')
    return noteDraft(context, { ...caused, form: effect.form, locale: effect.locale });
  if (effect.type === 'reminders_stopped') return stopReminders(context, caused);
  if (effect.type === 'contact_shared') return linkByNumber(context, { ...caused, effect });
  if (effect.type === 'form_submitted') return performForm(context, { ...caused, effect });
}

type SubmittedForm = Caused<FormSubmitted>;

async function performForm(context: RequestsContext, caused: SubmittedForm): Promise<void> {
  const { effect } = caused;
  switch (effect.opens) {
    case 'request':
      return effect.reference === undefined
        ? void (await submit(context, caused))
        : act(context, caused, correct(context, caused, await whoIsNamed(context, caused)));
    case 'papers':
      return act(context, caused, addPapers(caused));
    case 'withdrawal':
      return act(context, caused, moveBy(context, caused, { to: 'withdrawn', kind: 'withdrawn' }));
    case 'appeal':
      return act(context, caused, moveBy(context, caused, { to: 'appeal', kind: 'appeal' }));
    case 'status':
      return effect.answers['code'] === undefined ? sendCode(context, caused, 'status') : takeCode(context, caused);
    case 'link':
      return sendCode(context, caused, 'link');
    case 'unlink':
      return unlinkChats(context, caused, effect.answers['which'] === 'others' ? 'others' : 'this');
    case 'dispute':
      return dispute(context, caused);
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

/**
 * Only on a request that is seen whole in this conversation; who comes too late is told so. One's own request is followed
 * here from now on; one that somebody else follows for them stays where it is.
 */
async function act(context: RequestsContext, caused: SubmittedForm, decide: Decide): Promise<void> {
  const { effect, conversation, address } = caused;
  const which = { reference: effect.reference ?? null };
  const known = await context.requests.findOne(which);
  const seen = known && (await sees(context, known, conversation));
  if (!seen?.whole) return;
  const isFollowedApart = seen.byOthers && seen.record.opened.via === 'chat';
  const here = isFollowedApart ? {} : { conversation, address, locale: effect.locale };
  const outcome = await changing<{ type: 'refused' }>(context, which, (record) => {
    const decision = decide(record);
    if (decision.type === 'refused') return decision;
    return { ...decision, set: { ...decision.set, ...here }, to: address };
  });
  if (outcome.type !== 'refused') return;
  await changing(context, which, () => ({
    type: 'change',
    event: { id: caused.id, at: caused.at, by: 'applicant', type: 'came_too_late', about: effect.opens },
    set: here,
    to: address,
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
    const today = isoDay(caused.at);
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

/** The known person whose national ID corrected answers have; none when nobody has it. */
const whoIsNamed = (context: RequestsContext, { effect }: SubmittedForm): Promise<string[]> =>
  context.withNationalId(String(effect.answers['nationalId']));

/**
 * Other answers need a new signature: what was signed before stays on record, and no longer counts. Of a request that
 * staff have written down it is the first one. Whose it is stays: a number that is typed in a chat proves nothing.
 */
const correct =
  (context: RequestsContext, caused: SubmittedForm, named: readonly string[]): Decide =>
  (record) => {
    const { effect, id, at } = caused;
    const signs = isUnsigned(context, record);
    if (!(record.status === 'needs_information' || signs) || !effect.signature) return { type: 'refused' };
    const { documents, papers } = documentsIn(effect.answers, at);
    const known = new Set(record.documents.map((document) => document.id));
    const fresh = documents.filter((document) => !known.has(document.id));
    const all = { papers: record.papers, documents: [...record.documents, ...fresh] };
    const lacking = missingPapers(all, isoDay(at));
    // What the answers call for no longer is awaited no longer; what has come stays.
    const kept = record.papers.filter((paper) => papers.includes(paper) || !lacking.includes(paper));
    const wanted = [...new Set([...kept, ...papers])];
    const complete = missingPapers({ ...all, papers: wanted }, isoDay(at)).length === 0;
    const resumes = complete && record.status === 'needs_information';
    const moved: { to?: Status; from?: Status } = resumes ? { from: record.status, to: 'verification' } : {};
    return {
      type: 'change',
      event: { id, at, by: 'applicant', type: signs ? 'signed' : 'answers_corrected', ...moved },
      set: {
        answers: sealAnswers(context.seal, effect.answers),
        ...subjectOf(effect.answers),
        flags: [
          ...record.flags.filter(({ type }) => type !== 'other_person'),
          ...(named.includes(record.beneficiary) ? [] : [{ type: 'other_person' as const, at }]),
        ],
        papers: wanted,
        ...(resumes ? { status: 'verification', reason: null } : {}),
      },
      documents: fresh,
      declaration: declarationOf(context.seal, effect.signature),
      tell: telling(caused, signs ? 'signed' : 'corrected'),
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
    return {
      type: 'change',
      event: { id: caused.id, at: caused.at, by: 'applicant', type: 'moved', from: record.status, to, ...words },
      set: {
        status: to,
        reason: null,
        due: null,
        ...(to === 'appeal' ? { answerNotBefore: earliestAnswer(context, caused.at) } : {}),
      },
      tell: telling(caused, kind),
    };
  };

async function stopReminders(context: RequestsContext, { id, at, conversation }: Caused): Promise<void> {
  const { drafts } = context;
  await stopDraftReminders(drafts, conversation);
  const own = (await requestsSeen(context, conversation, await ownChats(context, conversation))).filter(
    ({ whole }) => whole,
  );
  for (const { record } of own) {
    await changing(context, { _id: record._id }, ({ reminders }) => ({
      type: 'change',
      event: { id, at, by: 'applicant', type: 'reminders_stopped' },
      set: { reminders: { ...reminders, stopped: true } },
    }));
  }
}
