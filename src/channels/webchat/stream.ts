import { WebSocket } from 'ws';
import type { TranscriptEntry } from '../channel.js';
import type { ActivitySet } from './outbound.js';
import type { TranscriptReader } from './transcript-reader.js';

export interface StreamOptions {
  socket: WebSocket;
  conversation: string;
  /** The place in the transcript that the client has reached. */
  after: number;
  read: TranscriptReader;
  render: (entries: readonly TranscriptEntry[], after: number) => ActivitySet;
}

/** One open socket that follows a conversation. */
export interface Stream {
  /** Looks whether there is more. */
  wake(): void;
  /** Pings; ends the socket when the last ping was not answered. */
  beat(): void;
}

/** How long a reader waits when the store is away. */
const retryMs = 1000;

/**
 * Pushes what comes after the client's watermark, in order, each once. It waits for each frame to leave before it reads
 * on, so that a slow client costs a page of memory and no more.
 */
export function createStream({ socket, conversation, after, read, render }: StreamOptions): Stream {
  let place = after;
  let reading = false;
  let asked = false;
  let alive = true;
  let retry: NodeJS.Timeout | undefined;

  async function pushNext(): Promise<boolean> {
    const entries = await read(conversation, place);
    if (entries === undefined) lookLater();
    if (entries === undefined || entries.length === 0) return false;
    const set = render(entries, place);
    if (set.activities.length > 0) await sent(socket, JSON.stringify(set));
    place = entries.at(-1)?.sequence ?? place;
    return true;
  }

  function lookLater(): void {
    clearTimeout(retry);
    if (socket.readyState === WebSocket.OPEN) retry = setTimeout(wake, retryMs);
  }

  async function pump(): Promise<void> {
    while (asked && socket.readyState === WebSocket.OPEN) {
      asked = false;
      while (socket.readyState === WebSocket.OPEN && (await pushNext()));
    }
  }

  function wake(): void {
    asked = true;
    if (reading) return;
    reading = true;
    clearTimeout(retry);
    pump()
      // A frame that cannot leave means that the socket is closing.
      .catch(() => socket.terminate())
      .finally(() => {
        reading = false;
        if (asked && socket.readyState === WebSocket.OPEN) wake();
      });
  }

  socket.on('pong', () => (alive = true));
  // The official client pings with an empty frame; nothing that a client sends here is read.
  socket.on('message', () => (alive = true));
  socket.once('close', () => clearTimeout(retry));

  return {
    wake,
    beat() {
      if (!alive) return socket.terminate();
      alive = false;
      socket.ping();
    },
  };
}

const sent = (socket: WebSocket, text: string): Promise<void> =>
  new Promise((resolve, reject) => socket.send(text, (error) => (error ? reject(error) : resolve())));
