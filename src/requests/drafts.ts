import { isoTime, day } from '../core/clock.js';
import { derivedId } from '../core/ids.js';
import type { Address } from '../core/activity.js';
import type { Collection } from '../store/collection.js';
import { insertOnce } from '../store/insert-once.js';
import type { RequestsContext } from './context.js';
import type { DraftRecord } from './draft-record.js';
import { afterQuiet } from './quiet-hours.js';

/** Days after the beginning: a reminder, then the last one. */
const reminderDays = [3, 10] as const;
/** Who has written lately has not forgotten. */
const quietDays = 2;

/** Notes that a form was begun (`form`), or that none is open any more (null). */
export async function noteDraft(
  context: RequestsContext,
  begun: { conversation: string; address: Address; at: number; form: string | null; locale: 'ar' | 'en' },
): Promise<void> {
  const { drafts } = context;
  const { conversation, address, at, form, locale } = begun;
  if (form === null) return void (await drafts.deleteMany({ _id: conversation }));
  const draft = { form, address, locale, since: at, sent: 0, due: dueAfter(context, at, 0) };
  if (await drafts.findOneAndUpdate({ _id: conversation }, { $set: draft })) return;
  await insertOnce(drafts, { _id: conversation, ...draft });
}

/** Nothing more is said of a draft in this conversation. */
export const stopDraftReminders = (drafts: Collection<DraftRecord>, conversation: string) =>
  drafts.findOneAndUpdate({ _id: conversation }, { $set: { due: null } });

/** Reminds of forms that were left: at most twice, and nobody who has written lately. */
export async function remindOfDrafts(context: RequestsContext): Promise<void> {
  const { drafts, clock } = context;
  const now = clock.now();
  const due = await drafts.find({ due: { $lte: now } }, { sort: { due: 1 }, limit: 200 });
  for (const draft of due) await remind(context, draft, now);
}

async function remind(context: RequestsContext, draft: DraftRecord, now: number): Promise<void> {
  const { drafts, forms, t, quiet, organisation } = context;
  const unchanged = { _id: draft._id, since: draft.since, sent: draft.sent, due: draft.due };
  const heard = (await context.heardAt(draft._id)) ?? 0;
  // Also when it is due: nothing may have run until the night.
  const next = afterQuiet(Math.max(now, heard + quietDays * day), quiet);
  if (next > now) {
    await drafts.findOneAndUpdate(unchanged, { $set: { due: next } });
    return;
  }
  const form = forms.get(draft.form)?.label[draft.locale];
  if (form !== undefined) {
    await context.say({
      ...draft.address,
      type: 'message',
      id: derivedId(draft._id, 'draft', String(draft.since), String(draft.sent)),
      timestamp: isoTime(context.clock),
      role: 'bot',
      locale: draft.locale,
      text: t(draft.locale, draft.sent === 0 ? 'form.reminder' : 'form.lastReminder', { form }),
      channelData: {
        notice: true,
        noticeKind: draft.sent === 0 ? 'draft_reminder' : 'last_draft_reminder',
        variables: { form, organisation: organisation.shortName[draft.locale] },
      },
    });
  }
  const sent = draft.sent + 1;
  await drafts.findOneAndUpdate(unchanged, { $set: { sent, due: dueAfter(context, draft.since, sent) } });
}

function dueAfter({ quiet }: RequestsContext, since: number, sent: number): number | null {
  const days = reminderDays[sent];
  return days === undefined ? null : afterQuiet(since + days * day, quiet);
}
