import { isMessage, type Activity } from '../core/activity.js';
import type { Clock } from '../core/clock.js';
import type { Notices } from '../core/notice.js';
import { relay, type RelayOptions } from '../mailbox/relay.js';
import type { Collection, Document } from '../store/collection.js';
import { insertOnce } from '../store/insert-once.js';

/** Something to say, by its own id. */
export type SayingRecord = Document & Notices;

/**
 * Keeps what a turn has to say besides its replies until these are there: said at once, it would come before them. Said
 * once for each id, also when the turn is done again.
 */
export function createSayings(sayings: Collection<SayingRecord>, { clock, wake }: { clock: Clock; wake(): void }) {
  return {
    async say(activity: Activity): Promise<void> {
      if (!isMessage(activity)) return;
      const { id } = activity;
      await insertOnce(sayings, { _id: id, notices: [{ id, activity, notBefore: 0 }], noticesDue: clock.now() });
      wake();
    },
    /** Hands over what waits. */
    async tell(options: Omit<RelayOptions, 'undeliverable'>): Promise<void> {
      // A chat that is gone has nobody who would hear it elsewhere: codes and answers are for that chat alone.
      if ((await relay(sayings, { ...options, undeliverable: async () => {} })) > 0) {
        await sayings.deleteMany({ noticesDue: null });
      }
    },
  };
}
