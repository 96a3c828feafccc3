/**
 * These functions run inside WhatsApp's page: each is sent as text and sees nothing of this file but itself. They use
 * only what whatsapp-web.js 1.34.7 itself uses of the page.
 */

interface PageMessage {
  id: { fromMe: boolean; _serialized: string };
  t: number;
  type?: string;
  isNotification?: boolean;
  body?: string;
  filename?: string;
}

interface PageChat {
  id: { _serialized: string };
  t?: number;
  msgs: { getModelsArray(): PageMessage[] };
}

interface Modules {
  WAWebSocketModel: { Socket: { state: string; hasSynced: boolean } };
  WAWebCollections: { Chat: { getModelsArray(): PageChat[] } };
  WAWebChatLoadMessages: { loadEarlierMsgs(about: { chat: PageChat }): Promise<PageMessage[] | undefined> };
  WAWebCmd: { Cmd: { refreshQR(): void } };
}

declare const window: {
  require<N extends keyof Modules>(name: N): Modules[N];
  WWebJS?: {
    getMessageModel(message: PageMessage): unknown;
    getChat(chat: string, options: { getAsModel: false }): Promise<PageChat | undefined>;
    sendSeen(chat: string): Promise<boolean>;
    sendChatstate(state: string, chat: string): Promise<boolean>;
  };
  onAppStateHasSyncedEvent?: () => Promise<void>;
};

export interface PageStatus {
  socket: string;
  /** The first exchange with the phone is over. */
  synced: boolean;
  /** The library's helpers are in the page. */
  injected: boolean;
  /** The library can be told of `synced`. */
  armed: boolean;
}

export function readStatus(): PageStatus {
  const armed = typeof window.onAppStateHasSyncedEvent === 'function';
  const injected = window.WWebJS !== undefined;
  try {
    const { state, hasSynced } = window.require('WAWebSocketModel').Socket;
    return { socket: state, synced: hasSynced, injected, armed };
  } catch {
    return { socket: 'UNLAUNCHED', synced: false, injected, armed };
  }
}

/** Tells the library what it missed when the page was faster than its listeners. */
export function sayHasSynced(): void {
  void window.onAppStateHasSyncedEvent?.();
}

export function refreshQr(): void {
  window.require('WAWebCmd').Cmd.refreshQR();
}

export async function markSeen(chat: string): Promise<void> {
  await window.WWebJS?.sendSeen(chat);
}

export async function showTyping(chat: string): Promise<void> {
  await window.WWebJS?.sendChatstate('typing', chat);
}

/** Our own messages since then, by text or file name; pictures have none. At most 200 of the chat are looked at. */
export async function findSent(
  chat: string,
  since: number,
  { text, file, picture }: { text?: string | undefined; file?: string | undefined; picture?: boolean | undefined },
): Promise<string[]> {
  const found = await window.WWebJS?.getChat(chat, { getAsModel: false });
  if (!found) return [];
  // A page that was loaded anew holds the newest message of a chat only.
  for (let round = 0; round < 8; round += 1) {
    const known = found.msgs.getModelsArray();
    if (known.length >= 200 || known.some((message) => message.t < since)) break;
    const earlier = await window.require('WAWebChatLoadMessages').loadEarlierMsgs({ chat: found });
    if (!earlier || earlier.length === 0) break;
  }
  return found.msgs
    .getModelsArray()
    .filter((message) => message.id.fromMe && message.t >= since)
    .filter(({ body }) => text === undefined || body === text)
    .filter(({ filename, type }) => file === undefined || filename === file || (picture === true && type === 'image'))
    .sort((one, other) => one.t - other.t)
    .map((message) => message.id._serialized);
}

/** What people wrote since then, as the library's own message models. At most 500 a chat are looked at. */
export async function findMissed(since: number): Promise<unknown[]> {
  const library = window.WWebJS;
  if (!library) return [];
  const chats = window
    .require('WAWebCollections')
    .Chat.getModelsArray()
    .filter((chat) => /@(c\.us|lid)$/.test(chat.id._serialized) && (chat.t ?? Infinity) >= since);
  const missed: PageMessage[] = [];
  for (const chat of chats) {
    for (let round = 0; round < 10; round += 1) {
      const known = chat.msgs.getModelsArray();
      if (known.length >= 500 || known.some((message) => message.t < since)) break;
      const earlier = await window.require('WAWebChatLoadMessages').loadEarlierMsgs({ chat });
      if (!earlier || earlier.length === 0) break;
    }
    const fresh = chat.msgs.getModelsArray().filter((message) => !message.id.fromMe && message.t >= since);
    missed.push(...fresh.filter((message) => message.isNotification !== true));
  }
  return missed.sort((one, other) => one.t - other.t).map((message) => library.getMessageModel(message));
}
