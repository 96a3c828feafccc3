import type { Clock } from '../core/clock.js';
import type { Ids } from '../core/ids.js';
import type { Collection, Document } from './collection.js';
import { insertOnce } from './insert-once.js';

/** Who may do something that only one instance may do at a time. */
export interface LeaseRecord extends Document {
  holder: string;
  until: number;
}

export interface LeaseOptions {
  records: Collection<LeaseRecord>;
  /** Id of the document. */
  name: string;
  /** For how long it is held without being renewed; milliseconds. */
  forMs: number;
  /** Nobody else uses this store: what is held was held by a process that is dead. */
  alone: boolean;
  /** The same for all instances: not one that `WASL_TIME_SHIFT` moves. */
  clock: Clock;
  ids: Ids;
}

/** A lease of one document: taken when it is free or has run out, renewed by its holder, given back. */
export function createLease({ records, name, forMs, alone, clock, ids }: LeaseOptions) {
  const holder = ids.uuid();
  const own = { _id: name, holder };
  const until = (): { until: number } => ({ until: clock.now() + forMs });
  const renew = async (): Promise<boolean> =>
    (await records.findOneAndUpdate({ ...own, until: { $gt: clock.now() } }, { $set: until() })) !== undefined;

  return {
    async take(): Promise<boolean> {
      if (await insertOnce(records, { ...own, ...until() })) return true;
      if (await renew()) return true;
      const free = { _id: name, ...(alone ? {} : { until: { $lte: clock.now() } }) };
      return (await records.findOneAndUpdate(free, { $set: { holder, ...until() } })) !== undefined;
    },
    renew,
    async release(): Promise<void> {
      await records.findOneAndUpdate(own, { $set: { until: 0 } });
    },
  };
}
