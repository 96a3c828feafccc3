import type { Activity } from '../core/activity.js';
import type { Filter } from '../store/collection.js';
import type { MailboxContext } from './context.js';
import { activeNow, asOwned, seenLimit, type ConversationRecord } from './record.js';
import { handleAll, type Work } from './turn.js';

/**
 * The short way of a conversation that rests: the turns run first, and one write accepts their messages and commits
 * what they made. Resolves to false, with nothing changed, when somebody works on the conversation, or a turn throws
 * or causes something beyond its replies: then the messages go the long way. Only between two appends, with the
 * conversation as it was read before the messages were found unknown.
 */
export async function handleAtOnce(
  context: MailboxContext,
  record: ConversationRecord,
  messages: readonly { id: string; activity: Activity }[],
): Promise<boolean> {
  if (!rests(record)) return false;
  const work = await handleAll(context, record, messages);
  if (work.handled.length < messages.length || work.effects.length > 0) return false;
  return endsWithTranscript(context, record, work) ? conclude(context, record, work) : begin(context, record, work);
}

const rests = ({ lease, inbox, outgoing }: ConversationRecord): boolean =>
  lease === null && inbox.length === 0 && outgoing.length === 0;

/** Whether everything is told as soon as it is written down, and the store keeps the order of the two writes. */
const endsWithTranscript = (context: MailboxContext, record: ConversationRecord, { outgoing }: Work): boolean =>
  context.ordered &&
  (context.channel(record.address.channelId)?.readsTranscript === true ||
    outgoing.every(({ activity }) => activity.role === 'user'));

/** State, transcript and all in one go; nobody claims the conversation. */
async function conclude(context: MailboxContext, record: ConversationRecord, work: Work): Promise<boolean> {
  const { conversations, transcript } = context;
  const { channelId } = record.address;
  const told = work.outgoing.map(({ activity, at }) =>
    activity.role === 'user' ? { activity, at } : { activity, at, delivery: { status: 'sent' } as const },
  );
  const { last, write } = await transcript.place(record._id, record.sequence, told);
  const [concluded, written] = await Promise.all([
    conversations.findOneAndUpdate(resting(record), {
      $set: { state: work.state, sequence: last, ...heardNow(context) },
      $push: { seen: seen(work) },
    }),
    write(),
  ]);
  if (!concluded) return false;
  if (written !== last) await conversations.findOneAndUpdate({ _id: record._id }, { $max: { sequence: written } });
  for (const { activity } of told) if (activity.role === 'bot') context.observe.delivered(channelId, 'sent');
  return true;
}

/** State and replies in one write, which also claims the conversation for their delivery. */
async function begin(context: MailboxContext, record: ConversationRecord, work: Work): Promise<boolean> {
  const { clock, ids, leaseMs } = context;
  const claimed = await context.conversations.findOneAndUpdate(resting(record), {
    $set: { state: work.state, lease: ids.uuid(), due: clock.now() + leaseMs, ...heardNow(context) },
    $push: { seen: seen(work), outgoing: { $each: work.outgoing } },
  });
  if (!claimed) return false;
  context.work(claimed);
  return true;
}

const heardNow = ({ clock }: MailboxContext) => ({ activeAt: activeNow(clock), heardAt: clock.now() });

/** Whatever happens to a conversation, it is claimed, or has another owner, or its transcript grows. */
const resting = (record: ConversationRecord): Filter => ({
  _id: record._id,
  sequence: record.sequence,
  lease: null,
  // A turn that failed leaves its message, and nobody's claim.
  'inbox.0': { $exists: false },
  ...asOwned(record),
});

const seen = ({ handled }: Work) => ({ $each: handled, $slice: -seenLimit });
