import type { Clock } from '../core/clock.js';
import type { Ids } from '../core/ids.js';
import type { Collection, Document } from '../store/collection.js';

/** Who did, saw or was refused what. Append-only; ids and references only, never a name, a number or a person's words. */
export interface AuditRecord extends Document {
  /** Milliseconds. */
  at: number;
  /** An account's id, or `stranger`. */
  by: string;
  /** In the past tense: `request_moved`. */
  action: string;
  about: string | null;
  /** As the member of staff wrote it. */
  reason?: string;
  outcome: 'done' | 'refused' | 'failed';
}

export interface Audit {
  write(entry: Omit<AuditRecord, '_id' | 'at'>): Promise<void>;
}

export const createAudit = (records: Collection<AuditRecord>, { clock, ids }: { clock: Clock; ids: Ids }): Audit => ({
  write: (entry) => records.insert({ _id: ids.uuid(), at: clock.now(), ...entry }),
});
