import { z } from 'zod';
import type { Locale } from '../language/matcher.js';
import type { Delivery } from '../mailbox/record.js';

/** What became of something that was said. Sample: `{"delivery": "failed", "problem": "لم تصل: …"}` */
export const deliveryFields = {
  delivery: z.enum(['waiting', 'sent', 'delivered', 'read', 'failed']).nullable().meta({
    description: '`delivered` (to the phone) and `read` only where the channel tells; null of what was heard',
  }),
  problem: z
    .string()
    .nullable()
    .meta({ description: 'Of a failure: why, and what to do, in the language of the reader' }),
};

/** Says a sentence of `locales/` to the member of staff who reads. */
export type Say = (key: string) => string;

export const sayTo =
  (t: (locale: Locale, key: string) => string, { locale }: { locale: Locale }): Say =>
  (key) =>
    t(locale, key);

export const deliveryShown = (delivery: Delivery | undefined, say: Say) => ({
  delivery: delivery?.status ?? null,
  problem: delivery?.status === 'failed' ? say(`staff.delivery.${reasonOf(delivery)}`) : null,
});

/** What a channel does not take is of one part alone; other reasons are as true of the whole. */
const reasonOf = ({ kind, partly }: Delivery & { status: 'failed' }): string =>
  kind === 'invalid' && partly === true ? 'invalid_part' : kind;
