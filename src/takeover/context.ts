import type { Translate } from '../conversation/texts.js';
import type { Clock } from '../core/clock.js';
import type { Ids } from '../core/ids.js';
import type { WorkingTime } from '../core/working-time.js';
import type { Organisation } from '../flows/schema.js';
import type { Intervened, Intervention } from '../mailbox/intervene.js';
import type { MessageRecord } from '../mailbox/record.js';
import type { Collection } from '../store/collection.js';
import type { DeskConversation } from './desk.js';
import type { StaffEvents } from './events.js';

/** What everything about takeovers shares. */
export interface TakeoverContext {
  conversations: Collection<DeskConversation>;
  messages: Collection<MessageRecord>;
  /** The mailbox's. */
  intervene(conversation: string, intervention: Intervention): Promise<Intervened>;
  events: StaffEvents;
  /** A conversation was given back to the bot; milliseconds. */
  returned(conversation: string, at: number): Promise<void>;
  organisation: Organisation;
  working: WorkingTime;
  /** Minutes of work within which a person answers. */
  answerWithin: number;
  t: Translate;
  clock: Clock;
  ids: Ids;
}

/** A member of staff as conversations know them. */
export interface Colleague {
  id: string;
  /** As the person reads it. */
  name: string;
  /** May act on what others hold. */
  admin: boolean;
}
