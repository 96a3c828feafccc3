import { z } from 'zod';
import type { ChannelDetails, ChannelState } from '../../channels/channel.js';
import type { Locale } from '../../language/matcher.js';
import { fields } from '../fields.js';
import { listOf } from '../list.js';
import { defineCall, type Call } from '../route.js';

const channel = z
  .object({
    id: z.string(),
    state: z.enum(['on', 'off', 'failing']),
    reason: z.string().meta({ description: 'For the operator, in English' }),
    says: z.string().meta({ description: 'For staff, in their language' }),
    step: z.string().nullable(),
    since: fields.time.nullable(),
    connectedSince: fields.time.nullable(),
    lastMessageAt: fields.time.nullable(),
    errors: z.int().meta({ description: 'Failures since the start' }),
    qr: z.string().nullable().meta({ description: 'Text of the QR code that links the phone, while one is wanted' }),
    pairingCode: z.string().nullable().meta({ description: 'To be typed on the phone instead of scanning' }),
  })
  .meta({ id: 'Channel' });

/** One channel as the app tells of it. */
export interface ChannelView extends ChannelState {
  id: string;
  /** Undefined for a channel that is not configured. */
  details?: ChannelDetails;
}

export interface ChannelCallsContext {
  channels(): readonly ChannelView[];
  t(locale: Locale, key: string): string;
}

/** How the channels are doing, and what links WhatsApp. */
export const channelCalls = ({ channels, t }: ChannelCallsContext): Call[] => [
  defineCall({
    method: 'get',
    path: '/channels',
    summary:
      'Every channel: whether it works, since when, and what is to be done; for WhatsApp Web the code that links it',
    roles: ['admin', 'officer'],
    answer: listOf(channel),
    handle({ request: { locale } }) {
      const items = channels().map((view) => shown(view, (key) => t(locale, key)));
      return { items, total: items.length, next: null };
    },
  }),
];

function shown({ id, state, reason, details }: ChannelView, say: (key: string) => string): z.input<typeof channel> {
  const { step = state, since = null, connectedSince = null, lastMessageAt = null, errors = 0 } = details ?? {};
  return {
    id,
    state,
    reason,
    says: say(`staff.channel.${step}`),
    step,
    since,
    connectedSince,
    lastMessageAt,
    errors,
    qr: details?.qr ?? null,
    pairingCode: details?.pairingCode ?? null,
  };
}
