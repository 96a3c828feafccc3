import { createApi, type Answer } from './api.js';
import { createConnection, type Status } from './connection.js';
import type { Entry, Locale, WireActivity } from './wire.js';

export interface ConversationEvents {
  /** A line is new or has changed. `fresh`: it arrived just now, not with the history. */
  changed(entry: Entry, fresh?: boolean): void;
  status: (status: Status) => void;
}

export interface Conversation {
  entries: readonly Entry[];
  open: () => void;
  /** Sends a message or a file, and shows it at once. */
  say(activity: Partial<WireActivity>, file?: File): void;
  retry: (entry: Entry) => void;
  /** Takes back a file that is still on its way. */
  withdraw(entry: Entry): void;
  language(locale: Locale): void;
}

/** Waits between tries, in milliseconds. */
const pauses = [1500, 4000, 10_000];
const historyMs = 1000;

/** The conversation as data: what was said, in order, each thing once. It knows nothing of the page. */
export function createConversation(base: string, locale: Locale, events: ConversationEvents): Conversation {
  const api = createApi(base, () => connection.restart());
  const connection = createConnection({ ...api, status: lineChanged, locale, receive });
  const entries: Entry[] = [];
  const seen = new Set<unknown>();
  let away = false;
  let history = api.resumed;
  let last: Promise<unknown> = Promise.resolve();

  /** With the line back, what did not get through goes by itself. */
  function lineChanged(next: Status): void {
    if (away && next === 'online') entries.filter((entry) => entry.state === 'failed').forEach(send);
    away = next === 'offline';
    events.status(next);
  }

  function receive(activities: WireActivity[]): void {
    for (const activity of activities) {
      if (activity.type !== 'message' || seen.has(activity.id)) continue;
      seen.add(activity.id);
      const key = activity.channelData?.clientActivityID;
      const own = activity.from?.role === 'user';
      const local = own && key && entries.find((entry) => entry.key === key);
      if (local) events.changed(Object.assign(local, { activity, state: 'sent', progress: undefined }));
      else {
        const entry: Entry = { key: key ?? '', activity, own };
        entries.push(entry);
        events.changed(entry, !history);
      }
    }
    // What comes at first of a known conversation is what the person has read before.
    if (activities.length) setTimeout(() => (history = false), historyMs);
  }

  /** Tries again by itself where that may help. The server takes one key once, however often it comes. */
  async function post(activity: WireActivity): Promise<Answer> {
    for (let attempt = 0; ; attempt++) {
      const answer = await api.call('/activities', JSON.stringify(activity));
      const { status } = answer;
      const pause = pauses[attempt];
      if (!pause || (status && status < 500 && status !== 429)) return answer;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }

  function upload(entry: Entry, file: File): Promise<Answer> {
    const form = new FormData();
    const activity = JSON.stringify({ ...entry.activity, attachments: [] });
    form.append('activity', new Blob([activity], { type: 'application/vnd.microsoft.activity' }), 'blob');
    form.append('file', file);
    return api.call('/upload', form, (request) => {
      entry.cancel = () => request.abort();
      request.upload.addEventListener('progress', ({ loaded, total }) => {
        entry.progress = loaded / total;
        events.changed(entry);
      });
    });
  }

  /** One after the other, so that messages arrive in the order in which they were written. */
  function inTurn(work: () => Promise<unknown>): void {
    last = last.then(work);
  }

  function send(entry: Entry): void {
    const { file } = entry;
    entry.state = 'sending';
    entry.progress = file && 0;
    events.changed(entry);
    inTurn(async () => {
      if (!entries.includes(entry)) return;
      const { ok, status } = await (file ? upload(entry, file) : post(entry.activity));
      // Taken back meanwhile; or the echo came before the answer.
      if (!entries.includes(entry) || entry.state === 'sent') return;
      entry.progress = undefined;
      entry.state = ok ? 'sent' : file && [400, 413, 415].includes(status) ? 'refused' : 'failed';
      events.changed(entry);
    });
  }

  return {
    entries,
    open: () => void connection.connect(),
    retry: send,
    say(activity, file) {
      const key = newKey();
      const timestamp = new Date().toISOString();
      const entry: Entry = {
        key,
        own: true,
        file,
        activity: { type: 'message', timestamp, channelData: { clientActivityID: key }, ...activity },
      };
      entries.push(entry);
      send(entry);
    },
    withdraw(entry) {
      entries.splice(entries.indexOf(entry), 1);
      entry.cancel?.();
    },
    language: (value) =>
      inTurn(() =>
        post({ type: 'event', name: 'webchat/language', value, channelData: { clientActivityID: newKey() } }),
      ),
  };
}

/** `randomUUID` exists only where the page came by https. */
const newKey = (): string => crypto.getRandomValues(new Uint32Array(4)).join('-');
