import { readState } from '../conversation/state.js';
import { isoTime } from '../core/clock.js';
import { derivedId } from '../core/ids.js';
import type { Activity, EventActivity, MessageActivity } from '../core/activity.js';
import type { Locale } from '../language/matcher.js';
import type { Colleague, TakeoverContext } from './context.js';
import type { DeskConversation } from './desk.js';

/** What the transcript keeps of what staff did; it is shown to staff only. */
export type StaffMark =
  | { name: 'staff/taken'; by: string }
  | { name: 'staff/note'; by: string; note: string }
  | { name: 'staff/transferred'; by: string; to: string; note?: string }
  | { name: 'staff/snoozed'; by: string; until: string };

/** Something that staff did, between the messages around it. */
export function mark(context: TakeoverContext, record: DeskConversation, { name, ...value }: StaffMark): EventActivity {
  return { ...base(context, record, context.ids.uuid()), type: 'event', name, value };
}

/** A word of a member of staff. `id` is the sender's own: the same one is said once. */
export function wordOf(
  context: TakeoverContext,
  record: DeskConversation,
  { by, id, ...said }: { by: Colleague; id: string } & Pick<MessageActivity, 'text' | 'attachments'>,
): MessageActivity {
  const own = base(context, record, derivedId('staff', by.id, id));
  return { ...own, type: 'message', ...said, channelData: { speaker: by.name } };
}

/** A sentence of `locales/` in the person's language. */
export function sentence(
  context: TakeoverContext,
  record: DeskConversation,
  { id, key, variables = {} }: { id: string; key: string; variables?: Record<string, unknown> },
): MessageActivity {
  const locale = localeOf(record);
  const organisation = context.organisation.shortName[locale];
  const text = context.t(locale, key, { organisation, ...variables });
  return { ...base(context, record, id), type: 'message', locale, text, channelData: { notice: true } };
}

/** For the bot, which takes the conversation up again. */
export const handedBack = (context: TakeoverContext, record: DeskConversation, name: string): Activity => ({
  ...base(context, record, context.ids.uuid()),
  type: 'event',
  name,
});

export const localeOf = ({ state }: DeskConversation): Locale => readState(state, 'ar').locale;

const base = (context: TakeoverContext, { address }: DeskConversation, id: string) => ({
  ...address,
  id,
  timestamp: isoTime(context.clock),
  role: 'staff' as const,
});
