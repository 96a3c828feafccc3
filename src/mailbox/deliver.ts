import { conversationKey, isMessage, type Activity, type MessageActivity } from '../core/activity.js';
import { SendError } from '../core/errors.js';
import { derivedId } from '../core/ids.js';
import { logKey } from './log-key.js';
import type { KeyedEffect, MailboxContext } from './context.js';
import type { ConversationRecord, OutgoingItem } from './record.js';
import type { NewMessage } from './transcript.js';
import { renewal, type Step } from './turn.js';

/** What is not taken within a day is given up: an answer of yesterday's question would confuse. */
const giveUpAfter = 24 * 60 * 60 * 1000;
const firstWait = 1_000;
/** Messages that are acknowledged together, where the transcript says them. */
const batch = 100;
const longestWait = 5 * 60 * 1000;

/**
 * Works through the outgoing queue, oldest first: says what is to be said, writes it into the transcript, and only then
 * removes it. After the last one it lets the conversation go in the same write, when no new message has come.
 */
export async function deliver(context: MailboxContext, record: ConversationRecord): Promise<Step> {
  let current = record;
  for (;;) {
    const told = await tellNext(context, current);
    if (told.items.length > 0) {
      const step = await acknowledge(context, current, told);
      if (step.type !== 'done') return step;
      current = step.record;
    }
    if (told.later) return postpone(context, current, told.later);
    if (current.inbox.length > 0 || current.outgoing.length === 0) return { type: 'done', record: current };
  }
}

/**
 * What a turn has caused may have been enqueued before the turn's own replies were: it answers a message that stands
 * behind it in the queue, and is told after everything else.
 */
function inOrder(outgoing: readonly OutgoingItem[]): readonly OutgoingItem[] {
  const placeOf = new Map(outgoing.map(({ id }, place) => [id, place]));
  const early = new Set(outgoing.filter((item, place) => (placeOf.get(item.activity.replyToId ?? '') ?? -1) > place));
  return early.size === 0 ? outgoing : [...outgoing.filter((item) => !early.has(item)), ...early];
}

interface Told {
  /** What can leave the queue. */
  items: OutgoingItem[];
  recorded: NewMessage[];
  /** The thing to say that comes next, but not now. */
  later?: OutgoingItem;
}

/**
 * Takes the messages heard before the next thing to say, and that thing; when it has to wait, all messages behind it, for
 * staff read them. Where people read the transcript, nothing is sent, and it takes more than one.
 */
async function tellNext(context: MailboxContext, record: ConversationRecord): Promise<Told> {
  const told: Told = { items: [], recorded: [] };
  const reads = context.channel(record.address.channelId)?.readsTranscript === true;
  for (const item of inOrder(record.outgoing)) {
    const isHeard = item.activity.role === 'user';
    // What happened stays where it happened, beside what is said of it.
    if (told.later && !(isHeard && isMessage(item.activity))) continue;
    if (isHeard) {
      told.items.push(item);
      told.recorded.push({ activity: item.activity, at: item.at });
      continue;
    }
    if (isSilenced(record, item)) {
      told.items.push(item);
      continue;
    }
    const outcome = await say(context, item);
    if (outcome.type === 'later') {
      told.later = outcome.item;
      continue;
    }
    told.items.push(item);
    told.recorded.push({ activity: item.activity, at: item.at, delivery: outcome.delivery });
    if (told.items.length >= (reads ? batch : 1)) return told;
  }
  return told;
}

type Outcome = { type: 'told'; delivery: NonNullable<NewMessage['delivery']> } | { type: 'later'; item: OutgoingItem };

async function say(context: MailboxContext, item: OutgoingItem): Promise<Outcome> {
  const { channelId } = item.activity;
  if (item.notBefore > context.clock.now()) return { type: 'later', item };
  if (!isMessage(item.activity)) return { type: 'told', delivery: { status: 'sent' } };
  try {
    await send(context, item.activity);
    context.observe.delivered(channelId, 'sent');
    return { type: 'told', delivery: { status: 'sent' } };
  } catch (error) {
    const outcome = refused(context, item, error);
    if (outcome.type === 'told' && isNotice(item.activity))
      await context.perform([refusedNotice(context, item.activity)]);
    return outcome;
  }
}

/** What the organisation had to tell and this channel did not take has to be told in another way, once. */
export function refusedNotice({ clock }: MailboxContext, notice: MessageActivity): KeyedEffect {
  const conversation = conversationKey(notice);
  return {
    id: derivedId(conversation, notice.id, 'refused'),
    effect: { type: 'notice_refused', activityId: notice.id, notice },
    conversation,
    address: notice,
    at: clock.now(),
  };
}

