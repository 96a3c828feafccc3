import type { FormSubmitted } from '../conversation/effects.js';
import type { Address } from '../core/activity.js';
import { canonicalJson } from '../core/digest.js';
import { AppError, StoreError } from '../core/errors.js';
import { makeReference } from '../core/reference.js';
import { firstReminder } from './clockwork.js';
import type { RequestsContext } from './context.js';
import { documentsIn } from './documents-in.js';
import { noticeOf } from './notices.js';
import { declarationOf } from './declaration.js';
import type { RequestRecord } from './record.js';

/** What came out of a turn: the effect, and the id derived from the turn. */
export interface Submission {
  id: string;
  effect: FormSubmitted;
  conversation: string;
  address: Address;
  at: number;
}

const day = 24 * 60 * 60 * 1000;

/** Makes the request of a completed form, once for each turn, and tells the applicant its reference. */
export async function submit(context: RequestsContext, submission: Submission): Promise<void> {
  const { requests } = context;
  if (await requests.findOne({ _id: submission.id })) return;
  const beneficiary = await context.applicant(applicantOf(submission));
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const reference = makeReference(context.organisation.prefix, context.ids);
    if (await requests.findOne({ reference })) continue;
    try {
      await requests.insert(recordOf(context, submission, { reference, beneficiary }));
      context.wake();
      await context.changed({ reference, status: 'submitted' });
      return;
    } catch (error) {
      if (!(error instanceof StoreError && error.code === 'store_duplicate')) throw error;
      if (await requests.findOne({ _id: submission.id })) return;
    }
  }
  throw new AppError('store_failed', 'No free reference was found: the prefix has too many requests');
}

/** The flow check holds a form that opens a request to these names. */
function applicantOf({ effect, conversation, address, at }: Submission) {
  const { nationalId, fullName, mobile } = effect.answers;
  return {
    nationalId: String(nationalId),
    name: String(fullName),
    mobile: String(mobile),
    conversation,
    address,
    at,
  };
}

function recordOf(
  context: RequestsContext,
  { id, effect, conversation, address, at }: Submission,
  { reference, beneficiary }: { reference: string; beneficiary: string },
): RequestRecord {
  const { organisation, seal } = context;
  const { service } = effect.answers;
  const files = documentsIn(effect.answers, at);
  const record: RequestRecord = {
    _id: id,
    reference,
    status: 'submitted',
    conversation,
    address,
    locale: effect.locale,
    beneficiary,
    form: { id: effect.form, version: effect.version },
    service: typeof service === 'string' ? service : null,
    answers: seal.seal(canonicalJson(effect.answers)),
    declarations: effect.signature ? [declarationOf(seal, effect.signature)] : [],
    papers: files.papers,
    documents: files.documents,
    events: [{ id, at, by: 'applicant', type: 'submitted', to: 'submitted' }],
    submittedAt: at,
    answerNotBefore: at + organisation.review.minimumDays * day,
    pending: null,
    decidedBy: [],
    reason: null,
    reminders: { sent: 0, stopped: false },
    due: files.papers.length > files.documents.length ? at + firstReminder : null,
    notices: [],
    noticesDue: context.clock.now(),
  };
  const tell = { kind: 'submitted', id } as const;
  return { ...record, notices: [noticeOf(context, record, tell)] };
}
