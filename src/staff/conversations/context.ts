import type { ChannelId } from '../../core/activity.js';
import type { FilePort } from '../../channels/channel.js';
import type { Collection } from '../../store/collection.js';
import type { TakeoverContext } from '../../takeover/context.js';
import type { AccountRecord } from '../account.js';

/** What the calls about conversations stand on. */
export interface ConversationCallsContext {
  takeover: TakeoverContext;
  accounts: Collection<AccountRecord>;
  files: FilePort;
  /** How long after a person's last word this channel takes ours; undefined where it always does. */
  windowMs(channel: ChannelId): number | undefined;
  /** References of the support requests of a conversation, the newest first. */
  requestsOf(conversation: string): Promise<string[]>;
}
