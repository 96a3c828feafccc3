import { fileUrl, type Activity, type Attachment, type ChannelData, type MessageActivity } from '../core/activity.js';
import { isoTime } from '../core/clock.js';
import type { Notice, noticeKinds } from '../core/notice.js';
import { formatDates } from '../language/dates.js';
import { formatTime } from '../language/times.js';
import { calendarFileOf } from './calendar-file.js';
import type { AppointmentsContext } from './context.js';
import type { AppointmentRecord } from './record.js';

/** What a person may be told; each has its sentence in `locales/` under `interview.notice`. */
export type NoticeKind =
  'booked' | 'moved' | 'cancelled' | 'cancelled_by_staff' | 'reminder' | 'taken' | 'gone' | 'already' | 'none';

export interface Telling {
  kind: NoticeKind;
  /** The event that is told. */
  id: string;
  reason?: string;
  /** Other free times, when this one was not to be had; milliseconds. */
  others?: readonly number[];
  /** Of an answer: the message that it answers. */
  replyToId?: string | undefined;
}

const withFile: ReadonlySet<NoticeKind> = new Set(['booked', 'moved', 'cancelled', 'cancelled_by_staff']);
const prepared: Partial<Record<NoticeKind, (typeof noticeKinds)[number]>> = {
  reminder: 'interview_reminder',
  cancelled_by_staff: 'interview_cancelled',
};
const offersAnother: ReadonlySet<NoticeKind> = new Set(['taken', 'gone', 'none', 'cancelled', 'cancelled_by_staff']);

/** News of an interview is of no use when it is over: quiet hours are kept only when they end so long before. */
const latest = 2 * 60 * 60 * 1000;

/** A notice in the person's language, for the chat in which the interview was booked. */
export function noticeOf(context: AppointmentsContext, record: AppointmentRecord, telling: Telling): Notice {
  const { id, kind, replyToId } = telling;
  const activity: Activity = {
    ...record.address,
    type: 'message',
    id,
    timestamp: isoTime(context.clock),
    role: 'bot',
    locale: record.locale,
    ...(replyToId === undefined ? {} : { replyToId }),
    text: textOf(context, record, telling),
    ...(withFile.has(kind) ? { attachments: [calendarFile(record)] } : {}),
    ...actionsOf(context, record, kind),
    channelData: { notice: true, ...preparedOf(context, record, telling) },
  };
  const quiet = context.afterQuiet(context.clock.now());
  return { id, activity, notBefore: prepared[kind] && quiet < record.start - latest ? quiet : 0 };
}

/** Of what is told long after the person wrote: which prepared sentence says it, and the words that fill it. */
function preparedOf(
  { t, organisation }: AppointmentsContext,
  { start, locale }: AppointmentRecord,
  { kind, reason }: Telling,
): Pick<ChannelData, 'noticeKind' | 'variables'> {
  const noticeKind = prepared[kind];
  if (noticeKind === undefined) return {};
  const place = organisation.interviews?.place[locale];
  const variables = {
    organisation: organisation.shortName[locale],
    moment: momentOf(t, start, locale),
    ...(place === undefined ? {} : { place }),
    ...(reason === undefined ? {} : { reason }),
  };
  return { noticeKind, variables };
}

function textOf({ t, organisation }: AppointmentsContext, record: AppointmentRecord, telling: Telling): string {
  const { locale, start } = record;
  const place = organisation.interviews?.place[locale];
  const others = (telling.others ?? []).map((at) => momentOf(t, at, locale));
  return t(locale, `interview.notice.${telling.kind}`, {
    moment: momentOf(t, start, locale),
    place: place === undefined ? '' : `${t(locale, 'interview.place', { place })}\n`,
    reason: telling.reason ?? '',
    others: others.length > 0 ? t(locale, 'interview.notice.others', { times: `\n${others.join('\n')}` }) : '',
  });
}

const momentOf = (t: AppointmentsContext['t'], at: number, locale: 'ar' | 'en'): string =>
  t(locale, 'interview.moment', { ...formatDates(at, locale), time: formatTime(at, locale) });

function calendarFile(record: AppointmentRecord): Attachment {
  const { id, name, contentType } = calendarFileOf(record);
  return { contentType, contentUrl: fileUrl(id), name };
}

/** The form that books, where another time may be chosen. */
function actionsOf(
  { forms }: AppointmentsContext,
  { locale }: AppointmentRecord,
  kind: NoticeKind,
): Pick<MessageActivity, 'suggestedActions'> {
  const form = [...forms.values()].find(({ opens }) => opens === 'appointment');
  if (!form || !offersAnother.has(kind)) return {};
  const action = { type: 'postBack' as const, title: form.label[locale], value: `start:${form.id}` };
  return { suggestedActions: { actions: [action] } };
}
