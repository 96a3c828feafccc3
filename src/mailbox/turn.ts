import { derivedId } from '../core/ids.js';
import { contentTypes, type Activity, type Attachment, type Reply } from '../core/activity.js';
import { isoTime } from '../core/clock.js';
import { AppError } from '../core/errors.js';
import { logKey } from './log-key.js';
import type { KeyedEffect, MailboxContext } from './context.js';
import { disclose, type Heard } from './envelope.js';
import { asOwned, type ConversationRecord, type OutgoingItem } from './record.js';

/** How often a turn is tried before its message is set aside. */
const tries = 3;
/** The wait after the first and the second failure; milliseconds. */
const waits = [1_000, 5_000] as const;
/** Messages that wait are handled one after another and committed together, at most this many. */
export const turnBatch = 50;

/** Where the record stands after a step: `lost` when somebody else has claimed it, or its lease has been cut short. */
export type Step = { type: 'done'; record: ConversationRecord } | { type: 'waiting' } | { type: 'lost' };

/**
 * Handles the messages at the head of the inbox: state in, new state and replies out, committed by one atomic update.
 * A turn that throws saves nothing; those before it are saved.
 */
export async function turn(context: MailboxContext, record: ConversationRecord): Promise<Step> {
  const items = record.inbox.slice(0, turnBatch).map((item) => disclose(context.seal, item));
  const work = await handleAll(context, record, items);
  if (work.handled.length > 0) return commit(context, record, work);
  return failed(context, record, work.fault);
}

/** What turns have made, and nothing has it yet. */
export interface Work {
  state: unknown;
  handled: string[];
  outgoing: OutgoingItem[];
  effects: KeyedEffect[];
  /** Why the message after those handled was not. */
  fault?: unknown;
}

/** One turn after another, up to the first that throws. Changes nothing but what it returns. */
export async function handleAll(
  context: MailboxContext,
  record: ConversationRecord,
  items: readonly Heard[],
): Promise<Work> {
  const work: Work = { state: record.state, handled: [], outgoing: [], effects: [] };
  const handedBack = record.inbox.findLastIndex((item) => item.handsBack);
  for (const [place, item] of items.entries()) {
    try {
      await handle(context, { record, item, work, silent: record.owner !== 'bot' || place < handedBack });
    } catch (fault) {
      return { ...work, fault };
    }
  }
  return work;
}

async function handle(
  context: MailboxContext,
  { record, item, work, silent }: { record: ConversationRecord; item: Heard; work: Work; silent: boolean },
): Promise<void> {
  const now = context.clock.now();
  const { id } = item;
  const heard = (activity: Activity): OutgoingItem => ({ id, activity, attempts: 0, notBefore: 0, at: now });
  if (silent) {
    work.handled.push(id);
    work.outgoing.push(heard(recorded(item.activity, context.bot.unread?.(item.activity))));
    return;
  }
  const started = performance.now();
  const result = await context.bot.turn(work.state, item.activity);
  context.observe.turned(record.address.channelId, performance.now() - started);
  work.state = result.state;
  work.handled.push(id);
  work.outgoing.push(
    heard(recorded(item.activity, result.heard)),
    ...result.replies.map((said, index) => reply(context, { record, item, said, index })),
  );
  work.effects.push(
    ...result.effects.map((effect, index) => ({
      id: derivedId(record._id, id, String(index)),
      effect,
      conversation: record._id,
      address: record.address,
      replyToId: id,
      at: now,
    })),
  );
}

/** The message as the transcript keeps it: what must not stay readable is replaced. */
function recorded(activity: Activity, heard: string | undefined): Activity {
  if (heard === undefined || activity.type !== 'message') return activity;
  return {
    ...activity,
    ...(activity.text === undefined ? {} : { text: heard }),
    ...(activity.value === undefined ? {} : { value: heard }),
    ...(activity.attachments === undefined ? {} : { attachments: activity.attachments.map(withoutNumber) }),
  };
}

/** A shared contact is a number too. */
const withoutNumber = (attachment: Attachment): Attachment =>
  attachment.contentType === contentTypes.contact ? { contentType: contentTypes.contact } : attachment;

