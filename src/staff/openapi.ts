import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { apiPath } from './api.js';
import { statusOf } from './answer.js';
import { defineCall, noContent, type Body, type Call } from './route.js';

/** The call that describes all calls, itself among them. It holds no data, so everybody may read it. */
export function describingCall(others: readonly Call[], cookieName: string): Call {
  let document: object | undefined;
  const own = defineCall({
    method: 'get',
    path: '/openapi.json',
    summary: 'This description, OpenAPI 3.1',
    roles: 'anyone',
    answer: z.looseObject({ openapi: z.string() }),
    handle() {
      document ??= describe([...others, own], cookieName);
      return { openapi: '3.1.0', ...document };
    },
  });
  return own;
}

const problemBody = z
  .looseObject({
    type: z.literal('about:blank'),
    title: z.string(),
    status: z.int(),
    detail: z.string().meta({ description: 'A sentence for people, in their language' }),
    errors: z
      .array(z.object({ path: z.string(), detail: z.string().optional() }))
      .optional()
      .meta({ description: 'With status 400: what does not fit, field by field' }),
  })
  .meta({ id: 'Problem', description: 'RFC 9457' });

const describe = (calls: readonly Call[], cookieName: string): object =>
  createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Wasl staff API',
      version: '1',
      description: 'Times are ISO 8601 in UTC. Lists are pages: `next` is the `cursor` of the page that follows.',
    },
    servers: [{ url: apiPath }],
    components: { securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: cookieName } } },
    paths: pathsOf(calls),
  });

function pathsOf(calls: readonly Call[]): ZodOpenApiPathsObject {
  const paths: ZodOpenApiPathsObject = {};
  for (const call of calls) paths[call.path] = { ...paths[call.path], [call.method]: operationOf(call) };
  return paths;
}

function operationOf(call: Call): ZodOpenApiOperationObject {
  const { method, path, summary, roles, params, query, body } = call;
  const who = roles === 'anyone' ? 'everybody' : roles === 'signed-in' ? 'all staff' : roles.join(', ');
  return {
    operationId: [method, ...path.split(/[^\w]+/)].filter(Boolean).join('_'),
    summary,
    description: `For: ${who}.`,
    security: roles === 'anyone' ? [] : [{ session: [] }],
    ...(params || query ? { requestParams: { ...(params ? { path: params } : {}), ...(query ? { query } : {}) } } : {}),
    ...(body === undefined ? {} : { requestBody: { required: true, content: contentOf(body) } }),
    responses: { [String(statusOf(call))]: successOf(call), ...problemsOf(call) },
  };
}

function contentOf(body: Body) {
  if (body === 'csv') return { 'text/csv': { schema: z.string() } };
  if (body === 'file') return { 'application/octet-stream': { schema: z.string().meta({ format: 'binary' }) } };
  return { 'application/json': { schema: body } };
}

function successOf({ answer }: Call) {
  if (answer === noContent) return { description: 'Done' };
  if (answer instanceof z.ZodType) return { description: 'Done', content: { 'application/json': { schema: answer } } };
  return { description: 'A file', content: { [answer.contentType]: { schema: z.string() } } };
}

function problemsOf({
  method,
  roles,
  params,
  query,
  body,
  problems = [],
}: Call): ZodOpenApiOperationObject['responses'] {
  const statuses = new Set<number>(problems);
  if (params || query || body) statuses.add(400);
  if (body) statuses.add(413).add(415);
  if (roles !== 'anyone') statuses.add(401);
  if (method !== 'get' || Array.isArray(roles)) statuses.add(403);
  const content = { 'application/problem+json': { schema: problemBody } };
  return Object.fromEntries(
    [...statuses]
      .toSorted((a, b) => a - b)
      .map((status) => [String(status), { description: meaning[status] ?? 'Refused', content }]),
  );
}

const meaning: Record<number, string> = {
  400: 'Something that was sent does not fit',
  401: 'Nobody is signed in, or the session has ended',
  403: 'The role may not, or another site’s page asks',
  404: 'There is no such thing',
  409: 'It is not possible as things are',
  413: 'The body is too large',
  415: 'The body is of another type',
  429: 'Too many tries; Retry-After says the seconds to wait',
};