async function send(context: MailboxContext, activity: MessageActivity): Promise<void> {
  const channel = context.channel(activity.channelId);
  if (!channel) throw new SendError('unavailable', `The channel ${activity.channelId} is off`);
  if (!channel.readsTranscript) await channel.send(activity);
}

function refused(context: MailboxContext, item: OutgoingItem, error: unknown): Outcome {
  const { channelId } = item.activity;
  const failure =
    error instanceof SendError ? error : new SendError('unavailable', 'The channel failed by itself', { cause: error });
  const now = context.clock.now();
  const patient = failure.retryable && now - item.at < giveUpAfter;
  context.observe.delivered(channelId, patient ? 'retried' : failure.kind);
  const level = failure.kind === 'unauthorised' || !(error instanceof SendError) ? 'error' : 'warn';
  context.log[level]('a channel did not take a message', {
    channel: channelId,
    kind: failure.kind,
    attempt: item.attempts + 1,
    ...(level === 'error' ? { error } : {}),
  });
  if (!patient) return { type: 'told', delivery: { status: 'failed', kind: failure.kind } };
  const wait = failure.retryAfter ?? Math.min(firstWait * 2 ** item.attempts, longestWait);
  return { type: 'later', item: { ...item, attempts: item.attempts + 1, notBefore: now + wait } };
}

/** What the bot made is not said while staff own the conversation, and not behind what they have said either. */
function isSilenced({ owner, handovers = 0 }: ConversationRecord, item: OutgoingItem): boolean {
  if (item.activity.role !== 'bot' || isNotice(item.activity)) return false;
  return owner !== 'bot' || (item.handovers ?? handovers) !== handovers;
}

/** What the organisation had to tell, and not an answer. */
export const isNotice = (activity: Activity): activity is MessageActivity =>
  isMessage(activity) && activity.channelData?.notice === true;

/** Writes into the transcript, then removes from the queue: a crash between the two says nothing twice on web chat. */
async function acknowledge(context: MailboxContext, record: ConversationRecord, told: Told): Promise<Step> {
  const { transcript, ordered } = context;
  const placed = await transcript.place(record._id, record.sequence, told.recorded);
  const writing = placed.write();
  const last = ordered ? placed.last : await writing;
  const [step, written] = await Promise.all([remove(context, record, { ...told, sequence: last }), writing]);
  return written === last ? step : correct(context, step, { _id: record._id, sequence: written });
}

/** What another process wrote meanwhile has taken places: the next message comes after them. */
async function correct(
  context: MailboxContext,
  step: Step,
  { _id, sequence }: Pick<ConversationRecord, '_id' | 'sequence'>,
): Promise<Step> {
  const record = await context.conversations.findOneAndUpdate({ _id }, { $max: { sequence } });
  return step.type === 'done' && record ? { type: 'done', record } : step;
}

/** Takes what was told out of the queue; lets the conversation go in the same write when nothing else waits. */
async function remove(
  context: MailboxContext,
  record: ConversationRecord,
  { items, sequence }: Told & { sequence: number },
): Promise<Step> {
  const { conversations } = context;
  const held = { _id: record._id, lease: record.lease };
  if (items.length === record.outgoing.length) {
    const idle = { 'inbox.0': { $exists: false }, [`outgoing.${items.length}`]: { $exists: false } };
    const released = await conversations.findOneAndUpdate(
      { ...held, ...idle },
      { $set: { outgoing: [], sequence, lease: null, due: null } },
    );
    if (released) return { type: 'waiting' };
  }
  const acknowledged = await conversations.findOneAndUpdate(held, {
    $set: { sequence, ...renewal(context, record) },
    $pull: { outgoing: { id: { $in: items.map((item) => item.id) } } },
  });
  if (acknowledged) return { type: 'done', record: acknowledged };
  context.log.warn('a conversation was taken over by another worker', { conversation: logKey(record._id) });
  return { type: 'lost' };
}

/** Lets the conversation go until the next try, unless a new message has come. */
async function postpone(context: MailboxContext, record: ConversationRecord, item: OutgoingItem): Promise<Step> {
  const { conversations } = context;
  const held = { _id: record._id, lease: record.lease };
  // Others only append, so the place stays.
  const at = `outgoing.${record.outgoing.findIndex(({ id }) => id === item.id)}`;
  const tried = { [`${at}.attempts`]: item.attempts, [`${at}.notBefore`]: item.notBefore };
  const waiting = await conversations.findOneAndUpdate(
    { ...held, 'inbox.0': { $exists: false } },
    { $set: { ...tried, lease: null, due: item.notBefore } },
  );
  if (waiting) return { type: 'waiting' };
  const busy = await conversations.findOneAndUpdate(held, { $set: tried });
  return busy ? { type: 'done', record: busy } : { type: 'lost' };
}
