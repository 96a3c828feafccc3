import { Telegram, TelegramError } from 'telegraf';
import type { Opts, Telegram as Methods } from 'telegraf/types';

type Method = keyof Methods;

/** The Bot API of one bot. What it rejects with goes through `classify` and nowhere else: it may hold the token. */
export interface TelegramApi {
  /** The result is what came over the wire, not yet parsed. */
  call<M extends Method>(method: M, payload: Opts<M>, options?: CallOptions): Promise<unknown>;
  /** Sends a file. Values of `fields` are text, or JSON for what is not text. */
  upload(method: Method, fields: Record<string, string>, file: Upload): Promise<void>;
  /** Hands the content of a file, by the path that `getFile` gave, to `read`; the timeout covers that as well. */
  download<T>(path: string, read: (content: Content) => Promise<T>, options?: CallOptions): Promise<T>;
}

export type Content = AsyncIterable<Uint8Array>;

interface CallOptions {
  signal?: AbortSignal;
  timeoutMs?: number;
}

interface Upload {
  /** `document`, `photo`, … */
  field: string;
  name: string;
  content: Blob;
}

interface ApiOptions {
  token: string;
  apiRoot: string;
  timeoutMs: number;
}

export function createTelegramApi({ token, apiRoot, timeoutMs }: ApiOptions): TelegramApi {
  // Answering on the webhook's own response would acknowledge the update before it is durable.
  const telegram = new Telegram(token, { apiRoot, webhookReply: false });
  const root = apiRoot.replace(/\/+$/, '');
  const limited = <T>(options: CallOptions | undefined, run: (signal: AbortSignal) => Promise<T>): Promise<T> =>
    withTimeout({ timeoutMs, ...options }, run);

  return {
    call: (method, payload, options) =>
      limited(options, (signal) => telegram.callApi(method, payload, { signal: signal as ShimSignal })),

    // telegraf's own uploads never end on Node 26, so files go through fetch.
    upload: (method, fields, { field, name, content }) =>
      limited(undefined, async (signal) => {
        const body = new FormData();
        for (const [key, value] of Object.entries(fields)) body.append(key, value);
        body.append(field, content, name);
        const response = await fetch(`${root}/bot${token}/${method}`, { method: 'POST', body, signal });
        const refusal = parseRefusal(response.status, await response.json().catch(() => undefined));
        if (refusal) throw new TelegramError(refusal, { method, payload: {} });
      }),

    download: (path, read, options) =>
      limited(options, async (signal) => {
        const address = `${root}/file/bot${token}/${path.split('/').map(encodeURIComponent).join('/')}`;
        const response = await fetch(address, { signal });
        try {
          if (response.ok) return await read(response.body ?? emptyContent());
          throw new TelegramError({ error_code: response.status, description: 'download' }, { method: 'download' });
        } finally {
          // Frees the connection of a body that was not read; one that was read to its end is locked or done.
          await response.body?.cancel().catch(() => undefined);
        }
      }),
  };
}

/** A timer of our own, stopped at the end: `AbortSignal.any` may be collected before it fires. */
async function withTimeout<T>(
  { signal, timeoutMs }: CallOptions & { timeoutMs: number },
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  const timer = setTimeout(abort, timeoutMs);
  signal?.addEventListener('abort', abort);
  try {
    return await run(controller.signal);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}

// oxlint-disable-next-line require-yield -- a body without content
async function* emptyContent(): Content {}

// telegraf types its signal by the abort-controller shim; node-fetch takes Node's own.
type ShimSignal = NonNullable<NonNullable<Parameters<Telegram['callApi']>[2]>['signal']>;

function parseRefusal(status: number, body: unknown): ConstructorParameters<typeof TelegramError>[0] | undefined {
  const answer = typeof body === 'object' && body !== null ? body : {};
  if ('ok' in answer && answer.ok === true) return undefined;
  const description = 'description' in answer ? String(answer.description) : '';
  // A gateway's page with status 200 is a failure of the way to Telegram, not of the message.
  const refusal = { error_code: status >= 400 ? status : 502, description };
  const seconds = 'parameters' in answer ? retryAfter(answer.parameters) : undefined;
  return seconds === undefined ? refusal : { ...refusal, parameters: { retry_after: seconds } };
}

function retryAfter(parameters: unknown): number | undefined {
  if (typeof parameters !== 'object' || parameters === null || !('retry_after' in parameters)) return undefined;
  return typeof parameters.retry_after === 'number' ? parameters.retry_after : undefined;
}
