import type { IncomingMessage } from 'node:http';
import { refusal, type Answer } from './answer.js';
import { equal } from './signer.js';
import type { Tokens, Visitor } from './tokens.js';

/** Who asks, or what they are told instead. */
export type Access = { type: 'granted'; visitor: Visitor } | { type: 'refused'; answer: Answer };

export interface AccessContext {
  tokens: Tokens;
  /** Opens every conversation: for servers that speak for their visitors. */
  directLineSecret?: string;
}

/**
 * What the official client does with a status decides which one a broken token gets. On a POST of an activity a 403
 * makes it open more sockets, so there it is 401. Where it polls, a 401 ends polling for ever, so there it is 403,
 * which it can recover from. A token whose time is over is 403 everywhere.
 */
export type BrokenTokenStatus = 401 | 403;

/** Access to the conversation that the address names. */
export function openConversation(
  context: AccessContext,
  request: IncomingMessage,
  { id, broken }: { id: string; broken: BrokenTokenStatus },
): Access {
  const { tokens } = context;
  const holder = identify(context, request, broken);
  if (holder.type === 'refused') return holder;
  if (!tokens.knows(id)) return refused(404, 'BadArgument', 'There is no such conversation.');
  if (holder.type === 'secret') return { type: 'granted', visitor: tokens.visitorOf(id) };
  if (holder.visitor.conversation === id) return holder;
  return refused(403, 'Forbidden', 'This conversation belongs to somebody else.');
}

/** Access with nothing but a token; `secret` says what a server gets that shows the secret in its place. */
export function openToken(
  context: AccessContext,
  request: IncomingMessage,
  { broken, secret }: { broken: BrokenTokenStatus; secret: 'new visitor' | 'refused' },
): Access {
  const holder = identify(context, request, broken);
  if (holder.type !== 'secret') return holder;
  if (secret === 'refused') return refused(403, 'Forbidden', 'Here a token is needed, not the secret.');
  return { type: 'granted', visitor: context.tokens.newVisitor() };
}

export function holdsSecret({ directLineSecret }: AccessContext, request: IncomingMessage): boolean {
  return directLineSecret !== undefined && directLineSecret !== '' && equal(bearer(request), directLineSecret);
}

type Holder = Access | { type: 'secret' };

function identify(context: AccessContext, request: IncomingMessage, broken: BrokenTokenStatus): Holder {
  if (holdsSecret(context, request)) return { type: 'secret' };
  const reading = context.tokens.read(bearer(request));
  if (reading.type === 'valid') return { type: 'granted', visitor: reading.visitor };
  if (reading.type === 'expired') return refused(403, 'TokenExpired', 'The token has expired. Ask for a new one.');
  return refused(broken, broken === 401 ? 'Unauthorized' : 'Forbidden', 'The token is missing or not valid.');
}

const bearer = ({ headers }: IncomingMessage): string =>
  /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? '';

const refused = (status: number, code: string, message: string): Access => ({
  type: 'refused',
  answer: refusal(status, code, message),
});
