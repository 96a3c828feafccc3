import type { FormOutcome } from '../flows/schema.js';
import type { Assets } from './assets.js';
import type { Effect } from './effects.js';
import type { ConversationState } from './state.js';

/** Forms that are worth a reminder when they are left; the others are a question or two. */
const worthReminding: ReadonlySet<FormOutcome> = new Set(['request', 'submission', 'appeal']);

/** The form that waits to be finished: the open one, or the one that was left last; null when there is none. */
export const waitingForm = ({ forms }: Assets, { form, drafts }: ConversationState): string | null =>
  [form, ...drafts.toReversed()].find((one) => one && worthReminding.has(forms.get(one.id)?.opens ?? 'status'))?.id ??
  null;

/** Says outside that another form waits now, or none. */
export const draftChange = (assets: Assets, before: string | null, state: ConversationState): Effect[] => {
  const form = waitingForm(assets, state);
  return form === before ? [] : [{ type: 'draft_changed', form, locale: state.locale }];
};
