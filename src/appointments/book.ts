import { StoreError } from '../core/errors.js';
import { sealAnswers } from '../core/sealed-answers.js';
import { slotStart } from '../core/slot.js';
import type { Caused, FormSubmitted } from '../conversation/effects.js';
import { changing } from './change.js';
import { reminderFor } from './clockwork.js';
import type { AppointmentsContext } from './context.js';
import { isOver, openOf } from './facts.js';
import { noticeOf, type NoticeKind, type Telling } from './notices.js';
import type { AppointmentRecord } from './record.js';
import { refuse } from './refuse.js';
import { endOf, freeSlots, slotsOf } from './slots.js';

/** Does what the person asked for, once for each turn, and tells them how it went. */
export async function performAppointment(context: AppointmentsContext, asked: Caused<FormSubmitted>): Promise<void> {
  if (await isDone(context, asked)) return;
  switch (asked.effect.opens) {
    case 'appointment':
      return book(context, asked);
    case 'appointment-move':
      return move(context, asked);
    case 'appointment-cancel':
      return cancel(context, asked);
    default:
  }
}

/** A repeated turn finds what it has done, whatever has become of it since. */
async function isDone(
  { appointments }: AppointmentsContext,
  { id, conversation }: Caused<FormSubmitted>,
): Promise<boolean> {
  const own = await appointments.find({ conversation, at: { $gt: 0 } }, { sort: { at: -1 }, limit: 50 });
  return own.some((record) => record._id === id || record.events.some((event) => event.id === id));
}

/** Of all who want one time the first has it: the unique index decides, not what was read before. */
async function book(context: AppointmentsContext, asked: Caused<FormSubmitted>): Promise<void> {
  await letGoOfOver(context, asked);
  const open = await openOf(context, asked.conversation);
  if (open) return refuse(context, asked, { kind: 'already', start: open.start });
  const wanted = await wantedTime(context, asked);
  if (wanted.type !== 'free') return refuse(context, asked, { kind: wanted.type, start: wanted.start });
  const outcome = await unlessTaken(context.appointments.insert(bookingOf(context, asked, wanted)));
  if (outcome !== 'taken') return context.wake();
  const other = await openOf(context, asked.conversation);
  if (await isDone(context, asked)) return;
  return refuse(
    context,
    asked,
    other ? { kind: 'already', start: other.start } : { kind: 'taken', start: wanted.start },
  );
}

async function move(context: AppointmentsContext, asked: Caused<FormSubmitted>): Promise<void> {
  const open = await openOf(context, asked.conversation);
  if (!open) return refuse(context, asked, { kind: 'none', start: asked.at });
  const wanted = await wantedTime(context, asked);
  if (wanted.type !== 'free') return refuse(context, asked, { kind: wanted.type, start: wanted.start });
  const { start, end } = wanted;
  const outcome = await unlessTaken(
    changing<Gone>(context, { holder: asked.conversation }, (record) => {
      if (isOver(context, record)) return { type: 'gone' };
      return {
        type: 'change',
        event: { id: asked.id, at: asked.at, by: 'person', type: 'moved', from: record.start },
        set: {
          start,
          end,
          slot: start,
          sequence: record.sequence + 1,
          due: reminderFor(context, start),
          address: asked.address,
          locale: asked.effect.locale,
        },
        tell: answer(asked, 'moved'),
      };
    }),
  );
  if (outcome === 'taken') return refuse(context, asked, { kind: 'taken', start });
  if (outcome.type === 'unknown' || outcome.type === 'gone') await refuse(context, asked, { kind: 'none', start });
}

async function cancel(context: AppointmentsContext, asked: Caused<FormSubmitted>): Promise<void> {
  const outcome = await changing<Gone>(context, { holder: asked.conversation }, (record) => {
    if (isOver(context, record)) return { type: 'gone' };
    return {
      type: 'change',
      event: { id: asked.id, at: asked.at, by: 'person', type: 'cancelled' },
      set: { status: 'cancelled', sequence: record.sequence + 1, due: null },
      releases: true,
      tell: answer(asked, 'cancelled'),
    };
  });
  if (outcome.type === 'unknown' || outcome.type === 'gone') {
    await refuse(context, asked, { kind: 'none', start: asked.at });
  }
}

type Gone = { type: 'gone' };

type Wanted = { start: number } & ({ type: 'free'; end: number } | { type: 'taken' } | { type: 'gone' });

/** The profile may have changed, or the time come, since it was offered. */
async function wantedTime(context: AppointmentsContext, { effect, at }: Caused<FormSubmitted>): Promise<Wanted> {
  const { interviews } = context.organisation;
  const start = slotStart(String(effect.answers['slot']));
  if (!interviews || start === undefined || !slotsOf(interviews, context.clock.now()).includes(start)) {
    return { type: 'gone', start: start ?? at };
  }
  const free = await freeSlots(context);
  return free.includes(start) ? { type: 'free', start, end: endOf(interviews, start) } : { type: 'taken', start };
}

function bookingOf(
  context: AppointmentsContext,
  asked: Caused<FormSubmitted>,
  { start, end }: { start: number; end: number },
): AppointmentRecord {
  const { id, effect, conversation, address, at } = asked;
  const record: AppointmentRecord = {
    _id: id,
    at,
    status: 'booked',
    start,
    end,
    slot: start,
    holder: conversation,
    conversation,
    address,
    locale: effect.locale,
    form: { id: effect.form, version: effect.version },
    answers: sealAnswers(context.seal, effect.answers),
    events: [{ id, at, by: 'person', type: 'booked' }],
    sequence: 0,
    due: reminderFor(context, start),
    notices: [],
    noticesDue: context.clock.now(),
  };
  return { ...record, notices: [noticeOf(context, record, answer(asked, 'booked'))] };
}

/** Whoever has an interview behind them that nobody has marked may book anew. */
async function letGoOfOver(context: AppointmentsContext, { conversation }: Caused<FormSubmitted>): Promise<void> {
  const held = await context.appointments.findOne({ holder: conversation });
  if (!held || !isOver(context, held)) return;
  await context.appointments.findOneAndUpdate({ _id: held._id, holder: conversation }, { $unset: { holder: true } });
}

async function unlessTaken<T>(written: Promise<T>): Promise<T | 'taken'> {
  try {
    return await written;
  } catch (error) {
    if (error instanceof StoreError && error.code === 'store_duplicate') return 'taken';
    throw error;
  }
}

const answer = ({ id, replyToId }: Caused<FormSubmitted>, kind: NoticeKind): Telling => ({ kind, id, replyToId });
