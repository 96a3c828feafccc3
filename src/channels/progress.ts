import { createRecent } from '../core/recent.js';

/**
 * How far each reply under way has come. Neither Meta nor Telegram has a key by which a repeated send is known, so a reply
 * that failed half-way goes on behind what was taken; where the provider reports, a report about a message whose answer
 * was lost counts as that answer. In memory only: what is under way while the process dies may be said twice.
 */
export interface Progress {
  /** How many of its messages the provider has; begins to follow the reply. */
  of(reply: Reply): number;
  /** The provider has its messages up to `part`. Nothing when the reply is not under way. */
  reached(reply: Reply, part: number): void;
  /** The reply is not followed any more. */
  end(reply: Reply): void;
}

interface Reply {
  conversation: { id: string };
  activityId: string;
  /** Of how many messages: its template is another plan than its words, and has its own count. */
  parts: number;
}

/** More than can wait at a time in earnest; the oldest are forgotten first. */
const limit = 10_000;

export function createProgress(): Progress {
  const replies = createRecent<number>(limit);
  return {
    of(reply) {
      const key = keyOf(reply);
      const done = replies.get(key) ?? 0;
      replies.set(key, done);
      return done;
    },
    reached(reply, part) {
      const done = replies.get(keyOf(reply));
      if (done !== undefined) replies.set(keyOf(reply), Math.max(done, part));
    },
    end: (reply) => replies.delete(keyOf(reply)),
  };
}

const keyOf = ({ conversation, activityId, parts }: Reply): string => `${conversation.id} ${parts} ${activityId}`;
