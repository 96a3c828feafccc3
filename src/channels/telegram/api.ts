import { Telegram, TelegramError } from 'telegraf';
import type { Opts, Telegram as Methods } from 'telegraf/types';

export type Method = keyof Methods;

/** The Bot API of one bot. What it rejects with goes through `classify` and nowhere else: it may hold the token. */
export interface TelegramApi {
  /** The result is what came over the wire, not yet parsed. */
  call<M extends Method>(method: M, payload: Opts<M>, options?: CallOptions): Promise<unknown>;
  /** Sends a file. Values of `fields` are text, or JSON for what is not text. */
  upload(method: Method, fields: Record<string, string>, file: Upload): Promise<void>;
  /** The content of a file, by the path that `getFile` gave. */
  download(path: string, options?: CallOptions): Promise<Response>;
}

export interface CallOptions {
  signal?: AbortSignal;
  timeoutMs?: number;
}

export interface Upload {
  /** `document`, `photo`, … */
  field: string;
  name: string;
  content: Blob;
}

export interface ApiOptions {
  token: string;
  apiRoot: string;
  timeoutMs: number;
}

export function createTelegramApi({ token, apiRoot, timeoutMs }: ApiOptions): TelegramApi {
  // Answering on the webhook's own response would acknowledge the update before it is durable.
  const telegram = new Telegram(token, { apiRoot, webhookReply: false });
  const root = apiRoot.replace(/\/+$/, '');
  const limit = (options: CallOptions = {}): AbortSignal => {
    const timeout = AbortSignal.timeout(options.timeoutMs ?? timeoutMs);
    return options.signal ? AbortSignal.any([options.signal, timeout]) : timeout;
  };

  return {
    call: (method, payload, options) => telegram.callApi(method, payload, { signal: limit(options) as ShimSignal }),

    // telegraf's own uploads never end on Node 26, so files go through fetch.
    async upload(method, fields, { field, name, content }) {
      const body = new FormData();
      for (const [key, value] of Object.entries(fields)) body.append(key, value);
      body.append(field, content, name);
      const response = await fetch(`${root}/bot${token}/${method}`, { method: 'POST', body, signal: limit() });
      const refusal = parseRefusal(response.status, await response.json().catch(() => undefined));
      if (refusal) throw new TelegramError(refusal, { method, payload: {} });
    },

    async download(path, options) {
      const address = `${root}/file/bot${token}/${path.split('/').map(encodeURIComponent).join('/')}`;
      const response = await fetch(address, { signal: limit(options) });
      if (response.ok) return response;
      await response.body?.cancel();
      throw new TelegramError({ error_code: response.status, description: 'download' }, { method: 'download' });
    },
  };
}

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
