import type { Request } from 'express';
import type { Route } from '../../core/http.js';
import { refusal, sendAnswer, type Answer } from './answer.js';
import { allowAsking, allowReading, type Origins } from './origins.js';

/** One address of the protocol. */
export interface Endpoint {
  method: 'get' | 'post';
  path: string;
  /** The official client asks for it with cookies, which we neither set nor read. */
  credentials?: true;
  answer(request: Request): Answer | Promise<Answer>;
}

export interface EndpointContext {
  origins: Origins;
}

/** Routes for endpoints: origins are checked first, and each address also answers a browser's preflight. */
export function routesOf(context: EndpointContext, endpoints: readonly Endpoint[]): Route[] {
  const paths = [...new Set(endpoints.map(({ path }) => path))];
  return [
    ...endpoints.map((endpoint) => route(context, endpoint)),
    ...paths.map((path) => preflight(context, path, endpoints)),
  ];
}

function route({ origins }: EndpointContext, endpoint: Endpoint): Route {
  const { method, path, credentials } = endpoint;
  return {
    method,
    path,
    body: 'stream',
    async handle(request, response) {
      if (!origins.allows(request)) return sendAnswer(response, forbiddenOrigin);
      allowReading(request, response);
      if (credentials) response.set('Access-Control-Allow-Credentials', 'true');
      sendAnswer(response, await endpoint.answer(request));
    },
  };
}

function preflight({ origins }: EndpointContext, path: string, endpoints: readonly Endpoint[]): Route {
  const here = endpoints.filter((endpoint) => endpoint.path === path);
  const methods = here.map(({ method }) => method.toUpperCase()).join(', ');
  return {
    method: 'options',
    path,
    handle(request, response) {
      if (!origins.allows(request)) return sendAnswer(response, forbiddenOrigin);
      allowReading(request, response);
      allowAsking(response, methods);
      if (here.some(({ credentials }) => credentials)) response.set('Access-Control-Allow-Credentials', 'true');
      response.status(204).end();
    },
  };
}

const forbiddenOrigin = refusal(403, 'OriginNotAllowed', 'This site may not use the chat. CHAT_ORIGINS lists who may.');
