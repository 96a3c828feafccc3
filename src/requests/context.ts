import type { Facts } from '../conversation/conditions.js';
import type { Translate } from '../conversation/texts.js';
import type { Activity, Address } from '../core/activity.js';
import type { Clock } from '../core/clock.js';
import type { Ids } from '../core/ids.js';
import type { Log } from '../core/log.js';
import type { Seal } from '../core/seal.js';
import type { Form, Organisation, Paper } from '../flows/schema.js';
import type { Collection } from '../store/collection.js';
import type { DraftRecord } from './draft-record.js';
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
  /** Whose a chat is, and which chats a person has. */
  chats: Chats;
  /** The beneficiary with this national ID or residence number; none when nobody has it. */
  withNationalId(nationalId: string): Promise<string[]>;
  /** Beneficiaries who gave this mobile number (E.164) as their own. */
  withMobile(mobile: string): Promise<string[]>;
  /** Opens a task for staff, once per `id`. */
  task(task: NewTask): Promise<void>;
  /** Says something in a conversation that is not the applicant's own chat about the request; once for each id. */
  say(activity: Activity): Promise<void>;
  codes: Collection<CodeRecord>;
  drafts: Collection<DraftRecord>;
  /** When the person last wrote in a conversation; milliseconds, undefined when never. */
  heardAt(conversation: string): Promise<number | undefined>;
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
  /** Null when they gave none of their own. */
  mobile: string | null;
  /** Where they were named, and whether by themselves: then the chat becomes theirs, when nobody is known in it. */
  heard: { conversation: string; address: Address; locale: 'ar' | 'en'; own: boolean } | null;
  at: number;
}

export interface NewTask {
  id: string;
  kind: 'call' | 'locked_code' | 'disputed';
  conversation: string;
  reason: string;
}

/** A chat that is somebody's. Mirrors the contacts of `people/`. */
export interface Chat {
  /** The conversation's key. */
  _id: string;
  beneficiary: string;
  address: Address;
  locale: 'ar' | 'en';
  /** Since when; milliseconds. */
  at: number;
  how: 'applied' | 'code' | 'shared_contact' | 'staff';
}

export interface Chats {
  of(conversation: string): Promise<Chat | undefined>;
  ofPerson(beneficiary: string): Promise<Chat[]>;
  /** A chat is one person's at most. */
  link(chat: Chat): Promise<'linked' | 'taken'>;
  /** The chat forgets the person, and stands for them no more; false when it was not theirs. */
  unlink(conversation: string, beneficiary: string): Promise<boolean>;
  /** May the chat in which a person was first named stand for them, when they have no other? */
  isOrigin(conversation: string, beneficiary: string): Promise<boolean>;
}
