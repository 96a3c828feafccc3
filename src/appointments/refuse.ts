import { insertOnce } from '../store/insert-once.js';
import type { Caused, FormSubmitted } from '../conversation/effects.js';
import type { AppointmentsContext } from './context.js';
import { noticeOf, type NoticeKind } from './notices.js';
import type { AppointmentRecord } from './record.js';
import { freeSlots } from './slots.js';

/** So many other times are named to somebody who came too late. */
const others = 3;

/**
 * Tells somebody that nothing was booked, and why; `start` is the time that it is about. The refusal is a record of its own,
 * without what the person has written, so that a repeated turn says it once.
 */
export async function refuse(
  context: AppointmentsContext,
  { id, effect, conversation, address, replyToId, at }: Caused<FormSubmitted>,
  { kind, start }: { kind: NoticeKind; start: number },
): Promise<void> {
  const { appointments, seal, clock } = context;
  const names = kind === 'taken' || kind === 'gone';
  const record: AppointmentRecord = {
    _id: id,
    at,
    status: 'refused',
    start,
    end: start,
    conversation,
    address,
    locale: effect.locale,
    form: { id: effect.form, version: effect.version },
    answers: seal.seal('{}'),
    events: [{ id, at, by: 'system', type: 'refused', reason: kind }],
    sequence: 0,
    due: null,
    notices: [],
    noticesDue: clock.now(),
  };
  const free = names ? (await freeSlots(context)).slice(0, others) : [];
  const notice = noticeOf(context, record, { kind, id, others: free, replyToId });
  if (await insertOnce(appointments, { ...record, notices: [notice] })) context.wake();
}
