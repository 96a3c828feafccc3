import { day } from '../core/clock.js';
import { derivedId } from '../core/ids.js';
import { isoDay } from '../core/riyadh.js';
import { changing, type Change } from './change.js';
import type { RequestsContext } from './context.js';
import { factsFor } from './declaration.js';
import { missingPapers, registrationPapers, takesPapers } from './papers.js';
import { afterQuiet } from './quiet-hours.js';
import type { RequestRecord } from './record.js';

/** After so many days without the missing papers: a reminder, then the last one. */
const reminderDays = [3, 10] as const;
export const firstReminder = reminderDays[0] * day;
const lookLimit = 200;

/** Before this nobody hears what became of a request, or an appeal, of that moment; milliseconds. */
export const earliestAnswer = ({ organisation }: Pick<RequestsContext, 'organisation'>, at: number): number =>
  at + organisation.review.minimumDays * day;

/** Does what the time has come for: tells outcomes whose day is here, reminds of papers. Resolves to how many. */
export async function runDue(context: RequestsContext): Promise<number> {
  const now = context.clock.now();
  const due = await context.requests.find({ due: { $lte: now } }, { sort: { due: 1 }, limit: lookLimit });
  for (const { _id } of due) {
    try {
      await changing<Done>(context, { _id }, (record) => step(context, record));
    } catch (error) {
      // One that cannot be read, because somebody has tampered with it, keeps nobody else from their news.
      context.log.error('what is due of a request could not be done', { code: 'store_failed', error });
    }
  }
  return due.length;
}

type Done = { type: 'nothing_due' };

function step(context: RequestsContext, record: RequestRecord): Change | Done {
  const now = context.clock.now();
  if (record.due === null || record.due > now) return { type: 'nothing_due' };
  return record.pending ? tellOutcome(context, record, record.pending) : remind(context, record);
}

/** The minimum is held again here, at the moment of telling, whatever was written down before. */
function tellOutcome(context: RequestsContext, record: RequestRecord, pending: Pending): Change | Done {
  const now = context.clock.now();
  const at = pending.override === undefined ? Math.max(record.answerNotBefore, now) : now;
  if (at > now) return later(record, at);
  const to = pending.decision === 'accept' ? 'accepted' : 'rejected';
  const id = derivedId(record._id, pending.sitting, to);
  const papers = to === 'accepted' ? registrationPapers(context.papers.values(), factsFor(context, record)) : [];
  return {
    type: 'change',
    event: {
      id,
      at: now,
      by: 'system',
      type: 'moved',
      from: record.status,
      to,
      about: pending.sitting,
      reason: pending.reason,
    },
    set: {
      status: to,
      reason: pending.reason,
      pending: null,
      papers: [...new Set([...record.papers, ...papers])],
      reminders: { ...record.reminders, sent: 0 },
      due: to === 'accepted' ? now + firstReminder : null,
    },
    tell: { kind: to, id, reason: pending.reason },
  };
}

type Pending = NonNullable<RequestRecord['pending']>;

/** Somebody has moved the day: looks again then. */
const later = (record: RequestRecord, due: number): Change => ({
  type: 'change',
  event: { id: derivedId(record._id, 'waits', String(due)), at: due, by: 'system', type: 'waits' },
  set: { due },
});

function remind({ clock, quiet }: RequestsContext, record: RequestRecord): Change {
  const now = clock.now();
  const { sent, stopped } = record.reminders;
  const wanted = takesPapers(record) && missingPapers(record, isoDay(now)).length > 0;
  const id = derivedId(record._id, 'reminder', String(record.events.length));
  const waits = (due: number | null): Change => ({
    type: 'change',
    event: { id, at: now, by: 'system', type: 'waits' },
    set: { due },
  });
  if (!wanted || stopped || sent >= reminderDays.length) return waits(null);
  // What comes at night is known in the morning.
  const morning = afterQuiet(now, quiet);
  if (morning > now) return waits(morning);
  const next = sent + 1 < reminderDays.length ? now + (reminderDays[1] - reminderDays[0]) * day : null;
  return {
    type: 'change',
    event: { id, at: now, by: 'system', type: 'reminded' },
    set: { reminders: { stopped, sent: sent + 1 }, due: next === null ? null : afterQuiet(next, quiet) },
    tell: { kind: sent === 0 ? 'reminder' : 'last_reminder', id },
  };
}
