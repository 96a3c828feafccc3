import type { Activity } from '../core/activity.js';
import type { Seal } from '../core/seal.js';
import type { InboxItem } from './record.js';

/** Letters of a page: a button's name is no longer or shorter than another's. */
const page = 1024;

/** A message that is to be handled. */
export interface Heard extends Omit<InboxItem, 'sealed'> {
  activity: Activity;
}

/**
 * A message as it waits in the inbox. It is sealed, because the transcript may keep nothing of it: a store's own log and
 * the pages that it has freed would.
 */
export function enclose(seal: Pick<Seal, 'seal'>, { activity, ...item }: Heard): InboxItem {
  const text = JSON.stringify(activity);
  const bytes = Buffer.byteLength(text);
  return { ...item, sealed: seal.seal(text + ' '.repeat(Math.ceil(bytes / page) * page - bytes)) };
}

/** The message itself; throws `store_corrupt` when it was sealed with another key. */
export function disclose(seal: Pick<Seal, 'open'>, item: InboxItem | Heard): Heard {
  // Accepted by a version that did not seal, before it was stopped.
  if ('activity' in item) return item;
  const { sealed, ...rest } = item;
  return { ...rest, activity: JSON.parse(seal.open(sealed)) as Activity };
}
