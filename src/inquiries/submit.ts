import type { Caused, FormSubmitted } from '../conversation/effects.js';
import type { Activity, Address } from '../core/activity.js';
import { isoTime } from '../core/clock.js';
import { sealAnswers } from '../core/sealed-answers.js';
import { AppError } from '../core/errors.js';
import { derivedId } from '../core/ids.js';
import type { Notice } from '../core/notice.js';
import { makeReference } from '../core/reference.js';
import { dayAt, startOfDay } from '../core/riyadh.js';
import { isolate } from '../language/direction.js';
import { insertOnce } from '../store/insert-once.js';
import type { InquiriesContext } from './context.js';
import type { SubmissionRecord } from './record.js';

type Submitted = Caused<FormSubmitted>;

/** No organisation's own prefix, so that nobody takes the number for that of a support request. */
export const submissionPrefix = 'MSG';

/** Keeps a completed form, sealed, once for each turn; opens a task where somebody is to be called. */
export async function keepSubmission(context: InquiriesContext, submitted: Submitted): Promise<void> {
  const { reference } = await once(context, submitted);
  const { id, effect, conversation } = submitted;
  if (effect.opens === 'call')
    await context.task({ id: derivedId(id, 'call'), kind: 'call', conversation, reason: reference });
}

async function once(context: InquiriesContext, submitted: Submitted): Promise<SubmissionRecord> {
  const { submissions, ids } = context;
  const _id = idOf(context, submitted);
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const known = await submissions.findOne({ _id });
    if (known) return known;
    const record = recordOf(context, submitted, { _id, reference: makeReference(submissionPrefix, ids) });
    if (await insertOnce(submissions, record)) return record;
  }
  throw new AppError('store_failed', 'No free reference was found for a submission: there are too many of them');
}

/** The turn's id is derived from the conversation's; only who has the key could find it again from its hash. */
const idOf = ({ seal }: InquiriesContext, { id, effect }: Submitted): string =>
  effect.anonymous ? seal.hash(`anonymous ${id}`) : id;

function recordOf(
  context: InquiriesContext,
  { effect, conversation, address, replyToId, at }: Submitted,
  { _id, reference }: { _id: string; reference: string },
): SubmissionRecord {
  const { form, version, locale, answers, anonymous } = effect;
  const tells = !anonymous && context.forms.get(form)?.numbered;
  return {
    _id,
    reference,
    status: 'open',
    form,
    version,
    locale,
    answers: sealAnswers(context.seal, answers),
    conversation: anonymous ? null : conversation,
    channelId: anonymous ? null : address.channelId,
    at: anonymous ? startOfDay(dayAt(at)) : at,
    notices: tells ? [numberNotice(context, { _id, reference, locale, address, replyToId })] : [],
    noticesDue: tells ? context.clock.now() : null,
  };
}

interface Numbered {
  _id: string;
  reference: string;
  locale: 'ar' | 'en';
  address: Address;
  replyToId: string | undefined;
}

function numberNotice(
  { t, clock }: InquiriesContext,
  { _id, reference, locale, address, replyToId }: Numbered,
): Notice {
  const id = derivedId(_id, 'number');
  const activity: Activity = {
    ...address,
    type: 'message',
    id,
    timestamp: isoTime(clock),
    role: 'bot',
    locale,
    ...(replyToId === undefined ? {} : { replyToId }),
    text: t(locale, 'inquiry.number', { reference: locale === 'ar' ? isolate(reference) : reference }),
    channelData: { notice: true },
  };
  return { id, activity, notBefore: 0 };
}
