import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Request, Response } from 'express';

/** One address that a channel or the web server answers. The server adds headers, limits, logging and recovery. */
export interface Route {
  method: 'get' | 'post' | 'patch' | 'delete' | 'options';
  /** Express 5 path, e.g. `/v3/directline/conversations/:id/activities`. It is also the label in logs and metrics. */
  path: string;
  /**
   * How the body arrives: parsed JSON, the raw bytes (for signatures), or untouched for streaming uploads.
   * `unknown` until the handler's schema has parsed it.
   */
  body?: 'json' | 'raw' | 'stream';
  /** Where it takes more than the others do. */
  bodyLimitBytes?: number;
  handle(request: Request, response: Response): void | Promise<void>;
}

/** A WebSocket door. Resolves true when the upgrade was taken (or refused in full); false passes it on. */
export type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => boolean;
