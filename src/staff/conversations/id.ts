import { channelIds } from '../../core/activity.js';

/** A conversation's key as it stands in addresses: keys hold slashes, and whatever a channel puts into its ids. */
export const publicId = (key: string): string => Buffer.from(key).toString('base64url');

/** The key behind an id; of one that is none, a key that no conversation has. */
export function keyOf(id: string): string {
  const key = Buffer.from(id, 'base64url').toString();
  const isOurs = channelIds.some((channel) => key.startsWith(`${channel}/`)) && publicId(key) === id;
  return isOurs ? key : 'nowhere/nobody';
}