function reply(
  context: MailboxContext,
  { record, item, said, index }: { record: ConversationRecord; item: Heard; said: Reply; index: number },
): OutgoingItem {
  const id = `${item.id}.${index + 1}`;
  const activity: Activity = {
    ...said,
    ...addressOf(record, item.activity),
    id,
    timestamp: isoTime(context.clock),
    role: 'bot',
    replyToId: item.id,
  };
  const handovers = record.handovers ?? 0;
  return { id, activity, attempts: 0, notBefore: 0, at: context.clock.now(), handovers };
}

/** Where a reply goes: where the person wrote from just now. */
const addressOf = (record: ConversationRecord, inbound: Activity) => ({
  ...record.address,
  ...(inbound.serviceUrl === undefined ? {} : { serviceUrl: inbound.serviceUrl }),
});

async function commit(context: MailboxContext, record: ConversationRecord, work: Work): Promise<Step> {
  const causes = work.effects.length > 0;
  if (causes) await context.perform(work.effects);
  // What was caused is there, whoever has the conversation now: repeated in silence, the turn would forget that it was.
  const owned = causes ? {} : asOwned(record);
  const committed = await context.conversations.findOneAndUpdate(
    { _id: record._id, lease: record.lease, ...owned },
    {
      $set: { state: work.state, failures: 0, ...renewal(context, record) },
      $pull: { inbox: { id: { $in: work.handled } } },
      $push: { outgoing: { $each: work.outgoing } },
    },
  );
  if (!committed) return reread(context, record);
  if (causes) context.performed();
  return { type: 'done', record: committed };
}

/** Half-way through its time a lease is renewed; before that the write of an index is spared. */
export function renewal({ clock, leaseMs }: MailboxContext, { due }: ConversationRecord): { due?: number } {
  const now = clock.now();
  return due !== null && due - now > leaseMs / 2 ? {} : { due: now + leaseMs };
}

/** A commit that missed: staff took over in the meantime (the turn is repeated, silently), or the lease is gone. */
async function reread(context: MailboxContext, { _id, lease }: ConversationRecord): Promise<Step> {
  const record = await context.conversations.findOne({ _id });
  return record && record.lease === lease ? { type: 'done', record } : { type: 'lost' };
}

async function failed(context: MailboxContext, record: ConversationRecord, fault: unknown): Promise<Step> {
  const failures = record.failures + 1;
  const log = context.log.child({ channel: record.address.channelId, conversation: logKey(record._id) });
  if (failures >= tries) {
    log.error('a message was set aside after three failed turns', { code: 'turn_failed', error: fault });
    return setAside(context, record);
  }
  log.warn('a turn failed and will be tried again', { attempt: failures, error: fault });
  const waiting = await context.conversations.findOneAndUpdate(
    { _id: record._id, lease: record.lease },
    { $set: { failures, lease: null, due: context.clock.now() + waits[failures - 1]! } },
  );
  return waiting ? { type: 'waiting' } : { type: 'lost' };
}

async function setAside(context: MailboxContext, record: ConversationRecord): Promise<Step> {
  const [first] = record.inbox;
  if (!first) throw new AppError('turn_failed', 'A turn failed although no message waits');
  const item = disclose(context.seal, first);
  const now = context.clock.now();
  const concealed = context.bot.conceal?.(record.state, item.activity);
  const activity = recorded(item.activity, concealed);
  const heard: OutgoingItem = { id: item.id, activity, attempts: 0, notBefore: 0, at: now };
  const apology = reply(context, { record, item, said: context.bot.apology(record.state), index: 0 });
  const effect = { type: 'turn_failed', activityId: item.id } as const;
  return commit(context, record, {
    state: record.state,
    handled: [item.id],
    outgoing: [heard, apology],
    effects: [
      {
        id: derivedId(record._id, item.id, 'set-aside'),
        effect,
        conversation: record._id,
        address: record.address,
        replyToId: item.id,
        at: now,
      },
    ],
  });
}
