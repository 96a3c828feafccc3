import type { DeliveryPorts } from '../channels/channel.js';
import { conversationKey } from '../core/activity.js';
import type { Core } from './core.js';

/** What providers report of deliveries goes to the mailbox, under this channel's name. */
export const deliveryPorts = ({ mailbox }: Core): DeliveryPorts => ({
  reported: (report) => mailbox.report({ channelId: 'whatsapp', ...report }),
  heardAt: (conversation) => mailbox.heardAt(conversationKey({ channelId: 'whatsapp', conversation })),
});
