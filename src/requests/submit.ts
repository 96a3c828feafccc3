import type { FormSubmitted } from '../conversation/effects.js';
import type { Address } from '../core/activity.js';
import { sealAnswers } from '../core/sealed-answers.js';
import { AppError } from '../core/errors.js';
import { makeReference } from '../core/reference.js';
import { isoDay } from '../core/riyadh.js';
import { insertOnce } from '../store/insert-once.js';
import { earliestAnswer, firstReminder } from './clockwork.js';
import type { Applicant, RequestsContext } from './context.js';
import { documentsIn } from './documents-in.js';
import { flag, flagDuplicates } from './flags.js';
import { tellOpened } from './opened.js';
import { noticeOf } from './notices.js';
import { declarationOf } from './declaration.js';
import { representativeIn } from './on-behalf.js';
import { missingPapers } from './papers.js';
import type { Opening, RequestRecord } from './record.js';

/** What came out of a turn, or of a member of staff's hands: the effect, and the id derived from what caused it. */
export interface Submission {
  id: string;
  effect: FormSubmitted;
  conversation: string;
  address: Address;
  at: number;
  /** Absent: by the applicant, in this conversation. */
  opened?: Pick<Opening, 'by' | 'via'>;
}

/** Makes the request of a completed form, once for each id, and tells the applicant its reference. */
export async function submit(context: RequestsContext, submission: Submission): Promise<RequestRecord> {
  const record = (await context.requests.findOne({ _id: submission.id })) ?? (await make(context, submission));
  // What follows is done again when somebody died before it was done; it changes nothing twice.
  await flagDuplicates(context, record);
  await flagForeignChat(context, record);
  await tellOpened(context, record);
  if (record.opened.via === 'chat') await tellSubmitted(context, submission, record);
  return record;
}

async function make(context: RequestsContext, submission: Submission): Promise<RequestRecord> {
  const { requests } = context;
  const beneficiary = await context.applicant(applicantOf(submission));
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const reference = makeReference(context.organisation.prefix, context.ids);
    if (await requests.findOne({ reference })) continue;
    const record = recordOf(context, submission, { reference, beneficiary });
    if (await insertOnce(requests, record)) {
      await context.changed(record);
      return record;
    }
    const made = await requests.findOne({ _id: submission.id });
    if (made) return made;
  }
  throw new AppError('store_failed', 'No free reference was found: the prefix has too many requests');
}

/** The flow check holds a form that opens a request to these names. */
function applicantOf({ effect, conversation, address, at, opened }: Submission): Applicant {
  const { nationalId, fullName, mobile } = effect.answers;
  const representative = representativeIn(effect.answers);
  return {
    nationalId: String(nationalId),
    name: String(fullName),
    // The number of who applies for them is not theirs.
    mobile: typeof mobile === 'string' && mobile !== representative?.mobile ? mobile : null,
    heard: opened ? null : { conversation, address, locale: effect.locale, own: representative === undefined },
    at,
  };
}

/** Who applies for themselves in a chat that is not known to be theirs may be somebody else. */
async function flagForeignChat(context: RequestsContext, record: RequestRecord): Promise<void> {
  const { opened, onBehalf, beneficiary, submittedAt } = record;
  if (opened.via !== 'chat' || onBehalf !== null) return;
  const chat = await context.chats.of(opened.conversation);
  if (chat?.beneficiary !== beneficiary) await flag(context, record._id, { type: 'foreign_chat', at: submittedAt });
}

/** Last of all, when everything else is done: pushed again it is said once, by its id. */
async function tellSubmitted(
  context: RequestsContext,
  { id, effect }: Submission,
  record: RequestRecord,
): Promise<void> {
  const replyToId = effect.signature?.messageId;
  const tell = { kind: 'submitted', id, ...(replyToId === undefined ? {} : { replyToId }) } as const;
  const change = { $push: { notices: noticeOf(context, record, tell) }, $set: { noticesDue: context.clock.now() } };
  await context.requests.findOneAndUpdate({ _id: id }, change);
  context.wake();
}

/** What is asked for, and for whom, as the answers say it. */
export const subjectOf = (answers: FormSubmitted['answers']): Pick<RequestRecord, 'service' | 'onBehalf'> => ({
  service: typeof answers['service'] === 'string' ? answers['service'] : null,
  onBehalf: representativeIn(answers)?.relationship ?? null,
});

function recordOf(
  context: RequestsContext,
  { id, effect, conversation, address, at, opened = { by: 'applicant', via: 'chat' } }: Submission,
  { reference, beneficiary }: { reference: string; beneficiary: string },
): RequestRecord {
  const files = documentsIn(effect.answers, at);
  return {
    _id: id,
    reference,
    status: 'submitted',
    conversation,
    address,
    locale: effect.locale,
    beneficiary,
    opened: { ...opened, conversation },
    ...subjectOf(effect.answers),
    flags: [],
    form: { id: effect.form, version: effect.version },
    answers: sealAnswers(context.seal, effect.answers),
    declarations: effect.signature ? [declarationOf(context.seal, effect.signature)] : [],
    papers: files.papers,
    documents: files.documents,
    events: [{ id, at, by: opened.by, type: 'submitted', to: 'submitted', ...(opened.via === 'chat' ? {} : { about: opened.via }) }], // prettier-ignore
    submittedAt: at,
    answerNotBefore: earliestAnswer(context, at),
    pending: null,
    decidedBy: [],
    reason: null,
    reminders: { sent: 0, stopped: false },
    due: missingPapers(files, isoDay(at)).length > 0 ? at + firstReminder : null,
    notices: [],
    noticesDue: null,
  };
}
