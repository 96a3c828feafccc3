import type { Request, Response } from 'express';
import { equalSecret } from '../../core/equal-secret.js';
import type { Route } from '../../core/http.js';
import { derivedId } from '../../core/ids.js';
import type { TelegramApi } from './api.js';
import type { Receiver } from './receive.js';
import { allowedUpdates, chatOf, parseUpdate } from './update.js';

export interface WebhookOptions {
  api: TelegramApi;
  receiver: Receiver;
  publicUrl: string;
  /** Known to this deployment only; the address and the header are derived from it. */
  secret: string;
}

export interface Webhook {
  route: Route;
  /** Tells Telegram the address; then receives until `signal` is aborted. */
  run: (signal: AbortSignal, working: () => void) => Promise<void>;
}

const header = 'X-Telegram-Bot-Api-Secret-Token';

/** Receives by webhook: 200 when the message is durable, 503 when Telegram shall send it again. */
export function createWebhook({ api, receiver, publicUrl, secret }: WebhookOptions): Webhook {
  const pathSecret = derivedId('telegram webhook path', secret);
  const headerSecret = derivedId('telegram webhook header', secret);
  const turns = new Map<string, Promise<unknown>>();
  let open: AbortSignal | undefined;

  async function handle(request: Request, response: Response): Promise<void> {
    if (!equalSecret(request.params['secret'], pathSecret) || !equalSecret(request.get(header), headerSecret))
      return void response.status(401).end();
    if (!open || open.aborted) return void response.status(503).end();
    const received = await inOrder(request.body, open);
    response.status(received ? 200 : 503).end();
  }

  /** Telegram keeps the order of a chat by itself, except for what it repeats after a broken connection. */
  async function inOrder(body: unknown, signal: AbortSignal): Promise<boolean> {
    const update = parseUpdate(body);
    const chat = chatOf(update);
    const turn = (turns.get(chat) ?? Promise.resolve()).then(() => receiver.receive(update, signal));
    turns.set(chat, turn);
    try {
      return await turn;
    } finally {
      if (turns.get(chat) === turn) turns.delete(chat);
    }
  }

  return {
    // The secret is a parameter, so that the route's name in logs and metrics does not hold it.
    route: { method: 'post', path: '/webhooks/telegram/:secret', body: 'json', handle },
    async run(signal, working) {
      open = signal;
      await api.call('getMe', {}, { signal });
      const url = `${publicUrl.replace(/\/+$/, '')}/webhooks/telegram/${pathSecret}`;
      const settings = { url, secret_token: headerSecret, allowed_updates: allowedUpdates };
      await api.call('setWebhook', settings, { signal });
      working();
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
      await Promise.all(turns.values());
    },
  };
}
