import type { AppointmentRecord } from '../../src/appointments/record.js';
import type { FormOutcome } from '../../src/flows/schema.js';
import { slotId } from '../../src/core/slot.js';
import type { Store } from '../../src/store/collection.js';
import { createHouse } from '../requests/house.js';

/** A time in Riyadh; the house's clock begins on Saturday 21 November 2026 at 9 in the morning. */
export const at = (text: string) => Date.parse(`2026-11-${text}:00+03:00`);

const answers = { consent: true, fullName: 'نورة سالم العنزي', mobile: '+966500000000', about: 'أوراقي' };

/** The bookings of one organisation on a real store; what it says is collected. */
export function createOffice(store: Store) {
  const house = createHouse(store);
  const records = store.collection<AppointmentRecord>('appointments');
  const forms = {
    appointment: 'interview',
    'appointment-move': 'move-interview',
    'appointment-cancel': 'cancel-interview',
  };

  /** A turn by which somebody asks for something about their interview. */
  function asks(chat: string, opens: FormOutcome & keyof typeof forms, start?: number, locale: 'ar' | 'en' = 'ar') {
    const given = {
      ...(opens === 'appointment' ? answers : {}),
      ...(start === undefined ? {} : { slot: slotId(start) }),
    };
    return { ...house.caused(chat, { form: forms[opens], opens, answers: given, locale }), replyToId: `m-${chat}` };
  }

  async function does(turn: ReturnType<typeof asks>): Promise<AppointmentRecord | undefined> {
    await house.perform(turn);
    await house.beat();
    return records.findOne({ _id: turn.id });
  }

  return {
    ...house,
    records,
    asks,
    does,
    books: (chat: string, start: number, locale?: 'ar' | 'en') => does(asks(chat, 'appointment', start, locale)),
    moves: (chat: string, start: number) => does(asks(chat, 'appointment-move', start)),
    cancels: (chat: string) => does(asks(chat, 'appointment-cancel')),
    /** What was said to one person last. */
    heardBy: (chat: string) => house.said.findLast(({ conversation }) => conversation.id === chat)?.text ?? '',
    free: async (chat = 'nobody') => (await house.personFacts(`telegram/${chat}`)).slots ?? [],
    holds: async (chat: string) => (await house.personFacts(`telegram/${chat}`)).appointment?.start,
  };
}
