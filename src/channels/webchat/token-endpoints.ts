import type { Request } from 'express';
import { z } from 'zod';
import { holdsSecret, openToken } from './access.js';
import { ok, refusal, type Answer } from './answer.js';
import { readJson } from './body.js';
import type { WebChatContext } from './context.js';
import type { Endpoint } from './endpoint.js';
import type { TokenLimit } from './limit.js';
import { tokenLifeMs, type Tokens, type Visitor } from './tokens.js';

/** Where tokens come from: a page asks for its visitor, a server with the secret for its own, a token for its successor. */
export function tokenEndpoints(context: WebChatContext, limit: TokenLimit): Endpoint[] {
  return [
    { method: 'post', path: '/chat/token', answer: (request) => visitorToken(context, request, limit) },
    { method: 'post', path: '/v3/directline/tokens/generate', answer: (request) => generated(context, request) },
    { method: 'post', path: '/v3/directline/tokens/refresh', answer: (request) => refreshed(context, request) },
  ];
}

/** Sample: `{"conversationId": "…", "token": "…", "expires_in": 3600}`. */
export const tokenBody = (tokens: Tokens, visitor: Visitor) => ({
  conversationId: visitor.conversation,
  token: tokens.issue(visitor),
  expires_in: tokenLifeMs / 1000,
});

async function visitorToken(context: WebChatContext, request: Request, limit: TokenLimit): Promise<Answer> {
  const wait = await limit(request.ip);
  if (wait > 0) {
    return {
      ...refusal(429, 'TooManyRequests', `Too many visits from here. Try again in ${wait} s.`),
      retryAfter: wait,
    };
  }
  const body = await readJson(request, context.maxMessageBytes);
  if (body.type === 'refused') return body.answer;
  const parsed = visitSchema.safeParse(body.value);
  if (!parsed.success) return refusal(400, 'BadArgument', 'The token of an earlier visit is a text, or absent.');
  return ok(tokenBody(context.tokens, returning(context.tokens, parsed.data?.token) ?? context.tokens.newVisitor()));
}

/** Somebody who comes back goes on in their conversation; with a token that is too old or not ours they start anew. */
function returning(tokens: Tokens, token: string | null | undefined): Visitor | undefined {
  if (!token) return undefined;
  const reading = tokens.read(token);
  if (reading.type === 'valid') return reading.visitor;
  return reading.type === 'expired' && reading.resumable ? reading.visitor : undefined;
}

async function generated(context: WebChatContext, request: Request): Promise<Answer> {
  if (!context.directLineSecret) return refusal(404, 'NotFound', 'DIRECT_LINE_SECRET is not set: use /chat/token.');
  if (!holdsSecret(context, request)) return refusal(403, 'Forbidden', 'The secret is missing or not right.');
  const body = await readJson(request, context.maxMessageBytes);
  if (body.type === 'refused') return body.answer;
  const parsed = generateSchema.safeParse(body.value);
  if (!parsed.success) return refusal(400, 'BadArgument', 'The field user.id is a text of at most 200 characters.');
  return ok(tokenBody(context.tokens, context.tokens.newVisitor(parsed.data?.user?.id ?? undefined)));
}

function refreshed(context: WebChatContext, request: Request): Answer {
  const access = openToken(context, request, { broken: 403, secret: 'refused' });
  return access.type === 'refused' ? access.answer : ok(tokenBody(context.tokens, access.visitor));
}

const visitSchema = z.object({ token: z.string().nullish() }).nullable();

const generateSchema = z.object({ user: z.object({ id: z.string().min(1).max(200).nullish() }).nullish() }).nullable();
