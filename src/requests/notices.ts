import { conversationKey, type Activity, type Address } from '../core/activity.js';
import { isoTime } from '../core/clock.js';
import type { Notice } from '../core/notice.js';
import { formatDates } from '../language/dates.js';
import { joinList } from '../language/templates.js';
import { isolate } from '../language/direction.js';
import type { RequestsContext } from './context.js';
import { missingPapers, dayOf } from './papers.js';
import { afterQuiet } from './quiet-hours.js';
import type { RequestRecord } from './record.js';

/** What an applicant may be told; each has its sentences in `locales/` under `request.notice`. */
export type NoticeKind =
  | 'submitted' | 'verification' | 'needs_information' | 'committee' | 'accepted' | 'rejected' | 'appeal'
  | 'registration' | 'service' | 'delivered' | 'closed' | 'withdrawn' | 'papers_received' | 'papers_complete'
  | 'paper_returned' | 'corrected' | 'signed' | 'copy' | 'reminder' | 'last_reminder' | 'too_late' | 'code'; // prettier-ignore

/** Answers to what the person has just done: they come at once, at any hour. */
const answers: ReadonlySet<NoticeKind> = new Set([
  'submitted', 'withdrawn', 'appeal', 'papers_received', 'papers_complete', 'corrected', 'signed', 'copy', 'too_late', 'code',
]); // prettier-ignore

export interface Telling {
  kind: NoticeKind;
  /** The event that is told. */
  id: string;
  reason?: string;
  /** Other variables of the sentence. */
  more?: Record<string, string>;
}

type Told = Pick<
  RequestRecord,
  'reference' | 'locale' | 'address' | 'service' | 'answerNotBefore' | 'papers' | 'documents'
>;

/** A notice in the applicant's language, for the chat where the applicant was heard last. */
export function noticeOf(context: RequestsContext, record: Told, telling: Telling): Notice {
  const { clock, quiet } = context;
  const now = clock.now();
  const activity: Activity = {
    ...record.address,
    type: 'message',
    id: telling.id,
    timestamp: isoTime(clock),
    role: 'bot',
    locale: record.locale,
    ...answerTo(context, record.address),
    text: textOf(context, record, telling),
    channelData: { notice: true },
  };
  return { id: telling.id, activity, notBefore: answers.has(telling.kind) ? 0 : afterQuiet(now, quiet) };
}

function textOf({ t, organisation, papers, clock }: RequestsContext, record: Told, telling: Telling): string {
  const { locale, reference } = record;
  const missing = missingPapers(record, dayOf(clock.now())).map((id) => papers.get(id)?.label[locale] ?? id);
  const dates = formatDates(record.answerNotBefore, locale);
  const service = organisation.services.find(({ id }) => id === record.service)?.label[locale];
  const sentence = t(locale, `request.notice.${telling.kind}`, {
    reference: locale === 'ar' ? isolate(reference) : reference,
    organisation: organisation.shortName[locale],
    hijri: dates.hijri,
    gregorian: dates.gregorian,
    reason: telling.reason ?? '',
    ...telling.more,
  });
  return [
    sentence,
    ...(service && telling.kind === 'submitted' ? [t(locale, 'request.service', { service })] : []),
    ...(telling.reason ? [t(locale, 'request.reason', { reason: telling.reason })] : []),
    ...(missing.length > 0 && listsPapers.has(telling.kind)
      ? [t(locale, 'request.papers', { papers: joinList(missing, locale) })]
      : []),
  ].join('\n');
}

const listsPapers: ReadonlySet<NoticeKind> = new Set([
  'submitted', 'needs_information', 'accepted', 'registration', 'papers_received', 'paper_returned', 'reminder',
  'last_reminder',
]); // prettier-ignore

/** Which message is answered, when it was written in this very chat. */
export const answerTo = ({ answering }: RequestsContext, address: Address): { replyToId?: string } =>
  answering?.conversation === conversationKey(address) ? { replyToId: answering.replyToId } : {};

/** Where a person was heard. */
export type Heard = { conversation: string; address: Address; locale: 'ar' | 'en' };
