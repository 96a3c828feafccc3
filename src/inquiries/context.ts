import type { Translate } from '../conversation/texts.js';
import type { Clock } from '../core/clock.js';
import type { Ids } from '../core/ids.js';
import type { Seal } from '../core/seal.js';
import type { Form } from '../flows/schema.js';
import type { Collection } from '../store/collection.js';
import type { SubmissionRecord } from './record.js';

/** What everything about submissions shares. Handed in by `support.ts`. */
export interface InquiriesContext {
  submissions: Collection<SubmissionRecord>;
  forms: ReadonlyMap<string, Form>;
  t: Translate;
  seal: Seal;
  clock: Clock;
  ids: Ids;
  /** Opens a task for staff, once per `id`. */
  task(task: { id: string; kind: 'call'; conversation: string; reason: string }): Promise<void>;
}
