import type { InlineKeyboardMarkup, ReplyKeyboardMarkup, ReplyKeyboardRemove } from 'telegraf/types';
import { z } from 'zod';
import type { MessageActivity } from '../../core/activity.js';
import { SendError } from '../../core/errors.js';
import type { FilePort, StoredFile } from '../channel.js';
import { createProgress } from '../progress.js';
import type { TelegramApi } from './api.js';
import { toSendError } from './failure.js';
import { planReply } from './outbound.js';
import type { Part, Plan, TelegramLabels } from './outbound.js';

export interface SenderOptions {
  api: TelegramApi;
  files: FilePort;
  /** In the language of a reply: a BCP 47 tag. */
  labels: (locale: string | undefined) => TelegramLabels;
}

type Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove;

/** https://core.telegram.org/bots/api#sending-files: photos up to 10 MB, other files up to 50 MB. */
const maxPhotoBytes = 10 * 1024 * 1024;

/** Sends replies; rejects with `SendError` only. */
export function createSender({ api, files, labels }: SenderOptions): (activity: MessageActivity) => Promise<void> {
  /** Chats that show a request keyboard. Forgotten on a restart: then the next reply without buttons removes it. */
  const asked = new Set<string>();
  const progress = createProgress();

  async function sendPlan({ conversation, id: activityId }: MessageActivity, plan: Plan): Promise<void> {
    const { parts, keyboard } = plan;
    const { id: chat } = conversation;
    const reply = { conversation, activityId, parts: parts.length };
    if (parts.length === 0) throw new SendError('invalid', 'The reply holds nothing that Telegram can show.');
    // A message carries one keyboard of either kind; with several parts the first takes the old one away.
    const onlyInline = parts.length === 1 && keyboard !== undefined && 'inline_keyboard' in keyboard;
    if (onlyInline && asked.has(chat)) await removeKeyboard(chat);
    for (const [index, part] of parts.entries()) {
      if (progress.of(reply) > index) continue;
      const last = index === parts.length - 1;
      const markup = last && keyboard ? keyboard : ({ remove_keyboard: true } as const);
      await sendPart(chat, part, markup);
      if ('remove_keyboard' in markup) asked.delete(chat);
      if ('keyboard' in markup) asked.add(chat);
      progress.reached(reply, index + 1);
    }
    progress.end(reply);
  }

  /** A keyboard goes only with a message: one that is taken back at once. */
  async function removeKeyboard(chat: string): Promise<void> {
    const markup = { remove_keyboard: true } as const;
    const message = { chat_id: chat, text: '…', disable_notification: true, reply_markup: markup };
    const sent = sentMessage.parse(await api.call('sendMessage', message));
    asked.delete(chat);
    await api.call('deleteMessage', { chat_id: chat, message_id: sent.message_id }).catch(() => undefined);
  }

  async function sendPart(chat: string, part: Part, markup: Markup): Promise<void> {
    switch (part.type) {
      case 'text': {
        const { text, entities } = part;
        await api.call('sendMessage', { chat_id: chat, text, entities, reply_markup: markup });
        return;
      }
      case 'location': {
        const { latitude, longitude } = part.location;
        await api.call('sendLocation', { chat_id: chat, latitude, longitude, reply_markup: markup });
        return;
      }
      case 'file':
        await sendFile(chat, part, markup);
    }
  }

  async function sendFile(chat: string, { id, name }: Extract<Part, { type: 'file' }>, markup: Markup): Promise<void> {
    const stored = await readFile(id);
    if (!stored) throw new SendError('invalid', 'The reply names a file that is not stored any more.');
    const { file, content } = stored;
    const { method, field } = uploadAs(file.contentType, file.size);
    const fields = { chat_id: chat, reply_markup: JSON.stringify(markup) };
    await api.upload(method, fields, { field, name: name ?? file.name, content });
  }

  async function readFile(id: string): Promise<{ file: StoredFile; content: Blob } | undefined> {
    try {
      const stored = await files.open(id);
      if (!stored) return undefined;
      const chunks: Uint8Array[] = [];
      for await (const chunk of stored.content) chunks.push(chunk);
      return { file: stored.file, content: new Blob(chunks, { type: stored.file.contentType }) };
    } catch (cause) {
      throw new SendError('unavailable', 'The file of this reply cannot be read from the store.', { cause });
    }
  }

  return async (activity) => {
    try {
      await sendPlan(activity, planReply(activity, labels(activity.locale)));
    } catch (error) {
      throw toSendError(error);
    }
  };
}

const sentMessage = z.object({ message_id: z.number() });

function uploadAs(contentType: string, size: number) {
  if (/^image\/(jpeg|png)$/.test(contentType) && size <= maxPhotoBytes)
    return { method: 'sendPhoto', field: 'photo' } as const;
  if (contentType === 'audio/ogg') return { method: 'sendVoice', field: 'voice' } as const;
  return { method: 'sendDocument', field: 'document' } as const;
}
