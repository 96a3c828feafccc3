import { derivedId } from '../core/ids.js';
import type { FormSubmitted } from '../conversation/effects.js';
import { changing } from './change.js';
import { sees, type Seen } from './chats.js';
import type { RequestsContext } from './context.js';
import { answerIn, type Asked } from './said.js';

const over = new Set(['closed', 'withdrawn']);

/**
 * Whether who sees a request may say that they never asked for it: what others have opened in their name, unless they
 * have signed it themselves since.
 */
export const isDisputable = ({ record, byOthers }: Seen): boolean =>
  byOthers &&
  !(record.opened.via !== 'chat' && record.declarations.some(({ scan }) => !scan)) &&
  !over.has(record.status) &&
  !record.flags.some(({ type }) => type === 'disputed');

/**
 * "I never asked for this": the request is flagged and staff are called. It changes nothing else, for who says so is not
 * known either, and whoever opened the request is told nothing.
 */
export async function dispute(context: RequestsContext, asked: Asked & { effect: FormSubmitted }): Promise<void> {
  const { id, at, conversation, effect } = asked;
  const record = await context.requests.findOne({ reference: effect.reference ?? null });
  const seen = record && (await sees(context, record, conversation));
  if (!record || !seen) return;
  const { reference } = record;
  const outcome = await changing<{ type: 'refused' }>(context, { reference }, (now) =>
    isDisputable({ ...seen, record: now }) || now.events.some((event) => event.id === id)
      ? {
          type: 'change',
          event: { id, at, by: 'applicant', type: 'flagged', about: 'disputed' },
          set: { flags: [...now.flags, { type: 'disputed', at }] },
        }
      : { type: 'refused' },
  );
  if (outcome.type !== 'refused') {
    await context.task({ id: derivedId(id, 'disputed'), kind: 'disputed', conversation, reason: reference });
  }
  await answerIn(context, asked, 'request.disputed', { reference });
}
