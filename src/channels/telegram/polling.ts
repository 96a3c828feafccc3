import { z } from 'zod';
import type { TelegramApi } from './api.js';
import { pause } from './pause.js';
import type { Backoff } from './pause.js';
import type { Receiver } from './receive.js';
import { allowedUpdates, chatOf, parseUpdate } from './update.js';

export interface PollingOptions {
  api: TelegramApi;
  receiver: Receiver;
  backoff: Backoff;
}

const longPollSeconds = 50;
/** What the network may add to a long poll before we call it dead. */
const graceMs = 15_000;
const farewellMs = 2000;

/**
 * Receives by long polling. The loop is ours and not telegraf's `launch()`: that one hands out the updates of a chat
 * all at once, and confirms a batch also when its handler failed, which loses the message. Here an update is confirmed
 * (by a larger offset) only after the receiver has it; what it refuses is asked for again.
 */
export function createPolling({ api, receiver, backoff }: PollingOptions) {
  let offset = 0;

  return async function poll(signal: AbortSignal, working: () => void): Promise<void> {
    await api.call('getMe', {}, { signal });
    await api.call('deleteWebhook', {}, { signal });
    let refusals = 0;
    // The first poll does not wait: it shows at once whether somebody else polls.
    for (let seconds = 0; !signal.aborted; seconds = longPollSeconds) {
      const updates = await fetchUpdates(seconds, signal);
      if (!signal.aborted) working();
      const refused = await receiveAll(updates, signal);
      if (refused === undefined) {
        refusals = 0;
        offset = (updates.at(-1)?.id ?? offset - 1) + 1;
      } else {
        refusals = refused > offset ? 1 : refusals + 1;
        offset = refused;
        await pause(backoff(refusals), signal);
      }
    }
    await confirm();
  };

  async function fetchUpdates(seconds: number, signal: AbortSignal): Promise<Numbered[]> {
    const payload = { offset, timeout: seconds, allowed_updates: allowedUpdates };
    const timeoutMs = seconds * 1000 + graceMs;
    try {
      return numbered.parse(await api.call('getUpdates', payload, { signal, timeoutMs }));
    } catch (error) {
      if (signal.aborted) return [];
      throw error;
    }
  }

  /** Chats side by side, each in order. Returns the first update that was refused: all before it may be confirmed. */
  async function receiveAll(updates: Numbered[], signal: AbortSignal): Promise<number | undefined> {
    const chats = new Map<string, Parsed[]>();
    for (const { id, raw } of updates) {
      const update = parseUpdate(raw);
      const chat = chatOf(update);
      chats.set(chat, [...(chats.get(chat) ?? []), { id, update }]);
    }
    const refused = await Promise.all([...chats.values()].map((chat) => firstRefused(chat, signal)));
    const ids = refused.filter((id) => id !== undefined);
    return ids.length > 0 ? Math.min(...ids) : undefined;
  }

  /** After a refusal the rest of the chat waits too, so that nothing overtakes. */
  async function firstRefused(chat: Parsed[], signal: AbortSignal): Promise<number | undefined> {
    for (const { id, update } of chat) if (!(await receiver.receive(update, signal))) return id;
    return undefined;
  }

  /** Spares the next start the last batch. Not needed: the mailbox knows the messages that it has. */
  async function confirm(): Promise<void> {
    if (offset === 0) return;
    const payload = { offset, limit: 1, timeout: 0 };
    await api.call('getUpdates', payload, { timeoutMs: farewellMs }).catch(() => undefined);
  }
}

interface Numbered {
  id: number;
  raw: unknown;
}

interface Parsed {
  id: number;
  update: ReturnType<typeof parseUpdate>;
}

const numbered = z
  .array(z.looseObject({ update_id: z.number().int() }))
  .transform((updates): Numbered[] => updates.map((raw) => ({ id: raw.update_id, raw })));
