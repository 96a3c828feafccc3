import type { ConversationReference } from 'botbuilder';
import type { Address, MessageActivity } from '../../core/activity.js';

/**
 * Bot Framework is many channels behind one door, and an id is unique only within one of them: on Direct Line the
 * client even chooses its own user id. So each id carries the name of its channel, and `directline|42` can never pass
 * for `msteams|42` or for a contact of our own channels.
 */
export const scopedId = (channel: string, id: string): string => `${channel}|${id}`;

/** Ids of ours that stand in for a message id that the channel did not give; they mean nothing to the channel. */
const derivedPrefix = 'derived-';

export const standInId = (derived: string): string => `${derivedPrefix}${derived}`;

export const isStandIn = (id: string): boolean => id.startsWith(derivedPrefix);

/** Where a reply goes, rebuilt from its address alone. Undefined when the address is not one of this channel. */
export function conversationReference(reply: MessageActivity): Partial<ConversationReference> | undefined {
  const conversation = splitId(reply.conversation.id);
  const user = splitId(reply.from.id);
  const { serviceUrl, recipient } = reply;
  if (!conversation || !user || !serviceUrl || !recipient) return undefined;
  return {
    channelId: conversation.channel,
    serviceUrl,
    conversation: { id: conversation.id, isGroup: false, conversationType: 'personal', name: '' },
    user: { id: user.id, name: reply.from.name ?? '' },
    bot: { id: recipient.id, name: '' },
  };
}

/** The name that Microsoft gives the channel a reply goes to. Sample: `msteams`. */
export const channelOf = (address: Address): string | undefined => splitId(address.conversation.id)?.channel;

function splitId(scoped: string): { channel: string; id: string } | undefined {
  const at = scoped.indexOf('|');
  return at > 0 && at < scoped.length - 1 ? { channel: scoped.slice(0, at), id: scoped.slice(at + 1) } : undefined;
}
