import { day, hour } from '../core/clock.js';
import { derivedId } from '../core/ids.js';
import { changing, type Change } from './change.js';
import type { AppointmentsContext } from './context.js';
import type { AppointmentRecord } from './record.js';

/** People are reminded so long before, or when the quiet hours that hold then are over; not at all so shortly before. */
const before = day;
const latest = 2 * hour;
const lookLimit = 200;

/** When to remind of an interview; null when it is so near that the confirmation reminds enough. */
export function reminderFor({ clock, afterQuiet }: AppointmentsContext, start: number): number | null {
  const at = afterQuiet(start - before);
  return start - before > clock.now() && at <= start - latest ? at : null;
}

/** Reminds of the interviews that are near, once each. */
export async function remindOfAppointments(context: AppointmentsContext): Promise<void> {
  const now = context.clock.now();
  const due = await context.appointments.find({ due: { $lte: now } }, { sort: { due: 1 }, limit: lookLimit });
  for (const { _id } of due) await changing<NotDue>(context, { _id }, (record) => remind(context, record));
}

type NotDue = { type: 'not_due' };

/** Of an interview that is over, because nothing ran meanwhile, nobody is reminded. */
function remind({ clock }: AppointmentsContext, record: AppointmentRecord): Change | NotDue {
  const at = clock.now();
  if (record.due === null || record.due > at) return { type: 'not_due' };
  const reminds = record.status === 'booked' && record.start > at;
  const id = derivedId(record._id, 'reminder', String(record.due));
  return {
    type: 'change',
    event: { id, at, by: 'system', type: reminds ? 'reminded' : 'not_reminded' },
    set: { due: null },
    ...(reminds ? { tell: { kind: 'reminder', id } } : {}),
  };
}
