import type { Activity, ChannelId, Reply } from '../core/activity.js';
import type { Clock } from '../core/clock.js';
import type { Ids } from '../core/ids.js';
import type { Log } from '../core/log.js';
import type { Seal } from '../core/seal.js';
import type { Channel } from '../channels/channel.js';
import type { Caused, Effect } from '../conversation/effects.js';
import type { Collection } from '../store/collection.js';
import type { ConversationRecord } from './record.js';
import type { Transcript } from './transcript.js';

/** What the mailbox is handed. */
export interface MailboxOptions {
  conversations: Collection<ConversationRecord>;
  transcript: Transcript;
  /** Channels are asked for by id at each delivery: one that is off lets its messages wait. */
  channel(id: ChannelId): Pick<Channel, 'send' | 'readsTranscript'> | undefined;
  bot: Bot;
  /** For messages as long as they wait. */
  seal: Pick<Seal, 'seal' | 'open'>;
  /** Writes down what turns have caused. Called again with the same ids after a crash: it must change nothing then. */
  perform(effects: readonly KeyedEffect[]): Promise<void>;
  /** Called when a turn that has caused something is committed: what its effects have to say may follow now. */
  performed?: () => void;
  clock: Clock;
  ids: Ids;
  log: Log;
  /**
   * Whether the store's writes take effect in the order in which they were handed in (`Store.ordered`). Then the
   * acknowledgement need not wait for the transcript: the disk never has the one without the other.
   */
  ordered?: boolean;
  /** How long a claim on a conversation holds without a sign of life; milliseconds. */
  leaseMs?: number;
  /** How often to look for work that nobody in this process knows of; milliseconds. */
  pollMs?: number;
  observe?: Observer;
}

/** The conversation engine as the mailbox sees it: plain data in, plain data out. */
export interface Bot {
  /** Handles one inbound activity. Rejects only by a fault of the engine. */
  turn(state: unknown, activity: Activity): Promise<TurnResult>;
  /** What the person hears when a turn has failed for good. */
  apology(state: unknown): Reply;
  /** What is recorded of a message whose turn has failed for good, when its words must not stay readable. */
  conceal?(state: unknown, activity: Activity): string | undefined;
  /** What is recorded of a message that is for the bot alone, also while staff have the conversation. */
  unread?(activity: Activity): string | undefined;
}

export interface TurnResult {
  state: unknown;
  replies: readonly Reply[];
  effects: readonly Effect[];
  /** What the transcript keeps of the message instead of its words and its button's value. */
  heard?: string;
}

/** An effect whose `id` is derived from the turn that caused it. */
export type KeyedEffect = Caused;

/** Counts for the metrics; never what was said. */
export interface Observer {
  accepted(channel: ChannelId, outcome: string): void;
  turned(channel: ChannelId, ms: number): void;
  delivered(channel: ChannelId, outcome: string): void;
}

/** What the steps of the mailbox share. */
export interface MailboxContext extends Required<Omit<MailboxOptions, 'pollMs'>> {
  /** Goes on with a conversation that this process has just claimed. */
  work(record: ConversationRecord): void;
}
