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

export type Changed<Refusal> =
  | { type: 'changed'; record: AppointmentRecord }
  /** This event is there already: nothing changed now. */
  | { type: 'repeated'; record: AppointmentRecord }
  | { type: 'unknown' }
  | Refusal;

/**
 * Changes an appointment by one atomic update: fields, event and notice together. `decide` sees it as it is; when somebody
 * else changes it in between it is asked again. Rejects with `store_duplicate` when the new time is taken.
 */
export async function changing<Refusal extends { type: string } = never>(
  context: AppointmentsContext,
  which: Filter,
  decide: (record: AppointmentRecord) => Change | Refusal,
): Promise<Changed<Refusal>> {
  for (;;) {
    const record = await context.appointments.findOne(which);
    if (!record) return { type: 'unknown' };
    const decision = decide(record);
    if (!isChange(decision)) return decision;
    if (record.events.some(({ id }) => id === decision.event.id)) return { type: 'repeated', record };
    const changed = await write(context, record, decision);
    if (changed) return { type: 'changed', record: changed };
  }
}

const isChange = (decision: { type: string }): decision is Change => decision.type === 'change';

/** Undefined when it has changed since it was read: every change adds an event. */
async function write(
  context: AppointmentsContext,
  record: AppointmentRecord,
  { event, set = {}, releases, tell }: Change,
): Promise<AppointmentRecord | undefined> {
  const told = tell ? noticeOf(context, { ...record, ...set }, tell) : undefined;
  const $set = { ...set, ...(told ? { noticesDue: context.clock.now() } : {}) };
  const changed = await context.appointments.findOneAndUpdate(
    { _id: record._id, [`events.${record.events.length}`]: { $exists: false } },
    {
      ...(Object.keys($set).length > 0 ? { $set } : {}),
      ...(releases ? { $unset: { slot: true, holder: true } } : {}),
      $push: { events: event, ...(told ? { notices: told } : {}) },
    },
  );
  if (changed && told) context.wake();
  return changed;
}
