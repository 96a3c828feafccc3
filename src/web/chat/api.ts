import { keep, recall } from './memory.js';

export interface Answer {
  ok: boolean;
  /** 0 when no answer came. */
  status: number;
  /** JSON, not checked: `null` when there is none. */
  body: unknown;
}

/** Is handed an upload before it goes, to follow it and to break it off. */
export type Track = (upload: XMLHttpRequest) => void;

export interface Api {
  /** Kept from an earlier visit: the person comes back to a conversation. */
  resumed: boolean;
  /** POST with a body, else GET, below the visitor's conversation; without a path it opens the conversation. */
  call(path?: string, body?: string | FormData, track?: Track): Promise<Answer>;
}

const patienceMs = 30_000;

/** One way to ask for everything: uploads need it for their progress. Never rejects. */
export function request(url: string, token?: string, body?: string | FormData, track?: Track): Promise<Answer> {
  return new Promise((resolve) => {
    const xhr = new XMLHttpRequest();
    xhr.open(body ? 'POST' : 'GET', url);
    xhr.responseType = 'json';
    if (token) xhr.setRequestHeader('authorization', `Bearer ${token}`);
    if (typeof body === 'string') xhr.setRequestHeader('content-type', 'application/json');
    if (track) track(xhr);
    else xhr.timeout = patienceMs;
    xhr.addEventListener('loadend', () => {
      const { status, response: content } = xhr;
      resolve({ ok: status >= 200 && status < 300, status, body: content });
    });
    xhr.send(body ?? null);
  });
}

/** Speaks Direct Line in the visitor's name. `moved` is told when the server has put another conversation in place. */
export function createApi(base: string, moved: () => void): Api {
  const key = `wasl-chat ${base}`;
  const kept = recall(key).split(' ');
  let [token = '', conversation = ''] = kept;
  let renewing: Promise<void> | undefined;

  /** An old token, expired or not, is exchanged for a fresh one of the same conversation. */
  async function renew(): Promise<void> {
    const answer = await request(`${base}chat/token`, '', JSON.stringify(token ? { token } : {}));
    if (!answer.ok) return;
    const fresh = answer.body as { token: string; conversationId: string };
    if (conversation && conversation !== fresh.conversationId) moved();
    token = fresh.token;
    conversation = fresh.conversationId;
    keep(key, `${token} ${conversation}`);
  }

  const renewOnce = (): Promise<void> => (renewing ??= renew().finally(() => (renewing = undefined)));

  return {
    resumed: !!token,
    async call(path, body, track) {
      const send = (): Promise<Answer> => {
        const at = path === undefined ? '' : `/${conversation}${path}`;
        return request(`${base}v3/directline/conversations${at}`, token, body, track);
      };
      if (!token) await renewOnce();
      const answer = await send();
      if (answer.status !== 401 && answer.status !== 403) return answer;
      await renewOnce();
      return send();
    },
  };
}
