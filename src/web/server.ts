import { createServer as createHttpServer, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import { AppError } from '../core/errors.js';
import type { Route, Upgrade } from '../core/http.js';
import type { Log } from '../core/log.js';
import { bodyReader } from './bodies.js';
import { baseHeaders } from './policy.js';
import { sendProblem } from './problem.js';

export interface ServerOptions {
  routes: readonly Route[];
  upgrades?: readonly Upgrade[];
  log: Log;
  /** Of JSON and raw bodies; a stream watches over its own size. */
  bodyLimitBytes: number;
  /** Proxies whose `X-Forwarded-For` is believed, in Express's terms. */
  trustProxy?: string | number;
  /** Told once of every answered request. */
  onRequest?: (seen: SeenRequest) => void;
  /** How long a stopping server waits for answers under way, in milliseconds. */
  graceMs?: number;
}

/** `route` is the pattern, never the address: addresses hold ids and tokens. */
export interface SeenRequest {
  method: string;
  route: string;
  status: number;
  ms: number;
}

export interface WebServer {
  app: Express;
  /** Rejects with `port_in_use` when the port cannot be had. Port 0 takes a free one. */
  listen(port: number, host?: string): Promise<Listening>;
}

export interface Listening {
  port: number;
  /** Takes no more connections, lets answers under way finish, then ends what is left. */
  close(): Promise<void>;
}

/** The one HTTP server: headers, limits, recovery and the request log around the routes of all parts. */
export function createServer(options: ServerOptions): WebServer {
  const app = express();
  const server = createHttpServer({ keepAliveTimeout: keepAliveMs }, app);
  app.disable('x-powered-by');
  app.set('trust proxy', options.trustProxy ?? 'loopback');
  app.use(closingAware(server), requestLog(options), helmet(baseHeaders));
  for (const route of options.routes) {
    const handle: RequestHandler = (request, response) => route.handle(request, response);
    const limit = route.bodyLimitBytes ?? options.bodyLimitBytes;
    app[route.method](route.path, label(route.path), bodyReader(route.body, limit), handle);
  }
  for (const [path, methods] of methodsByPath(options.routes)) app.all(path, label(path), refuseMethod(methods));
  app.use((_request, response) => sendProblem(response, 404, 'There is nothing at this address.'));
  app.use(recover(options.log));
  server.on('upgrade', dispatchUpgrade(options.upgrades ?? [], options.log));
  return { app, listen: (port, host) => listen(server, { port, host, graceMs: options.graceMs ?? 3000 }) };
}

/** Longer than the 60 s for which common load balancers keep a connection, so that they never use one we just closed. */
const keepAliveMs = 65_000;

const unmatched = 'unmatched';

const label =
  (path: string): RequestHandler =>
  (_request, response, next) => {
    response.locals['route'] = path;
    next();
  };

function requestLog({ log, onRequest }: ServerOptions): RequestHandler {
  return (request, response, next) => {
    const start = performance.now();
    response.once('close', () => {
      const route: unknown = response.locals['route'];
      const seen: SeenRequest = {
        method: request.method,
        route: typeof route === 'string' ? route : unmatched,
        // 499, as nginx writes it: the caller left before the answer was complete.
        status: response.writableFinished ? response.statusCode : 499,
        ms: Math.round(performance.now() - start),
      };
      // Reading is what a waiting chat page and a watching monitor do all the time.
      const level = seen.method === 'GET' && seen.status < 400 ? 'debug' : 'info';
      log[level]('request', { ...seen });
      onRequest?.(seen);
    });
    next();
  };
}

/** While the server stops, no connection stays open for a next request. */
const closingAware =
  (server: Server): RequestHandler =>
  (_request, response, next) => {
    if (!server.listening) response.set('Connection', 'close');
    response.once('close', () => {
      if (!server.listening) setImmediate(() => server.closeIdleConnections());
    });
    next();
  };

function methodsByPath(routes: readonly Route[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { path, method } of routes) {
    const name = method.toUpperCase();
    found.set(path, [...(found.get(path) ?? []), ...(name === 'GET' ? ['GET', 'HEAD'] : [name])]);
  }
  return found;
}

const refuseMethod =
  (methods: readonly string[]): RequestHandler =>
  (request, response) => {
    response.set('Allow', methods.join(', '));
    if (request.method === 'OPTIONS') response.status(204).end();
    else sendProblem(response, 405, 'This address does not answer this method.');
  };

/** Express's own handler would print the body of a request and answer with the stack; nothing may get past this one. */
function recover(log: Log): ErrorRequestHandler {
  return (error: unknown, _request, response, _next) => {
    if (error instanceof URIError) return sendProblem(response, 400, 'The address is not well-formed.');
    const route: unknown = response.locals['route'];
    log.error('request failed', { route: typeof route === 'string' ? route : unmatched, error });
    sendProblem(response, 500, 'Something went wrong on our side. Please try again.');
  };
}

function dispatchUpgrade(upgrades: readonly Upgrade[], log: Log) {
  return (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    // A socket that breaks off during the handshake must not end the process.
    socket.on('error', () => socket.destroy());
    try {
      if (upgrades.some((upgrade) => upgrade(request, socket, head))) return;
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    } catch (error) {
      log.error('upgrade failed', { error });
      socket.end('HTTP/1.1 500 Internal Server Error\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    }
  };
}

function listen(server: Server, at: { port: number; host: string | undefined; graceMs: number }): Promise<Listening> {
  const sockets = new Set<Duplex>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(portError(at.port, error)));
    server.listen({ port: at.port, ...(at.host === undefined ? {} : { host: at.host }) }, () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : at.port;
      resolve({ port, close: () => close(server, sockets, at.graceMs) });
    });
  });
}

const portError = (port: number, cause: NodeJS.ErrnoException): AppError =>
  new AppError(
    'port_in_use',
    cause.code === 'EADDRINUSE'
      ? `Port ${port} is taken. Stop the other program or set another PORT.`
      : `Port ${port} cannot be used here (${cause.code ?? 'unknown reason'}). Set another PORT.`,
    { cause },
  );

function close(server: Server, sockets: ReadonlySet<Duplex>, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => sockets.forEach((socket) => socket.destroy()), graceMs);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}
