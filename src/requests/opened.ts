import { derivedId } from '../core/ids.js';
import { isolate } from '../language/direction.js';
import type { RequestsContext } from './context.js';
import type { RequestRecord } from './record.js';
import { formButton, sayIn } from './said.js';

/**
 * Tells people, in the chats that are theirs, that somebody else has opened a request in their name: staff, for whom they
 * still sign it, or somebody in another chat. Who never asked for it can say so.
 */
export async function tellOpened(context: RequestsContext, record: RequestRecord): Promise<void> {
  const { beneficiary, opened, reference, form, flags } = record;
  const chats = await context.chats.ofPerson(beneficiary);
  if (opened.via === 'chat' && chats.some(({ _id }) => _id === opened.conversation)) return;
  if (flags.some(({ type }) => type === 'disputed')) return;
  const byStaff = opened.via !== 'chat';
  for (const { _id, address, locale } of chats) {
    const words = { reference: locale === 'ar' ? isolate(reference) : reference };
    const sign = { type: 'postBack' as const, title: context.t(locale, 'request.action.sign'), value: `start:${form.id}:${reference}` }; // prettier-ignore
    await sayIn(context, derivedId(record._id, 'opened', _id), {
      address,
      locale,
      text: context.t(locale, byStaff ? 'request.opened.byStaff' : 'request.opened.elsewhere', words),
      actions: [
        ...(byStaff ? [sign] : []),
        ...formButton(context, { opens: 'dispute', locale, about: reference, label: 'request.action.dispute' }),
      ],
    });
  }
}
