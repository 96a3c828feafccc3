import type { PersonFacts } from '../conversation/person-facts.js';
import type { AppointmentsContext } from './context.js';
import type { AppointmentRecord } from './record.js';
import { freeSlots } from './slots.js';

/** What the engine is told of interviews before a turn of this conversation. */
export async function appointmentFacts(
  context: AppointmentsContext,
  conversation: string,
): Promise<Pick<PersonFacts, 'slots' | 'appointment'>> {
  const [slots, open] = await Promise.all([freeSlots(context), openOf(context, conversation)]);
  return { slots, ...(open ? { appointment: { start: open.start } } : {}) };
}

/** The booking of a conversation that is not over yet. */
export async function openOf(
  context: AppointmentsContext,
  conversation: string,
): Promise<AppointmentRecord | undefined> {
  const held = await context.appointments.findOne({ holder: conversation });
  return held && !isOver(context, held) ? held : undefined;
}

export const isOver = ({ clock }: AppointmentsContext, { end }: AppointmentRecord): boolean => end <= clock.now();
