import type { MessageActivity } from '../../core/activity.js';
import { numberedText } from '../numbered.js';

/**
 * A reply as a terminal may show it. Control characters are left out, so that text which somebody else wrote cannot
 * move the cursor, change the title or send keys; marks of writing direction stay.
 */
export const printable = (activity: MessageActivity, locale: string): string =>
  numberedText(activity, locale).replace(/(?![\n\t])\p{Cc}/gu, '');
