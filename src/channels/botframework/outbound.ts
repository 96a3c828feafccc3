import { buffer } from 'node:stream/consumers';
import type { Activity as BotActivity, Attachment as BotAttachment } from 'botbuilder';
import type { Attachment, MessageActivity } from '../../core/activity.js';
import { contentTypes, fileIdOf } from '../../core/activity.js';
import { SendError } from '../../core/errors.js';
import type { FilePort } from '../channel.js';
import { numberedText } from '../numbered.js';
import { channelOf, isStandIn } from './address.js';

/** Translates a reply. Rejects with `SendError` `invalid` when it holds a file that Bot Framework cannot carry. */
export async function botActivity(reply: MessageActivity, files: FilePort): Promise<Partial<BotActivity>> {
  const attachments: BotAttachment[] = [];
  for (const attachment of reply.attachments ?? []) {
    if (isFile(attachment)) attachments.push(await inlineFile(attachment, files));
  }
  const { locale, replyToId } = reply;
  return {
    type: 'message',
    textFormat: 'plain',
    ...(locale ? { locale } : {}),
    ...(replyToId && !isStandIn(replyToId) ? { replyToId } : {}),
    ...withChoices(reply, attachments),
  };
}

/** Buttons where a press comes back to us unharmed, numbered text everywhere else. */
function withChoices(reply: MessageActivity, attachments: BotAttachment[]): Partial<BotActivity> {
  const actions = reply.suggestedActions?.actions ?? [];
  const withoutFiles = { ...reply, attachments: reply.attachments?.filter((part) => !isFile(part)) ?? [] };
  if (!buttonChannels.has(channelOf(reply) ?? '')) return { text: numberedText(withoutFiles), attachments };
  const { suggestedActions: _, ...rest } = withoutFiles;
  const cards = rest.attachments.filter((part) => part.contentType === contentTypes.card);
  const others = rest.attachments.filter((part) => part.contentType !== contentTypes.card);
  return {
    text: numberedText({ ...rest, attachments: others }),
    attachments: [...cards.map(({ contentType, content }) => ({ contentType, content })), ...attachments],
    ...(actions.length > 0 ? { suggestedActions: { actions, to: [] } } : {}),
  };
}

/**
 * Web Chat and what is built like it. Elsewhere a `postBack` is missing (Teams knows only `imBack`), cut short
 * (Facebook: 20 characters, 13 buttons) or comes back unmarked, as if the person had typed it.
 */
const buttonChannels = new Set(['directline', 'webchat', 'emulator']);

const isFile = (attachment: Attachment): boolean => fileIdOf(attachment) !== undefined;

/** Stored files are private and have no address, so they travel inside the message. */
async function inlineFile(attachment: Attachment, files: FilePort): Promise<BotAttachment> {
  const opened = await files.open(fileIdOf(attachment) ?? '');
  if (!opened) throw new SendError('invalid', 'A file of this message is not stored any more.');
  if (opened.file.size > largestFile) {
    throw new SendError(
      'invalid',
      `Bot Framework takes files up to ${largestFile} bytes; this message has a larger one.`,
    );
  }
  const { contentType, name } = opened.file;
  const content = (await buffer(opened.content)).toString('base64');
  return { contentType, name, contentUrl: `data:${contentType};base64,${content}` };
}

/** Activities of more than 256 KB are refused; base64 adds a third. */
const largestFile = 180_000;
