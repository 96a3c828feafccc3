import type { Translate } from '../conversation/texts.js';
import type { Clock } from '../core/clock.js';
import type { Ids } from '../core/ids.js';
import type { Seal } from '../core/seal.js';
import type { Form, Organisation } from '../flows/schema.js';
import type { Collection } from '../store/collection.js';
import type { AppointmentRecord } from './record.js';

/** What everything about appointments shares. Handed in by `support.ts`. */
export interface AppointmentsContext {
  appointments: Collection<AppointmentRecord>;
  organisation: Organisation;
  forms: ReadonlyMap<string, Form>;
  t: Translate;
  seal: Seal;
  clock: Clock;
  ids: Ids;
  /** The first moment at or after this one at which people are not disturbed; milliseconds. */
  afterQuiet(ms: number): number;
  /** Somebody has come; told once. */
  attended(appointment: Pick<AppointmentRecord, '_id' | 'conversation'>): Promise<void>;
  /** Something is to be told soon: whoever relays notices may look at once. */
  wake(): void;
}
