import { conversationKey, type Activity } from '../core/activity.js';
import type { Filter } from '../store/collection.js';
import { insertOnce } from '../store/insert-once.js';
import type { MailboxContext } from './context.js';
import { handleAtOnce } from './at-once.js';
import { enclose } from './envelope.js';
import { knownIds, withoutIds } from './known.js';
import { activeNow, inboxLimit, seenLimit, type ConversationRecord, type OutgoingItem } from './record.js';
import { turnBatch } from './turn.js';

/** What became of an activity that was brought to the mailbox. */
export type Appended =
  | { type: 'accepted' }
  | { type: 'repeated' }
  /** Only of `accept`. */
  | { type: 'full' }
  /** Only of `enqueue`: nobody has ever written here. */
  | { type: 'unknown_conversation' };

export interface Appender {
  /** Makes one inbound activity durable: an atomic append to its conversation's inbox, once per id. */
  accept(activity: Activity): Promise<Appended>;
  /** Adds something to say that no turn made: a notice, a word of staff. Once per `activity.id`, and durable. */
  enqueue(activity: Activity): Promise<Appended>;
  /** Runs a change of the conversation between two appends, so that none is under way meanwhile. */
  between<R>(key: string, change: () => Promise<R>): Promise<R>;
}

/**
 * Appends to conversations. Within a conversation one write after another, in the order of the calls, so that two
 * messages a millisecond apart keep their order. When nobody works on the conversation, the same write claims it.
 */
export function createAppender(context: MailboxContext): Appender {
  const lines = new Map<string, Waiting[]>();

  function stand(key: string, one: Waiting): void {
    const line = lines.get(key);
    if (line) {
      line.push(one);
    } else {
      lines.set(key, [one]);
      void serve(key);
    }
  }

  async function serve(key: string): Promise<void> {
    for (let line = lines.get(key); line && line.length > 0; line = lines.get(key)) {
      const [first] = line;
      if (first && 'change' in first) {
        line.shift();
        await first.change();
      } else {
        await flush(key, takeAdditions(line));
      }
    }
    lines.delete(key);
  }

  async function flush(key: string, batch: readonly Addition[]): Promise<void> {
    try {
      await write(context, key, withoutTwins(batch));
    } catch (error) {
      for (const addition of batch) addition.reject(error);
    }
  }

  const append = (activity: Activity, queue: Addition['queue']): Promise<Appended> =>
    new Promise((resolve, reject) => {
      stand(conversationKey(activity), { id: activity.id, activity, queue, resolve, reject });
    });

  return {
    accept: (activity) => append(activity, 'inbox'),
    enqueue: (activity) => append(activity, 'outgoing'),
    between: (key, change) =>
      new Promise((resolve, reject) => {
        stand(key, { change: () => change().then(resolve, reject) });
      }),
  };
}

type Waiting = Addition | { change: () => Promise<void> };

/** Takes those at the head of the line that one write can carry. */
function takeAdditions(line: Waiting[]): Addition[] {
  const additions: Addition[] = [];
  for (const one of line.slice(0, turnBatch)) {
    if ('change' in one) break;
    additions.push(one);
  }
  line.splice(0, additions.length);
  return additions;
}

interface Addition {
  id: string;
  activity: Activity;
  queue: 'inbox' | 'outgoing';
  resolve(appended: Appended): void;
  reject(error: unknown): void;
}

/** The same message twice at a time is written once; the second is told only when the first is on disk. */
function withoutTwins(batch: readonly Addition[]): Addition[] {
  const ones = new Map<string, Addition>();
  for (const addition of batch) {
    const first = ones.get(addition.id);
    ones.set(addition.id, first ? withTwin(first, addition) : addition);
  }
  return [...ones.values()];
}

const withTwin = (first: Addition, twin: Addition): Addition => ({
  ...first,
  resolve(appended) {
    first.resolve(appended);
    twin.resolve(appended.type === 'accepted' ? { type: 'repeated' } : appended);
  },
});

/** Writes all of a batch at once; what is known already is answered, and where somebody was faster it is looked at again. */
async function write(context: MailboxContext, key: string, batch: readonly Addition[]): Promise<void> {
  let rest = batch;
  for (let look = 1; ; look += 1) {
    const record = await context.conversations.findOne({ _id: key });
    rest = await notKnown(context, { key, record }, rest);
    if (rest.length === 0) return;
    if (!record) return open(context, key, rest);
    if (look === 1 && (await isHandledAtOnce(context, record, rest))) return settle(rest, { type: 'accepted' });
    if ((await push(context, record, rest)) === 'written') return settle(rest, { type: 'accepted' });
    rest = withRoom(record, rest);
  }
}

