import { conversationKey, type Activity, type Address } from '../core/activity.js';
import { isoTime } from '../core/clock.js';
import { noticeVariables, type Notice, type requestNotices } from '../core/notice.js';
import { isoDay } from '../core/riyadh.js';
import { formatDates } from '../language/dates.js';
import { joinList } from '../language/templates.js';
import { isolate } from '../language/direction.js';
import type { RequestsContext } from './context.js';
import { missingPapers } from './papers.js';
import { afterQuiet } from './quiet-hours.js';
import type { RequestRecord } from './record.js';

export type NoticeKind = (typeof requestNotices)[number];

/** Answers to what the person has just done: they come at once, at any hour. */
const answers: ReadonlySet<NoticeKind> = new Set([
  'submitted', 'withdrawn', 'appeal', 'papers_received', 'papers_complete', 'corrected', 'signed', 'copy', 'too_late', 'code',
]); // prettier-ignore

export interface Telling {
  kind: NoticeKind;
  /** The event that is told. */
  id: string;
  reason?: string;
  /** Staff did it, and not the person: it is told when people are not disturbed, whatever its kind. */
  byStaff?: true;
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
  const words = wordsOf(context, record, telling);
  const activity: Activity = {
    ...record.address,
    type: 'message',
    id: telling.id,
    timestamp: isoTime(clock),
    role: 'bot',
    locale: record.locale,
    ...answerTo(context, record.address),
    text: textOf(context, record, telling, words),
    channelData: { notice: true, noticeKind: telling.kind, variables: known(words) },
  };
  const isAnswer = answers.has(telling.kind) && !telling.byStaff;
  return { id: telling.id, activity, notBefore: isAnswer ? 0 : afterQuiet(now, quiet) };
}

type Words = Record<string, string>;

/** All that a notice may speak of; empty where this one has nothing to say. */
function wordsOf({ organisation, papers, clock }: RequestsContext, record: Told, telling: Telling): Words {
  const { locale, reference } = record;
  const missing = missingPapers(record, isoDay(clock.now())).map((id) => papers.get(id)?.label[locale] ?? id);
  const dates = formatDates(record.answerNotBefore, locale);
  return {
    reference: locale === 'ar' ? isolate(reference) : reference,
    organisation: organisation.shortName[locale],
    hijri: dates.hijri,
    gregorian: dates.gregorian,
    reason: telling.reason ?? '',
    service: organisation.services.find(({ id }) => id === record.service)?.label[locale] ?? '',
    papers: listsPapers.has(telling.kind) ? joinList(missing, locale) : '',
    ...telling.more,
  };
}

function textOf({ t }: RequestsContext, { locale }: Told, { kind }: Telling, words: Words): string {
  const { reason = '', papers = '', service = '' } = words;
  return [
    t(locale, `request.notice.${kind}`, words),
    ...(service !== '' && kind === 'submitted' ? [t(locale, 'request.service', { service })] : []),
    ...(reason === '' ? [] : [t(locale, 'request.reason', { reason })]),
    ...(papers === '' ? [] : [t(locale, 'request.papers', { papers })]),
  ].join('\n');
}

const known = (words: Words): Words =>
  Object.fromEntries(noticeVariables.flatMap((name) => (words[name] ? [[name, words[name]]] : [])));

const listsPapers: ReadonlySet<NoticeKind> = new Set([
  'submitted', 'needs_information', 'accepted', 'registration', 'papers_received', 'paper_returned', 'reminder',
  'last_reminder',
]); // prettier-ignore

/** Which message is answered, when it was written in this very chat. */
export const answerTo = ({ answering }: RequestsContext, address: Address): { replyToId?: string } =>
  answering?.conversation === conversationKey(address) ? { replyToId: answering.replyToId } : {};

/** Where a person was heard. */
export type Heard = { conversation: string; address: Address; locale: 'ar' | 'en' };
