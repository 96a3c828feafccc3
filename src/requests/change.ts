import type { Address } from '../core/activity.js';
import { changeByEvent, type Changed as ByEvent } from '../store/change-by-event.js';
import type { Filter } from '../store/collection.js';
import type { RequestsContext } from './context.js';
import { reach } from './chats.js';
import { noticeOf, type Telling } from './notices.js';
import type { DeclarationRecord, DocumentRecord, RequestEvent, RequestRecord } from './record.js';

/** One step in the life of a request. */
export interface Change {
  type: 'change';
  event: RequestEvent;
  set?: Partial<RequestRecord>;
  documents?: readonly DocumentRecord[];
  declaration?: DeclarationRecord;
  /** Said to the applicant, with the request as it is afterwards. */
  tell?: Telling;
  /** Where it is said: who has just done something is answered there. Otherwise where the person was heard last. */
  to?: Address;
}

export type Changed<Refusal> = ByEvent<RequestRecord, Refusal>;

/**
 * Changes a request by one atomic update: fields, event and notice together. `decide` sees the request as it is; when
 * somebody else changes it in between it is asked again, so of two moves at once one wins and the other is judged anew.
 */
export const changing = <Refusal extends { type: string } = never>(
  context: RequestsContext,
  which: Filter,
  decide: (record: RequestRecord) => Change | Refusal,
): Promise<Changed<Refusal>> =>
  changeByEvent<RequestRecord, Change, Refusal>(context.requests, {
    which,
    decide,
    write: (record, change, unchanged) => write(context, { record, unchanged }, change),
  });

async function write(
  context: RequestsContext,
  { record, unchanged }: { record: RequestRecord; unchanged: Filter },
  { event, set = {}, documents = [], declaration, tell, to }: Change,
): Promise<RequestRecord | undefined> {
  const after = { ...record, ...set, documents: [...(set.documents ?? record.documents), ...documents] };
  const told = tell ? noticeOf(context, { ...after, address: to ?? (await reach(context, record)) }, tell) : undefined;
  const $set = { ...set, ...(told ? { noticesDue: context.clock.now() } : {}) };
  const changed = await context.requests.findOneAndUpdate(
    {
      ...unchanged,
      // The relay takes notices out without an event.
      ...(set.notices ? { [`notices.${record.notices.length - 1}`]: { $exists: true } } : {}),
    },
    {
      ...(Object.keys($set).length > 0 ? { $set } : {}),
      $push: {
        events: event,
        ...(documents.length > 0 ? { documents: { $each: documents } } : {}),
        ...(declaration ? { declarations: declaration } : {}),
        ...(told ? { notices: told } : {}),
      },
    },
  );
  if (changed && told) context.wake();
  if (changed) await context.changed(changed);
  return changed;
}
