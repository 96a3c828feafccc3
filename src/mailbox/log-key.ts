import { derivedId } from '../core/ids.js';

/** How the log names a conversation: enough to follow it, nothing to find the person by. */
export const logKey = (conversation: string): string => derivedId('log', conversation).slice(0, 8);
