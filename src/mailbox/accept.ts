import { conversationKey, type Activity } from '../core/activity.js';
import { StoreError } from '../core/errors.js';
import type { Filter, Update } from '../store/collection.js';
import type { MailboxContext } from './context.js';
import { inboxLimit, seenLimit, type ConversationRecord, type InboxItem, type OutgoingItem } from './record.js';

/** What became of an activity that was brought to the mailbox. */
export type Appended =
  | { type: 'accepted' }
  | { type: 'repeated' }
  | { type: 'full' }
  /** Only of `enqueue`: nobody has ever written here. */
  | { type: 'unknown_conversation' };

/**
 * Makes one inbound activity durable: an atomic append to its conversation's inbox, once per id. When nobody works on
 * the conversation, the same write claims it, and the turn begins at once. Within a conversation one after another, so
 * that two messages a millisecond apart keep their order.
 */
export function accept(context: MailboxContext, activity: Activity): Promise<Appended> {
  const key = conversationKey(activity);
  return context.serial(key, async () => {
    const appended = await append(context, key, { queue: 'inbox', item: { id: activity.id, activity } });
    return appended.type === 'unknown_conversation' ? open(context, key, activity) : appended;
  });
}

/** The first message of a conversation makes its record. */
async function open(context: MailboxContext, key: string, activity: Activity): Promise<Appended> {
  const lease = context.ids.uuid();
  const record: ConversationRecord = {
    ...emptyRecord(key, activity),
    inbox: [{ id: activity.id, activity }],
    seen: [activity.id],
    lease,
    due: context.clock.now() + context.leaseMs,
  };
  try {
    await context.conversations.insert(record);
  } catch (error) {
    if (!(error instanceof StoreError && error.code === 'store_duplicate')) throw error;
    return append(context, key, { queue: 'inbox', item: { id: activity.id, activity } });
  }
  context.work(record);
  return { type: 'accepted' };
}

/** Adds something to say that no turn made: a notice, a word of staff. Once per `activity.id`, and durable. */
export function enqueue(context: MailboxContext, activity: Activity): Promise<Appended> {
  const now = context.clock.now();
  const item: OutgoingItem = { id: activity.id, activity, attempts: 0, notBefore: 0, at: now };
  const key = conversationKey(activity);
  return context.serial(key, () => append(context, key, { queue: 'outgoing', item }));
}

type Addition = { queue: 'inbox'; item: InboxItem } | { queue: 'outgoing'; item: OutgoingItem };

async function append(context: MailboxContext, key: string, { queue, item }: Addition): Promise<Appended> {
  const { conversations, transcript, clock } = context;
  if (await transcript.has(key, item.id)) return { type: 'repeated' };

  const fresh: Filter = {
    _id: key,
    seen: { $ne: item.id },
    'inbox.id': { $ne: item.id },
    'outgoing.id': { $ne: item.id },
    [`inbox.${inboxLimit - 1}`]: { $exists: false },
  };
  const push: Update = {
    $push: { [queue]: item, seen: { $each: [item.id], $slice: -seenLimit } },
  };
  const claimed = await conversations.findOneAndUpdate(
    { ...fresh, lease: null },
    { ...push, $set: { lease: context.ids.uuid(), due: clock.now() + context.leaseMs } },
  );
  if (claimed) {
    context.work(claimed);
    return { type: 'accepted' };
  }
  if (await conversations.findOneAndUpdate({ ...fresh, lease: { $ne: null } }, push)) return { type: 'accepted' };

  const record = await conversations.findOne({ _id: key });
  if (!record) return { type: 'unknown_conversation' };
  if (knows(record, item.id)) return { type: 'repeated' };
  if (record.inbox.length >= inboxLimit) return { type: 'full' };
  return append(context, key, { queue, item } as Addition);
}

const knows = (record: ConversationRecord, id: string): boolean =>
  record.seen.includes(id) || [...record.inbox, ...record.outgoing].some((item) => item.id === id);

const emptyRecord = (key: string, activity: Activity): ConversationRecord => ({
  _id: key,
  address: {
    channelId: activity.channelId,
    conversation: activity.conversation,
    from: activity.from,
    ...(activity.serviceUrl === undefined ? {} : { serviceUrl: activity.serviceUrl }),
    ...(activity.recipient === undefined ? {} : { recipient: activity.recipient }),
  },
  state: null,
  owner: 'bot',
  inbox: [],
  outgoing: [],
  seen: [],
  sequence: 0,
  failures: 0,
  lease: null,
  due: null,
});
