import type { Activity } from '../core/activity.js';
import { createAppender, type Appended } from './accept.js';
import type { MailboxContext, MailboxOptions } from './context.js';
import { intervene, type Intervened, type Intervention } from './intervene.js';
import { report, type DeliveryReport, type Reported } from './reports.js';
import { createWorker } from './worker.js';

/**
 * Carries messages: `accept` makes them durable, turns handle them one after another within a conversation, delivery
 * takes the replies to the channel. Whatever was accepted is handled, also when the process dies at any moment.
 */
export interface Mailbox {
  /** Makes one inbound activity durable. The channel is acknowledged only after this has resolved. */
  accept(activity: Activity): Promise<Appended>;
  /** Adds something to say that no turn made, once per `activity.id`. */
  enqueue(activity: Activity): Promise<Appended>;
  /** Notes what the provider tells of a message that was said. */
  report(report: DeliveryReport): Promise<Reported>;
  /** When the person wrote last, milliseconds; undefined when that is not known. */
  heardAt(conversation: string): Promise<number | undefined>;
  /**
   * Changes a conversation from outside, atomically: hands it over by setting its `owner`, says a word of staff. From
   * the moment of a handover nothing is said that the bot had made before, also when it owns the conversation again.
   */
  intervene(conversation: string, intervention: Intervention): Promise<Intervened>;
  /**
   * Begins to work, on what an earlier process left first. `alone`: no other process works on this store, so every
   * claim that is found is a dead process's and need not be waited for.
   */
  start(options: { alone: boolean }): Promise<void>;
  /** Takes up nothing more and waits for what is being done. What is left is on disk. */
  stop(): Promise<void>;
  /** Takes up what is due; resolves when this process works on nothing. For tests and tools. */
  settle(): Promise<void>;
}

export function createMailbox({ pollMs = 500, ...options }: MailboxOptions): Mailbox {
  const context: MailboxContext = {
    leaseMs: 60_000,
    ordered: false,
    performed: () => {},
    observe: { accepted: () => {}, turned: () => {}, delivered: () => {} },
    ...options,
    work: (record) => worker.work(record),
  };
  const worker = createWorker(context, pollMs);
  const appender = createAppender(context);
  const { conversations, clock } = context;

  async function accepted(activity: Activity): Promise<Appended> {
    const appended = await appender.accept(activity);
    context.observe.accepted(activity.channelId, appended.type);
    return appended;
  }

  return {
    accept: accepted,
    enqueue: (activity) => appender.enqueue(activity),
    report: (about) => report(context, about),
    heardAt: async (conversation) => (await conversations.findOne({ _id: conversation }))?.heardAt,
    intervene: (conversation, intervention) =>
      appender.between(conversation, () => intervene(context, conversation, intervention)),
    async start({ alone }) {
      if (alone) await conversations.updateMany({ due: { $gt: 0 } }, { $set: { lease: null, due: clock.now() } });
      worker.start();
    },
    stop: () => worker.stop(),
    async settle() {
      while ((await worker.look()) > 0) await worker.idle();
      await worker.idle();
    },
  };
}
