import type { Request } from 'express';
import { z } from 'zod';
import { derivedId } from '../../core/ids.js';
import { openConversation, openToken } from './access.js';
import { ok, refusal, type Answer } from './answer.js';
import { readJson } from './body.js';
import { take, type WebChatContext } from './context.js';
import type { Endpoint } from './endpoint.js';
import { arrival } from './inbound.js';
import { readWatermark } from './outbound.js';
import { tokenBody } from './token-endpoints.js';
import type { Visitor } from './tokens.js';

/** Starting a conversation and coming back to it. */
export function conversationEndpoints(context: WebChatContext): Endpoint[] {
  return [
    { method: 'post', path: '/v3/directline/conversations', answer: (request) => started(context, request) },
    { method: 'get', path: '/v3/directline/conversations/:id', answer: (request) => resumed(context, request) },
    {
      method: 'get',
      path: '/v3/directline/session/getsessionid',
      credentials: true,
      answer: (request) => session(context, request),
    },
  ];
}

async function started(context: WebChatContext, request: Request): Promise<Answer> {
  const access = openToken(context, request, { broken: 401, secret: 'new visitor' });
  if (access.type === 'refused') return access.answer;
  const body = await readJson(request, context.maxMessageBytes);
  if (body.type === 'refused') return body.answer;
  const parsed = startSchema.safeParse(body.value);
  if (!parsed.success) return refusal(400, 'BadArgument', 'The body is not that of a new conversation.');
  const taken = await take(context, arrival(context, access.visitor, parsed.data?.locale));
  if (taken.type === 'refused') return taken.answer;
  return conversation(context, request, { visitor: access.visitor, after: 0, status: taken.repeated ? 200 : 201 });
}

/** A fresh token, and a stream that goes on where the client stopped. */
function resumed(context: WebChatContext, request: Request): Answer {
  const access = openConversation(context, request, { id: String(request.params['id']), broken: 403 });
  if (access.type === 'refused') return access.answer;
  const after = readWatermark(request.query['watermark']);
  return conversation(context, request, { visitor: access.visitor, after, status: 200 });
}

function conversation(
  { baseUrl, streams, tokens }: WebChatContext,
  request: Request,
  { visitor, after, status }: { visitor: Visitor; after: number; status: number },
): Answer {
  const base = baseUrl(request);
  if (base === undefined) return refusal(400, 'BadArgument', 'The Host header names no host.');
  const streamUrl = streams.url(base, visitor.conversation, after);
  return ok({ ...tokenBody(tokens, visitor), streamUrl }, status);
}

/** Only OAuth cards need it, which we do not send; the official client asks for it all the same. */
function session(context: WebChatContext, request: Request): Answer {
  const access = openToken(context, request, { broken: 401, secret: 'refused' });
  if (access.type === 'refused') return access.answer;
  return ok({ sessionId: derivedId('webchat-session', access.visitor.conversation) });
}

const startSchema = z.object({ locale: z.unknown().optional() }).nullable();