const isHandledAtOnce = async (
  context: MailboxContext,
  record: ConversationRecord,
  batch: readonly Addition[],
): Promise<boolean> => count(batch, 'inbox') === batch.length && handleAtOnce(context, record, batch);

async function notKnown(
  context: MailboxContext,
  conversation: { key: string; record: ConversationRecord | undefined },
  batch: readonly Addition[],
): Promise<readonly Addition[]> {
  const known = await knownIds(context, { ...conversation, ids: batch.map(({ id }) => id) });
  if (known.size === 0) return batch;
  settle(batch.filter(({ id }) => known.has(id)), { type: 'repeated' }); // prettier-ignore
  return batch.filter(({ id }) => !known.has(id));
}

/** What is to be said takes no room in the inbox, and nobody would bring it again. */
function withRoom({ inbox }: ConversationRecord, batch: readonly Addition[]): readonly Addition[] {
  if (inbox.length + count(batch, 'inbox') <= inboxLimit) return batch;
  settle(batch.filter(({ queue }) => queue === 'inbox'), { type: 'full' }); // prettier-ignore
  return batch.filter(({ queue }) => queue === 'outgoing');
}

async function push(
  context: MailboxContext,
  record: ConversationRecord,
  batch: readonly Addition[],
): Promise<'written' | 'missed'> {
  const { conversations, clock, ids, leaseMs } = context;
  const fresh = batch.map(({ id }) => id);
  const heard = count(batch, 'inbox');
  const filter: Filter = {
    _id: record._id,
    ...withoutIds(fresh, record),
    ...(heard > 0 ? { [`inbox.${inboxLimit - heard}`]: { $exists: false } } : {}),
  };
  const $push = {
    ...(heard > 0 ? { inbox: { $each: inboxItems(context, batch) } } : {}),
    ...(count(batch, 'outgoing') > 0 ? { outgoing: { $each: outgoingItems(batch, clock.now()) } } : {}),
    seen: { $each: fresh, $slice: -seenLimit },
  };
  const active = heard > 0 ? { activeAt: activeNow(clock), heardAt: clock.now() } : {};
  const claim = { lease: ids.uuid(), due: clock.now() + leaseMs, ...active };
  const claimed = await conversations.findOneAndUpdate({ ...filter, lease: null }, { $push, $set: claim });
  if (claimed) {
    context.work(claimed);
    return 'written';
  }
  const busy = { ...filter, lease: { $ne: null } };
  const update = heard > 0 ? { $push, $set: active } : { $push };
  return (await conversations.findOneAndUpdate(busy, update)) ? 'written' : 'missed';
}

/** The first message of a conversation makes its record. */
async function open(context: MailboxContext, key: string, batch: readonly Addition[]): Promise<void> {
  const inbound = batch.filter(({ queue }) => queue === 'inbox');
  settle(batch.filter(({ queue }) => queue === 'outgoing'), { type: 'unknown_conversation' }); // prettier-ignore
  const first = inbound[0];
  if (!first) return;
  const record: ConversationRecord = {
    ...emptyRecord(key, first.activity),
    inbox: inboxItems(context, inbound),
    seen: inbound.map(({ id }) => id),
    lease: context.ids.uuid(),
    due: context.clock.now() + context.leaseMs,
    activeAt: activeNow(context.clock),
    heardAt: context.clock.now(),
  };
  if (!(await insertOnce(context.conversations, record))) return write(context, key, inbound);
  context.work(record);
  settle(inbound, { type: 'accepted' });
}

const settle = (batch: readonly Addition[], appended: Appended): void =>
  batch.forEach((addition) => addition.resolve(appended));

const count = (batch: readonly Addition[], queue: Addition['queue']): number =>
  batch.filter((addition) => addition.queue === queue).length;

const inboxItems = ({ seal }: MailboxContext, batch: readonly Addition[]) =>
  batch.filter(({ queue }) => queue === 'inbox').map(({ id, activity }) => enclose(seal, { id, activity }));

const outgoingItems = (batch: readonly Addition[], now: number): OutgoingItem[] =>
  batch
    .filter(({ queue }) => queue === 'outgoing')
    .map(({ id, activity }) => ({ id, activity, attempts: 0, notBefore: 0, at: now }));

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
  activeAt: 0,
});
