import type { Collection, Document, Filter } from './collection.js';

/** A document whose every change adds an event, so that the number of its events says whether it has changed. */
export type Eventful = Document & { events: readonly { id: string }[] };

export type Changed<T, Refusal> =
  | { type: 'changed'; record: T }
  /** This event is there already: nothing changed now. */
  | { type: 'repeated'; record: T }
  | { type: 'unknown' }
  | Refusal;

interface AnyChange {
  type: 'change';
  event: { id: string };
}

export interface ChangeByEvent<T, Change extends AnyChange, Refusal> {
  which: Filter;
  /** Sees the document as it is; asked again when somebody else changes it in between. */
  decide(record: T): Change | Refusal;
  /** One atomic update under `unchanged`, which pushes the event; undefined when that held no more. */
  write(record: T, change: Change, unchanged: Filter): Promise<T | undefined>;
}

/** Changes a document by one event, once for each: of two changes at once one wins and the other is judged anew. */
export async function changeByEvent<T extends Eventful, Change extends AnyChange, Refusal extends { type: string }>(
  collection: Collection<T>,
  { which, decide, write }: ChangeByEvent<T, Change, Refusal>,
): Promise<Changed<T, Refusal>> {
  for (;;) {
    const record = await collection.findOne(which);
    if (!record) return { type: 'unknown' };
    const decision = decide(record);
    if (!isChange(decision)) return decision;
    if (record.events.some(({ id }) => id === decision.event.id)) return { type: 'repeated', record };
    const unchanged = { _id: record._id, [`events.${record.events.length}`]: { $exists: false } };
    const changed = await write(record, decision, unchanged);
    if (changed) return { type: 'changed', record: changed };
  }
}

const isChange = <Change extends AnyChange>(decision: Change | { type: string }): decision is Change =>
  decision.type === 'change';
