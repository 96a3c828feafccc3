import type { Address } from '../core/activity.js';
import type { Clock } from '../core/clock.js';
import type { Notices } from '../core/notice.js';
import type { Collection, Document } from '../store/collection.js';
import { insertOnce } from '../store/insert-once.js';

/** What a chat has agreed to hear, or wants to hear no more. Everybody may have agreed, whatever they think. */
export interface ListenerRecord extends Document, Notices {
  /** The conversation. */
  _id: string;
  address: Address;
  locale: 'ar' | 'en';
  /** Wants to hear what was improved: since when; null when not. Milliseconds. */
  since: number | null;
  /** Wants to be asked nothing more. */
  stopped: boolean;
  /** Improvements that they were told of. */
  told: string[];
}

interface Said {
  conversation: string;
  address: Address;
  locale: 'ar' | 'en';
}

interface Context {
  listeners: Collection<ListenerRecord>;
  clock: Clock;
}

/** Notes whether somebody wants to hear what was improved. */
export const noteListener = ({ listeners, clock }: Context, { wanted, ...said }: Said & { wanted: boolean }) =>
  note(listeners, said, { since: wanted ? clock.now() : null, ...(wanted ? { stopped: false } : {}) });

/** "Stop": nothing more is asked or told, also not what waits for the morning. */
export const noteStop = ({ listeners }: Context, said: Said) =>
  note(listeners, said, { since: null, stopped: true, notices: [], noticesDue: null });

async function note(
  listeners: Collection<ListenerRecord>,
  { conversation: _id, address, locale }: Said,
  change: Partial<ListenerRecord>,
): Promise<void> {
  const $set = { address, locale, ...change };
  if (await listeners.findOneAndUpdate({ _id }, { $set })) return;
  const fresh = {
    _id,
    address,
    locale,
    since: null,
    stopped: false,
    told: [],
    notices: [],
    noticesDue: null,
    ...change,
  };
  if (!(await insertOnce(listeners, fresh))) await listeners.findOneAndUpdate({ _id }, { $set });
}
