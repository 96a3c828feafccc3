import type { AppointmentsContext } from './context.js';
import { icsOf } from './ics.js';
import type { AppointmentRecord } from './record.js';

/** A file that channels hand out like a stored one. */
export interface CalendarFile {
  file: { id: string; name: string; contentType: string; size: number };
  content: AsyncIterable<Uint8Array>;
}

const prefix = 'interview-';

/** How the calendar file of an appointment is called in `wasl-file:<id>`. */
export const calendarFileOf = ({ _id }: Pick<AppointmentRecord, '_id'>) => ({
  id: `${prefix}${_id}`,
  name: 'interview.ics',
  contentType: 'text/calendar',
});

/**
 * The calendar file by its id; undefined when it is no such id. It is stored nowhere: it is written when a channel asks for
 * it, and says how things stand then, so that an old link never tells an old time.
 */
export async function openCalendarFile(context: AppointmentsContext, id: string): Promise<CalendarFile | undefined> {
  if (!id.startsWith(prefix)) return undefined;
  const record = await context.appointments.findOne({ _id: id.slice(prefix.length) });
  if (!record || record.status === 'refused') return undefined;
  const bytes = Buffer.from(icsFor(context, record), 'utf8');
  return { file: { ...calendarFileOf(record), size: bytes.length }, content: once(bytes) };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function icsFor({ t, organisation }: AppointmentsContext, record: AppointmentRecord): string {
  const { _id, locale, start, end, sequence, status, events } = record;
  const words = { organisation: organisation.shortName[locale] };
  return icsOf({
    uid: `${_id}@${organisation.id}.wasl`,
    stamp: events.at(-1)?.at ?? start,
    start,
    end,
    summary: t(locale, 'interview.calendar.summary', words),
    description: t(locale, 'interview.calendar.description', words),
    location: organisation.interviews?.place[locale],
    sequence,
    cancelled: status === 'cancelled',
  });
}
