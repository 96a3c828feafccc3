import type { Activity } from '../../core/activity.js';
import type { Clock } from '../../core/clock.js';
import type { Log } from '../../core/log.js';
import type { ChannelPorts } from '../channel.js';
import type { TelegramApi } from './api.js';
import { classify } from './failure.js';
import type { FileFetcher } from './files.js';
import { toInbound } from './inbound.js';
import type { Inbound, Press } from './inbound.js';
import { pressedKeyboard } from './keyboard.js';
import type { Update } from './update.js';

export interface ReceiverOptions {
  api: TelegramApi;
  ports: ChannelPorts;
  fetchFile: FileFetcher;
  clock: Clock;
  log: Log;
}

export interface Receiver {
  /** True when the update is durable or means nothing to us; false when Telegram must send it again. Never rejects. */
  receive(update: Update, signal: AbortSignal): Promise<boolean>;
  /** Resolves when nothing that `receive` began is under way any more. */
  idle(): Promise<void>;
}

export function createReceiver({ api, ports, fetchFile, clock, log }: ReceiverOptions): Receiver {
  const acknowledgements = new Set<Promise<void>>();

  async function receive(update: Update, signal: AbortSignal): Promise<boolean> {
    const inbound = toInbound(update, clock);
    if (inbound.type === 'ignored') return true;
    try {
      const activity = await complete(inbound, signal);
      const accepted = activity === undefined ? undefined : await ports.accept(activity);
      if (accepted?.type === 'full') return false;
    } catch (error) {
      log.warn('a message could not be accepted; Telegram sends it again', { error });
      return false;
    }
    if (inbound.type === 'pressed') acknowledgeLater(inbound.press);
    return true;
  }

  async function complete(
    inbound: Exclude<Inbound, { type: 'ignored' }>,
    signal: AbortSignal,
  ): Promise<Activity | undefined> {
    if (inbound.type !== 'file') return inbound.activity;
    return { ...inbound.activity, attachments: [await fetchFile(inbound.file, signal)] };
  }

  /** Beside the message's own way: a button that still looks new is no reason to handle its press twice. */
  function acknowledgeLater(press: Press): void {
    const done = acknowledge(press).finally(() => acknowledgements.delete(done));
    acknowledgements.add(done);
  }

  async function acknowledge({ queryId, chatId, messageId, title }: Press): Promise<void> {
    const markup = { chat_id: chatId, message_id: messageId, reply_markup: pressedKeyboard(title) };
    const results = await Promise.allSettled([
      api.call('answerCallbackQuery', { callback_query_id: queryId }),
      ...(title === undefined ? [] : [api.call('editMessageReplyMarkup', markup)]),
    ]);
    for (const result of results)
      if (result.status === 'rejected')
        log.debug('a pressed button could not be marked', { kind: classify(result.reason).kind });
  }

  return {
    receive,
    async idle() {
      await Promise.all(acknowledgements);
    },
  };
}
