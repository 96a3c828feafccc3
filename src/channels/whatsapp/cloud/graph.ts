import { z } from 'zod';

/** Meta's Graph API for one business number. What it rejects with is a `GraphFailure` and nothing else. */
export interface Graph {
  /** The number itself: answers when the token is good. */
  check(): Promise<void>;
  /** Resolves when WhatsApp has taken the message. */
  send(message: object): Promise<void>;
  /** Uploads a file; resolves to its id, which lives for 30 days. */
  upload(file: { name: string; content: Blob }): Promise<string>;
  /** The address of a file that a person sent; it is good for about five minutes. */
  mediaUrl(id: string): Promise<string>;
  /** Hands the content at such an address to `read`; the time limit covers that as well. */
  download<T>(url: string, read: (content: AsyncIterable<Uint8Array>) => Promise<T>): Promise<T>;
}

export interface GraphOptions {
  token: string;
  phoneNumberId: string;
  apiRoot: string;
  timeoutMs: number;
}

/** What came back instead of an answer. Nothing of the request or of Meta's own words is kept: they may hold both. */
export class GraphFailure extends Error {
  constructor(
    /** HTTP status; 0 when there was no answer. */
    readonly status: number,
    /** Meta's code, https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes; 0 when there is none. */
    readonly graphCode: number,
    options: { retryAfter?: number; cause?: unknown; sent?: boolean } = {},
  ) {
    super(`The Graph API failed: ${status}/${graphCode}`);
    this.name = 'GraphFailure';
    this.retryAfter = options.retryAfter;
    this.maybeDone = options.sent ?? false;
    this.system = systemCode(options.cause);
  }

  /** Milliseconds. */
  readonly retryAfter: number | undefined;
  /** The request may have arrived: nobody knows whether it was carried out. */
  readonly maybeDone: boolean;
  /** Of a broken connection. Sample: `ECONNRESET` */
  readonly system: string | undefined;
}

export function createGraph({ token, phoneNumberId, apiRoot, timeoutMs }: GraphOptions): Graph {
  const authorization = `Bearer ${token}`;
  const own = `${apiRoot}/${encodeURIComponent(phoneNumberId)}`;

  async function call<T>(url: string, init: RequestInit, read: (response: Response) => Promise<T>): Promise<T> {
    const headers = { ...(init.headers as Record<string, string> | undefined), authorization };
    const signal = AbortSignal.timeout(timeoutMs);
    let response: Response | undefined;
    try {
      response = await fetch(url, { ...init, headers, signal });
      if (!response.ok) throw await refusal(response);
      return await read(response);
    } catch (error) {
      if (error instanceof GraphFailure || error instanceof ReadFailure) throw error;
      throw new GraphFailure(response?.status ?? 0, 0, { cause: error, sent: !neverSent.has(systemCode(error) ?? '') });
    } finally {
      // Frees the connection of a body that was not read; one that was read to its end is locked or done.
      await response?.body?.cancel().catch(() => undefined);
    }
  }

  return {
    check: () => call(`${own}?fields=id`, {}, async () => undefined),
    send: (message) =>
      call(`${own}/messages`, json({ messaging_product: 'whatsapp', ...message }), async (response) => {
        sent.parse(await response.json());
      }),
    async upload({ name, content }) {
      const body = new FormData();
      body.append('messaging_product', 'whatsapp');
      body.append('type', content.type);
      body.append('file', content, name);
      return call(
        `${own}/media`,
        { method: 'POST', body },
        async (response) => uploaded.parse(await response.json()).id,
      );
    },
    async mediaUrl(id) {
      return call(
        `${apiRoot}/${encodeURIComponent(id)}`,
        {},
        async (response) => media.parse(await response.json()).url,
      );
    },
    download: (url, read) =>
      call(url, {}, async (response) => {
        try {
          return await read(response.body ?? new Blob([]).stream());
        } catch (error) {
          throw error instanceof GraphFailure ? error : new ReadFailure(error);
        }
      }),
  };
}

const json = (body: object): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

/** `read` of a download failed, not the download. */
export class ReadFailure extends Error {
  constructor(readonly reason: unknown) {
    super('The content of a file could not be taken.');
  }
}

const sent = z.object({ messages: z.array(z.object({ id: z.string() })).min(1) });
const uploaded = z.object({ id: z.string().min(1) });
const media = z.object({ url: z.url({ protocol: /^https?$/ }) });
const refused = z.object({ error: z.object({ code: z.int() }) });

async function refusal(response: Response): Promise<GraphFailure> {
  const body: unknown = await response.json().catch(() => undefined);
  const code = refused.safeParse(body).data?.error.code ?? 0;
  const seconds = Number(response.headers.get('retry-after'));
  const wait = Number.isFinite(seconds) && seconds > 0 ? { retryAfter: seconds * 1000 } : {};
  return new GraphFailure(response.status, code, { ...wait, sent: response.status >= 500 && code === 0 });
}

/** The request did not leave this machine. */
const neverSent: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const cause: unknown = error.cause ?? error;
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? code : error.name;
}
