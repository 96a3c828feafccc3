import type { Request } from 'express';
import { openConversation, type BrokenTokenStatus } from './access.js';
import { ok, refusal, type Answer } from './answer.js';
import { readJson } from './body.js';
import { takeAndAnswer, type WebChatContext } from './context.js';
import type { Endpoint } from './endpoint.js';
import { readActivity, type InboundParts } from './inbound.js';
import { activitySet, readWatermark } from './outbound.js';
import { readUpload } from './upload.js';

/** What is said, both ways. */
export function activityEndpoints(context: WebChatContext): Endpoint[] {
  const path = '/v3/directline/conversations/:id';
  return [
    { method: 'get', path: `${path}/activities`, answer: (request) => polled(context, request) },
    { method: 'post', path: `${path}/activities`, answer: (request) => posted(context, request) },
    { method: 'post', path: `${path}/upload`, answer: (request) => uploaded(context, request) },
  ];
}

/** Polling ends for ever at the first 401, 429 or 5xx: when the store is away there is simply no news. */
async function polled(context: WebChatContext, request: Request): Promise<Answer> {
  const access = open(context, request, 403);
  if (access.type === 'refused') return access.answer;
  const after = readWatermark(request.query['watermark']);
  const base = context.baseUrl(request);
  const entries = base === undefined ? undefined : await context.read(access.visitor.conversation, after);
  return ok(activitySet(entries ?? [], after, { base: base ?? '', links: context.links }));
}

async function posted(context: WebChatContext, request: Request): Promise<Answer> {
  const access = open(context, request, 401);
  if (access.type === 'refused') return access.answer;
  const body = await readJson(request, context.maxMessageBytes);
  if (body.type === 'refused') return body.answer;
  return say(context, { visitor: access.visitor, body: body.value });
}

async function uploaded(context: WebChatContext, request: Request): Promise<Answer> {
  const access = open(context, request, 401);
  if (access.type === 'refused') return access.answer;
  const upload = await readUpload(context, request);
  if (upload.type === 'refused') return upload.answer;
  return say(context, { visitor: access.visitor, body: upload.activity, files: upload.files });
}

async function say(context: WebChatContext, parts: InboundParts): Promise<Answer> {
  const inbound = readActivity(context, parts);
  if (inbound.type === 'malformed') return refusal(400, 'BadArgument', inbound.message);
  return inbound.type === 'activity' ? takeAndAnswer(context, inbound.activity) : ok({ id: inbound.id });
}

const open = (context: WebChatContext, request: Request, broken: BrokenTokenStatus) =>
  openConversation(context, request, { id: String(request.params['id']), broken });
