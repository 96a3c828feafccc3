import { changeByEvent, type Changed as ByEvent } from '../store/change-by-event.js';
import type { Filter } from '../store/collection.js';
import type { AppointmentsContext } from './context.js';
import { noticeOf, type Telling } from './notices.js';
import type { AppointmentEvent, AppointmentRecord } from './record.js';

/** One step in the life of an appointment. */
export interface Change {
  type: 'change';
  event: AppointmentEvent;
  set?: Partial<AppointmentRecord>;
  /** The time is free for others, and the person may book again. */
  releases?: true;
  /** Said to the person, with the appointment as it is afterwards. */
  tell?: Telling;
}

export type Changed<Refusal> = ByEvent<AppointmentRecord, Refusal>;

/**
 * Changes an appointment by one atomic update: fields, event and notice together. `decide` sees it as it is; when somebody
 * else changes it in between it is asked again. Rejects with `store_duplicate` when the new time is taken.
 */
export const changing = <Refusal extends { type: string } = never>(
  context: AppointmentsContext,
  which: Filter,
  decide: (record: AppointmentRecord) => Change | Refusal,
): Promise<Changed<Refusal>> =>
  changeByEvent<AppointmentRecord, Change, Refusal>(context.appointments, {
    which,
    decide,
    write: (record, change, unchanged) => write(context, { record, unchanged }, change),
  });

async function write(
  context: AppointmentsContext,
  { record, unchanged }: { record: AppointmentRecord; unchanged: Filter },
  { event, set = {}, releases, tell }: Change,
): Promise<AppointmentRecord | undefined> {
  const told = tell ? noticeOf(context, { ...record, ...set }, tell) : undefined;
  const $set = { ...set, ...(told ? { noticesDue: context.clock.now() } : {}) };
  const changed = await context.appointments.findOneAndUpdate(unchanged, {
    ...(Object.keys($set).length > 0 ? { $set } : {}),
    ...(releases ? { $unset: { slot: true, holder: true } } : {}),
    $push: { events: event, ...(told ? { notices: told } : {}) },
  });
  if (changed && told) context.wake();
  return changed;
}
