import { changing, type Changed } from './change.js';
import type { AppointmentsContext } from './context.js';

export type AppointmentRefusal = { type: 'not_booked' } | { type: 'not_yet' };

/** Calls an interview off; the person is told why, and the time is free again. */
export const cancelAppointment = (
  context: AppointmentsContext,
  id: string,
  { reason, by }: { reason: string; by: string },
): Promise<Changed<AppointmentRefusal>> =>
  changing<AppointmentRefusal>(context, { _id: id }, (record) => {
    if (record.status !== 'booked') return { type: 'not_booked' };
    const event = context.ids.uuid();
    return {
      type: 'change',
      event: { id: event, at: context.clock.now(), by, type: 'cancelled', reason },
      set: { status: 'cancelled', sequence: record.sequence + 1, due: null },
      releases: true,
      tell: { kind: 'cancelled_by_staff', id: event, reason },
    };
  });

/** Writes down whether the person came, once the time has come. */
export async function closeAppointment(
  context: AppointmentsContext,
  id: string,
  { came, by }: { came: boolean; by: string },
): Promise<Changed<AppointmentRefusal>> {
  const changed = await changing<AppointmentRefusal>(context, { _id: id }, (record) => {
    const at = context.clock.now();
    if (record.status !== 'booked') return { type: 'not_booked' };
    if (record.start > at) return { type: 'not_yet' };
    const type = came ? 'came' : 'missed';
    return {
      type: 'change',
      event: { id: context.ids.uuid(), at, by, type },
      set: { status: type, due: null },
      releases: true,
    };
  });
  if (changed.type === 'changed' && came) await context.attended(changed.record);
  return changed;
}
