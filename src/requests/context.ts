import type { Facts } from '../conversation/conditions.js';
import type { Translate } from '../conversation/texts.js';
import type { Activity, Address } from '../core/activity.js';
import type { Clock } from '../core/clock.js';
import type { Ids } from '../core/ids.js';
import type { Log } from '../core/log.js';
import type { Seal } from '../core/seal.js';
import type { Form, Organisation, Paper } from '../flows/schema.js';
import type { Collection } from '../store/collection.js';
import type { DraftRecord } from './drafts.js';
import type { QuietHours } from './quiet-hours.js';
import type { CodeRecord, RequestRecord } from './record.js';

/** What everything about requests shares. Handed in by `app.ts`. */
export interface RequestsContext {
  requests: Collection<RequestRecord>;
  organisation: Organisation;
  forms: ReadonlyMap<string, Form>;
  papers: ReadonlyMap<string, Paper>;
  /** What conditions may ask of the organisation. */
  facts: Facts;
  t: Translate;
  seal: Seal;
  /** Where the server is reached from outside, when that is known. */
  publicUrl?: string;
  quiet: QuietHours;
  clock: Clock;
  ids: Ids;
  log: Log;
  /** Makes the applicant known by the national ID, once; resolves to the beneficiary's id. */
  applicant(applicant: Applicant): Promise<string>;
  /** Opens a task for staff, once per `id`. */
  task(task: { id: string; kind: 'call' | 'locked_code'; conversation: string; reason: string }): Promise<void>;
  /** Says something in a conversation that is not the applicant's own chat about the request; once for each id. */
  say(activity: Activity): Promise<void>;
  codes: Collection<CodeRecord>;
  drafts: Collection<DraftRecord>;
  /** When the person last wrote in a conversation; milliseconds, 0 when never. */
  lastHeard(conversation: string): Promise<number>;
  /** The message whose turn is being carried out: what is said in its conversation answers it. */
  answering?: { conversation: string; replyToId: string };
  /** A request is there, or has changed: staff may look. */
  changed(request: Pick<RequestRecord, 'reference' | 'status'>): Promise<void>;
  /** Something is to be told soon: whoever relays notices may look at once. */
  wake(): void;
}

export interface Applicant {
  nationalId: string;
  name: string;
  mobile: string;
  conversation: string;
  address: Address;
  at: number;
}
