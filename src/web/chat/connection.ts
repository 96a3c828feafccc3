import type { Api } from './api.js';
import type { Locale, WireActivity } from './wire.js';

/** `failed`: it has never been open. `offline`: it was, and comes back by itself. */
export type Status = 'loading' | 'online' | 'offline' | 'failed';

export interface ConnectionOptions {
  call: Api['call'];
  /** Of the greeting. */
  locale: Locale;
  receive: (activities: WireActivity[]) => void;
  status: (status: Status) => void;
}

export interface Connection {
  connect(): Promise<void>;
  /** Begins at the beginning of another conversation. */
  restart(): void;
}

interface Batch {
  activities?: WireActivity[];
  watermark?: string;
}

const pollMs = 1500;
const pollHiddenMs = 15_000;
const socketPatienceMs = 8000;
const greetingMs = 2000;
const longestPauseMs = 15_000;

/**
 * Receives the conversation: by WebSocket, or by polling where a socket does not come about (a proxy, a strict policy
 * of the host page). The watermark lives in memory only: a page that opens anew wants the whole history.
 */
export function createConnection({ call, locale, receive, status }: ConnectionOptions): Connection {
  let watermark = '';
  let failures = 0;
  let started = false;
  let polling = false;
  let socket: WebSocket | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function after(ms: number, run: () => Promise<void>): void {
    clearTimeout(timer);
    timer = setTimeout(() => void run(), ms);
  }

  function lost(): void {
    status(started ? 'offline' : 'failed');
    after(Math.min(1000 * 2 ** failures++, longestPauseMs) * (0.75 + Math.random() / 2), connect);
  }

  function take({ activities = [], watermark: next }: Batch): void {
    watermark = next ?? watermark;
    failures = 0;
    receive(activities);
    status('online');
  }

  async function poll(): Promise<void> {
    const answer = await call(`/activities?watermark=${watermark}`);
    if (!answer.ok) return lost();
    const batch = answer.body as Batch;
    take(batch);
    // A batch may have more behind it.
    after(batch.activities?.length ? 0 : document.hidden ? pollHiddenMs : pollMs, poll);
  }

  async function connect(): Promise<void> {
    clearTimeout(timer);
    const answer = await (started ? call(`?watermark=${watermark}`) : call(undefined, JSON.stringify({ locale })));
    if (!answer.ok) return lost();
    started = true;
    const { streamUrl } = answer.body as { streamUrl?: string };
    if (polling || !streamUrl) return poll();
    listen(streamUrl);
  }

  function refused(): void {
    polling = true;
    void poll();
  }

  function listen(url: string): void {
    let open = false;
    let patience: ReturnType<typeof setTimeout>;
    try {
      const current = (socket = new WebSocket(url));
      patience = setTimeout(() => current.close(), socketPatienceMs);
    } catch {
      return refused();
    }
    socket.addEventListener('open', () => {
      open = true;
      clearTimeout(patience);
      // A new conversation stays "loading" until its greeting is there, but not for ever.
      setTimeout(status, watermark ? 0 : greetingMs, 'online');
    });
    // An empty frame keeps the line alive.
    socket.addEventListener('message', ({ data }: MessageEvent<string>) => data && take(JSON.parse(data) as Batch));
    socket.addEventListener('close', () => {
      clearTimeout(patience);
      if (open) lost();
      else refused();
    });
  }

  /** The person looks again, or the network came back: do not wait for a timer. */
  function hurry(): void {
    if (started && !document.hidden && (polling || (socket?.readyState ?? 3) > 1)) after(0, polling ? poll : connect);
  }
  addEventListener('online', hurry);
  document.addEventListener('visibilitychange', hurry);

  return {
    connect,
    restart() {
      watermark = '';
      started = false;
    },
  };
}
