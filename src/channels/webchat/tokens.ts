import { derivedId, type Ids } from '../../core/ids.js';
import type { Signer } from './signer.js';

/** Whom a token stands for. One visitor has one conversation. */
export interface Visitor {
  conversation: string;
  user: string;
}

export type TokenReading =
  | { type: 'valid'; visitor: Visitor }
  /** Ours, but its time is over. `resumable` while the person may still come back to the same conversation. */
  | { type: 'expired'; visitor: Visitor; resumable: boolean }
  | { type: 'invalid' };

export interface Tokens {
  newVisitor(user?: string): Visitor;
  /** The visitor of a conversation whose token we do not have: a server that holds the secret writes for them. */
  visitorOf(conversation: string): Visitor;
  /** Whether we have ever handed out this conversation id. */
  knows(conversation: string): boolean;
  issue(visitor: Visitor): string;
  read(token: string): TokenReading;
}

/**
 * The official client refreshes every 15 minutes, whatever we say, and needs two tries: at least 30.
 * https://github.com/microsoft/BotFramework-DirectLineJS
 */
export const tokenLifeMs = 60 * 60 * 1000;

const resumableMs = 30 * 24 * 60 * 60 * 1000;

export function createTokens({ signer, ids }: { signer: Signer; ids: Ids }): Tokens {
  return {
    visitorOf,

    newVisitor(user) {
      const random = ids.secret(12);
      const visitor = visitorOf(`${random}${signer.check(random)}`);
      return user === undefined ? visitor : { ...visitor, user };
    },

    knows: (conversation) => signer.check(conversation.slice(0, -8)) === conversation.slice(-8),

    issue: ({ conversation, user }) => signer.sign('token', [conversation, user], tokenLifeMs),

    read(token) {
      const signed = signer.read('token', token);
      const [conversation, user] = signed?.fields ?? [];
      if (!signed || conversation === undefined || user === undefined) return { type: 'invalid' };
      const visitor = { conversation, user };
      if (signed.age < 0) return { type: 'valid', visitor };
      return { type: 'expired', visitor, resumable: signed.age < resumableMs };
    },
  };
}

const visitorOf = (conversation: string): Visitor => ({ conversation, user: derivedId('webchat-user', conversation) });
