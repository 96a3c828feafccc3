import { createRequire } from 'node:module';
import {
  ConnectionStatus,
  DirectLine,
  type Activity,
  type DirectLineOptions,
  type Services,
} from 'botframework-directlinejs';
import { WebSocket } from 'ws';

const require = createRequire(import.meta.url);
// The official client looks for a browser's globals; Node 20 has neither.
Object.assign(globalThis, { XMLHttpRequest: require('xhr2'), WebSocket });

/** The official client, with what it received. */
export interface Client {
  line: DirectLine;
  received: Activity[];
  texts: () => (string | undefined)[];
  statuses: ConnectionStatus[];
  errors: unknown[];
  sockets: WebSocket[];
  /** Resolves to the id that the server gave, or to `retry`. */
  post(activity: object): Promise<string>;
  watermark(): string;
  token(): string;
}

export { ConnectionStatus };

/** `hurry` makes the client's own waits (3 s before it connects again, 15 min between refreshes) that much shorter. */
export function connect(options: DirectLineOptions & Partial<Services>, hurry = 100): Client {
  const sockets: WebSocket[] = [];
  class RecordedSocket extends WebSocket {
    constructor(url: string) {
      super(url);
      sockets.push(this);
    }
  }
  const line = new DirectLine({
    ...options,
    pollingInterval: 200,
    random: () => 0,
    scheduler: hurried(hurry),
    WebSocket: RecordedSocket as unknown as Services['WebSocket'],
  });
  const client: Client = {
    line,
    sockets,
    received: [],
    statuses: [],
    errors: [],
    texts: () => client.received.map((activity) => ('text' in activity ? activity.text : undefined)),
    post: (activity) =>
      new Promise((resolve, reject) => line.postActivity(activity as Activity).subscribe(resolve, reject)),
    watermark: () => (line as unknown as { watermark: string }).watermark,
    token: () => (line as unknown as { token: string }).token,
  };
  line.connectionStatus$.subscribe((status) => client.statuses.push(status));
  line.activity$.subscribe(
    (activity) => client.received.push(activity),
    (error: unknown) => client.errors.push(error),
  );
  return client;
}

type Scheduler = Services['scheduler'];

function hurried(factor: number): Scheduler {
  const { async }: { async: Scheduler } = require('rxjs/scheduler/async');
  const schedule: Scheduler['schedule'] = (work, delay = 0, state) => async.schedule(work, delay / factor, state);
  return { now: () => Date.now() * factor, schedule };
}

/** XMLHttpRequest of Node posts no forms; this one does, and reads `blob:` and `data:` addresses as a browser does. */
export function fetchAjax(): Services['ajax'] {
  const { Observable } = require('rxjs/Observable');
  const ask = ({ url, method, headers, body, responseType }: AjaxAsked) =>
    new Observable((subscriber: Subscriber) => {
      const form = body instanceof FormData;
      const content = body === undefined ? {} : { body: form ? body : JSON.stringify(body) };
      fetch(url, { method, headers: { ...headers }, ...content })
        .then(async (response) => {
          if (!response.ok) throw Object.assign(new Error('ajax error'), { status: response.status });
          return subscriber.next({ response: responseType ? await response.arrayBuffer() : await response.json() });
        })
        .then(() => subscriber.complete())
        .catch((error: unknown) => subscriber.error(error));
    });
  return ask as unknown as Services['ajax'];
}

interface AjaxAsked {
  url: string;
  method: string;
  headers?: Record<string, string>;
  body?: unknown;
  responseType?: string;
}

interface Subscriber {
  next(value: unknown): void;
  error(reason: unknown): void;
  complete(): void;
}
