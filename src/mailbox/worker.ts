import type { ConversationRecord } from './record.js';
import type { MailboxContext } from './context.js';
import { deliver } from './deliver.js';
import { logKey } from './log-key.js';
import { turn, type Step } from './turn.js';

/** How many forgotten conversations one look takes up. */
const lookLimit = 200;

/** Runs claimed conversations, and finds those that nobody works on: after a crash, or when a retry is due. */
export interface Worker {
  work(record: ConversationRecord): void;
  /** Looks once for conversations that are due and takes them up; resolves to how many. */
  look(): Promise<number>;
  start(): void;
  /** Takes up nothing more, and waits for what is being done. */
  stop(): Promise<void>;
  /** Waits until this process works on nothing. */
  idle(): Promise<void>;
}

export function createWorker(context: MailboxContext, pollMs: number): Worker {
  const running = new Set<Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<unknown> = Promise.resolve();
  let stopped = false;

  function work(record: ConversationRecord): void {
    const letGo = hold(context, record);
    const run = live(context, record)
      .catch((error: unknown) => {
        context.log.error('a conversation could not go on; it is taken up again by itself', {
          code: 'store_failed',
          channel: record.address.channelId,
          conversation: logKey(record._id),
          error,
        });
      })
      .finally(() => {
        letGo();
        running.delete(run);
      });
    running.add(run);
  }

  async function look(): Promise<number> {
    const { conversations, clock, ids, leaseMs } = context;
    const now = clock.now();
    const due = await conversations.find({ due: { $lte: now } }, { sort: { due: 1 }, limit: lookLimit });
    const claims = due.map(async ({ _id }) => {
      const record = await conversations.findOneAndUpdate(
        { _id, due: { $lte: now } },
        { $set: { lease: ids.uuid(), due: now + leaseMs } },
      );
      if (record) work(record);
    });
    await Promise.all(claims);
    return due.length;
  }

  function lookAndWait(): void {
    looking = look()
      .catch((error: unknown) => context.log.error('the store could not be read', { code: 'store_failed', error }))
      .finally(() => {
        if (!stopped) timer = setTimeout(lookAndWait, pollMs);
      });
  }

  async function idle(): Promise<void> {
    while (running.size > 0) await Promise.all(running);
  }

  return {
    work,
    look,
    idle,
    start: lookAndWait,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      // What it claims has to be done, or it waits for the end of a claim that nobody holds.
      await looking;
      await idle();
    },
  };
}

/** So many times its length a claim is held at most: a channel that never answers must not keep a conversation for ever. */
const longestHold = 30;

/**
 * A slow provider may take longer than a claim lasts: as long as somebody works on it, the claim is renewed. Returns how
 * to stop.
 */
function hold({ conversations, clock, leaseMs }: MailboxContext, { _id, lease }: ConversationRecord): () => void {
  const until = clock.now() + longestHold * leaseMs;
  const renew = (): void => {
    if (clock.now() > until) return clearInterval(timer);
    const due = clock.now() + leaseMs;
    // A store that does not answer is told of by whoever works on the conversation.
    conversations.findOneAndUpdate({ _id, lease }, { $set: { due } }).catch(() => undefined);
  };
  const timer = setInterval(renew, leaseMs / 3);
  return () => clearInterval(timer);
}

/** Turns and deliveries of one conversation until nothing is left to do now. Only the holder of the lease is here. */
async function live(context: MailboxContext, claimed: ConversationRecord): Promise<void> {
  let step: Step = { type: 'done', record: claimed };
  while (step.type === 'done') {
    const { record }: { record: ConversationRecord } = step;
    step = record.inbox.length > 0 ? await turn(context, record) : await deliver(context, record);
    if (step.type === 'done' && step.record.inbox.length === 0 && step.record.outgoing.length === 0) {
      step = await release(context, step.record);
    }
  }
}

async function release(context: MailboxContext, record: ConversationRecord): Promise<Step> {
  const { conversations } = context;
  const held = { _id: record._id, lease: record.lease };
  const released = await conversations.findOneAndUpdate(
    { ...held, 'inbox.0': { $exists: false }, 'outgoing.0': { $exists: false } },
    { $set: { lease: null, due: null } },
  );
  if (released) return { type: 'waiting' };
  const busy = await conversations.findOne({ _id: record._id });
  return busy && busy.lease === record.lease ? { type: 'done', record: busy } : { type: 'lost' };
}
