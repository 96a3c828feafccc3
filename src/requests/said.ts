import { isoTime } from '../core/clock.js';
import { derivedId } from '../core/ids.js';
import type { Address, SuggestedAction } from '../core/activity.js';
import { isolate } from '../language/direction.js';
import type { RequestsContext } from './context.js';
import { answerTo } from './notices.js';

/** A turn that asked for something that is answered outside of it. */
export interface Asked {
  id: string;
  conversation: string;
  address: Address;
  at: number;
  effect: { locale: 'ar' | 'en' };
}

export interface Said {
  address: Address;
  locale: 'ar' | 'en';
  text: string;
  actions?: readonly SuggestedAction[];
}

/** Says something in a chat, once for each id. */
export const sayIn = (context: RequestsContext, id: string, { address, locale, text, actions = [] }: Said) =>
  context.say({
    ...address,
    type: 'message',
    id,
    timestamp: isoTime(context.clock),
    role: 'bot',
    ...answerTo(context, address),
    locale,
    text,
    ...(actions.length > 0 ? { suggestedActions: { actions: [...actions] } } : {}),
    channelData: { notice: true },
  });

/** Answers a turn where it was asked, with a sentence of `locales/`. */
export function answerIn(
  context: RequestsContext,
  { id, address, effect: { locale } }: Asked,
  key: string,
  { reference = '', actions = [] }: { reference?: string; actions?: readonly SuggestedAction[] } = {},
): Promise<void> {
  const text = context.t(locale, key, { reference: locale === 'ar' ? isolate(reference) : reference });
  return sayIn(context, derivedId(id, 'said'), { address, locale, text, actions });
}

/** A button that begins a form, about a request when one is named; none where the organisation has no such form. */
export function formButton(
  { forms, t }: RequestsContext,
  { opens, locale, about, label }: { opens: string; locale: 'ar' | 'en'; about?: string; label?: string },
): SuggestedAction[] {
  const form = [...forms.values()].find((one) => one.opens === opens);
  if (!form) return [];
  const value = about === undefined ? `start:${form.id}` : `start:${form.id}:${about}`;
  return [{ type: 'postBack', title: label === undefined ? form.label[locale] : t(locale, label), value }];
}
