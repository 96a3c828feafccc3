import { derivedId, systemIds } from '../core/ids.js';

/** Of this process only: without it a phone number would be found by trying them all. */
const secret = systemIds.uuid();

/** How the log names a conversation: enough to follow it, nothing to find the person by. */
export const logKey = (conversation: string): string => derivedId('log', secret, conversation).slice(0, 8);
