import { z } from 'zod';
import type { Changed } from '../../appointments/change.js';
import type { AppointmentsContext } from '../../appointments/context.js';
import { answersOf } from '../../core/sealed-answers.js';
import type { AppointmentRecord } from '../../appointments/record.js';
import { cancelAppointment, closeAppointment, type AppointmentRefusal } from '../../appointments/staff.js';
import type { Assets } from '../../conversation/assets.js';
import { dayOfIso, startOfDay } from '../../core/riyadh.js';
import { answerShown, answersShown } from '../answers.js';
import { fields, isoOf } from '../fields.js';
import { listOf, pageQuery, readPage } from '../list.js';
import { problem, type Problem } from '../problem.js';
import { revealCall } from '../reveal.js';
import { defineCall, type Call } from '../route.js';

export interface AppointmentCallsContext {
  context: AppointmentsContext;
  assets: Assets;
}

const handlers = ['officer', 'researcher', 'admin'] as const;
const byId = z.strictObject({ id: fields.id });
const statuses = ['booked', 'cancelled', 'came', 'missed'] as const;

/** Sample: `{"id": "…", "start": "2026-11-22T06:00:00.000Z", "end": "…", "status": "booked", "channel": "telegram", "answers": […]}` */
const appointment = z
  .object({
    id: z.string(),
    start: fields.time,
    end: fields.time,
    status: z.enum(statuses),
    conversation: z.string(),
    channel: z.string(),
    locale: z.enum(['ar', 'en']),
    answers: z.array(answerShown).meta({ description: 'Who comes, and what about; masked' }),
    events: z.array(
      z.object({
        id: z.string(),
        at: fields.time,
        by: z.string(),
        type: z.string(),
        from: fields.time.nullable().meta({ description: 'Of a move: the time before' }),
        reason: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'Appointment' });

/** What staff do with the interviews that are booked in the chat. */
export const appointmentCalls = (calls: AppointmentCallsContext): Call[] => [
  listAppointments(calls),
  revealCall({
    records: 'appointments',
    by: 'id',
    key: fields.id,
    roles: handlers,
    action: 'appointment_revealed',
    find: (_id) => calls.context.appointments.findOne({ _id }),
    seal: calls.context.seal,
  }),
  cancel(calls),
  close(calls),
];

const listAppointments = (calls: AppointmentCallsContext): Call =>
  defineCall({
    method: 'get',
    path: '/appointments',
    summary: 'Interviews, the earliest first, from a day in Riyadh on; from now on unless a day is given',
    roles: handlers,
    query: z.strictObject({ from: fields.day.optional(), status: z.enum(statuses).optional(), ...pageQuery }),
    answer: listOf(appointment),
    async handle({ query: { from, status, ...page }, request: { locale } }) {
      const { appointments, clock } = calls.context;
      const start = from === undefined ? clock.now() : startOfDay(dayOfIso(from));
      const filter = { start: { $gte: start }, status: status ?? { $ne: 'refused' } };
      const found = await readPage(appointments, { filter, order: 'start', ...page });
      return { ...found, items: found.items.map((record) => shown(calls, record, locale)) };
    },
  });

const cancel = (calls: AppointmentCallsContext): Call =>
  defineCall({
    method: 'post',
    path: '/appointments/{id}/cancel',
    summary: 'Call an interview off; the person is told the reason, and the time is free again',
    roles: handlers,
    params: byId,
    body: z.strictObject({ reason: z.string().trim().min(3).max(500) }),
    answer: appointment,
    problems: [404, 409],
    audit: { action: 'appointment_cancelled', about: ({ params }) => params.id },
    async handle({ params: { id }, body: { reason }, account, request: { locale } }) {
      return answerTo(calls, await cancelAppointment(calls.context, id, { reason, by: account._id }), locale);
    },
  });

const close = (calls: AppointmentCallsContext): Call =>
  defineCall({
    method: 'post',
    path: '/appointments/{id}/done',
    summary: 'Write down whether the person came, once the time has come',
    roles: handlers,
    params: byId,
    body: z.strictObject({ came: z.boolean() }),
    answer: appointment,
    problems: [404, 409],
    audit: { action: 'appointment_done', about: ({ params }) => params.id },
    async handle({ params: { id }, body: { came }, account, request: { locale } }) {
      return answerTo(calls, await closeAppointment(calls.context, id, { came, by: account._id }), locale);
    },
  });

function answerTo(calls: AppointmentCallsContext, changed: Changed<AppointmentRefusal>, locale: 'ar' | 'en') {
  switch (changed.type) {
    case 'unknown':
      return unknown();
    case 'not_booked':
      return problem(409, 'interview.refusal.notBooked');
    case 'not_yet':
      return problem(409, 'interview.refusal.notYet');
    case 'changed':
    case 'repeated':
      return shown(calls, changed.record, locale);
    default:
      return changed satisfies never;
  }
}

const unknown = (): Problem => problem(404, 'request.refusal.unknown');

function shown(
  { context, assets }: AppointmentCallsContext,
  record: AppointmentRecord,
  locale: 'ar' | 'en',
): z.input<typeof appointment> {
  const { _id, start, end, status, conversation, address, form, events } = record;
  const { slot: _slot, consent: _consent, ...answers } = answersOf(context.seal, record);
  return {
    id: _id,
    start: isoOf(start),
    end: isoOf(end),
    // The lists leave refusals out, and nothing can be done with one.
    status: status === 'refused' ? 'cancelled' : status,
    conversation,
    channel: address.channelId,
    locale: record.locale,
    answers: answersShown(assets, form.id, { answers, locale }),
    events: events.map(({ id, at, by, type, from, reason }) => ({
      id,
      at: isoOf(at),
      by,
      type,
      from: from === undefined ? null : isoOf(from),
      reason: reason ?? null,
    })),
  };
}
