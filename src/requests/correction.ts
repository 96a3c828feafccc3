import type { Caused, FormSubmitted } from '../conversation/effects.js';
import { isoDay } from '../core/riyadh.js';
import { answersOf, sealAnswers } from '../core/sealed-answers.js';
import type { Change } from './change.js';
import type { RequestsContext } from './context.js';
import { declarationOf } from './declaration.js';
import { documentsIn } from './documents-in.js';
import { isUnsigned } from './facts.js';
import { flagDuplicates, flagForeignChat } from './flags.js';
import type { Status } from './lifecycle.js';
import { tellOpened } from './opened.js';
import { missingPapers } from './papers.js';
import type { RequestRecord } from './record.js';
import { applicantOf, subjectOf } from './submit.js';

export type SubmittedForm = Caused<FormSubmitted>;

export type Decide = (record: RequestRecord) => Change | { type: 'refused' };

/**
 * Other answers need a new signature: what was signed before stays on record, and no longer counts. Of a request that
 * staff have written down it is the first one. `named`: whose it is from now on, when that is somebody else.
 */
export const correct =
  (context: RequestsContext, caused: SubmittedForm, named?: string): Decide =>
  (record) => {
    const { effect, id, at } = caused;
    const { signature } = effect;
    if (!isAwaited(context, record) || !signature) return { type: 'refused' };
    const signs = isUnsigned(context, record);
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
    const about = named === undefined ? {} : { about: otherPerson };
    return {
      type: 'change',
      event: { id, at, by: 'applicant', type: signs ? 'signed' : 'answers_corrected', ...moved, ...about },
      set: {
        answers: sealAnswers(context.seal, effect.answers),
        ...subjectOf(effect.answers),
        // What was found of the person before says nothing of this one.
        ...(named === undefined ? {} : { beneficiary: named, flags: record.flags.filter(({ type }) => type === 'disputed') }), // prettier-ignore
        papers: wanted,
        ...(resumes ? { status: 'verification', reason: null } : {}),
      },
      documents: fresh,
      declaration: declarationOf(context.seal, signature),
      tell: { kind: signs ? 'signed' : 'corrected', id },
    };
  };

/** What a correction is about that names another person than before. */
const otherPerson = 'nationalId';

const isAwaited = (context: RequestsContext, record: RequestRecord): boolean =>
  record.status === 'needs_information' || isUnsigned(context, record);

/**
 * The person whom corrected answers name by another national ID than before, made known; undefined when it is the same.
 * A chat that was taken for somebody's by nothing but this request has waited for the right one.
 */
export async function newlyNamed(
  context: RequestsContext,
  record: RequestRecord,
  caused: SubmittedForm,
): Promise<string | undefined> {
  const { nationalId } = caused.effect.answers;
  if (!isAwaited(context, record) || !caused.effect.signature) return undefined;
  if (nationalId === answersOf(context.seal, record)['nationalId']) return undefined;
  const applicant = applicantOf(caused);
  if (applicant.heard?.own === true && (await knowsThemByThisOnly(context, record, caused)))
    await context.chats.unlink(caused.conversation, record.beneficiary);
  return context.applicant(applicant);
}

async function knowsThemByThisOnly(
  { chats, requests }: RequestsContext,
  { _id, beneficiary }: RequestRecord,
  { conversation }: SubmittedForm,
): Promise<boolean> {
  const own = await chats.ofPerson(beneficiary);
  const applied = own.length === 1 && own[0]?._id === conversation && own[0].how === 'applied';
  if (!applied) return false;
  const theirs = await requests.find({ beneficiary, submittedAt: { $gt: 0 } }, { limit: 2 });
  return theirs.every((one) => one._id === _id);
}

/** What is looked for in a new request is looked for anew. Done again it changes nothing. */
export async function lookAtCorrected(context: RequestsContext, { id, effect }: SubmittedForm): Promise<void> {
  const record = await context.requests.findOne({ reference: effect.reference ?? null });
  const isNewlyNamed = record?.events.some((event) => event.id === id && event.about === otherPerson);
  if (!record || isNewlyNamed !== true) return;
  await flagDuplicates(context, record);
  await flagForeignChat(context, record);
  await tellOpened(context, record);
}
