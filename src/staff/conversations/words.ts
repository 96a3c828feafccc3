import { Readable } from 'node:stream';
import { z } from 'zod';
import { fileAttachment } from '../../channels/attachments.js';
import { fileIdOf } from '../../core/activity.js';
import { AppError } from '../../core/errors.js';
import { messageId } from '../../mailbox/record.js';
import { answerPerson, note } from '../../takeover/hold.js';
import { fields } from '../fields.js';
import { problem } from '../problem.js';
import { defineCall, type Call } from '../route.js';
import { about, answered, byId, colleague, handlers, tooLate, unknown, words } from './answered.js';
import type { ConversationCallsContext } from './context.js';
import { keyOf } from './id.js';
import { conversationDetails } from './shapes.js';

/** The sender's own: the same word is said once, however often it is sent. */
const ownId = fields.id.optional();

/** What staff say: to the person, and to each other. */
export const speakingCalls = (calls: ConversationCallsContext): Call[] => [
  sayWords(calls),
  sendFile(calls),
  openFile(calls),
  addNote(calls),
];

const sayWords = (calls: ConversationCallsContext): Call =>
  defineCall({
    method: 'post',
    path: '/conversations/{id}/messages',
    summary: 'Say something to the person, on their channel; with an `id` of your own it is said once',
    roles: handlers,
    params: byId,
    body: z.strictObject({ text: words, id: ownId }),
    answer: conversationDetails,
    problems: [404, 409],
    audit: { action: 'conversation_answered', about },
    async handle({ params, body: { text, id = calls.takeover.ids.uuid() }, account, request }) {
      const word = { by: colleague(account), id, text };
      return (
        (await tooLate(calls, params.id)) ??
        answered(calls, request, await answerPerson(calls.takeover, keyOf(params.id), word))
      );
    },
  });

const sendFile = (calls: ConversationCallsContext): Call =>
  defineCall({
    method: 'post',
    path: '/conversations/{id}/files',
    summary: 'Send a file to the person: its bytes, with its `name`',
    roles: handlers,
    params: byId,
    query: z.strictObject({ name: z.string().min(1).max(200), id: ownId }),
    body: 'file',
    answer: conversationDetails,
    problems: [404, 409, 422],
    audit: { action: 'conversation_answered', about },
    async handle({ params, query: { name, id = calls.takeover.ids.uuid() }, body, account, request }) {
      const late = await tooLate(calls, params.id);
      if (late) return late;
      const file = await saved(calls, body, name);
      if (!file) return problem(422, 'takeover.refusal.file');
      const word = { by: colleague(account), id, attachments: [fileAttachment(file)] };
      return answered(calls, request, await answerPerson(calls.takeover, keyOf(params.id), word));
    },
  });

async function saved({ files }: ConversationCallsContext, content: AsyncIterable<Uint8Array>, name: string) {
  try {
    return await files.save(content, { name });
  } catch (error) {
    if (error instanceof AppError && error.code === 'file_refused') return undefined;
    throw error;
  }
}

const openFile = ({ takeover, files }: ConversationCallsContext): Call =>
  defineCall({
    method: 'get',
    path: '/conversations/{id}/messages/{message}/files/{index}',
    summary: 'A file of a message, as a download',
    roles: handlers,
    params: byId.extend({ message: z.string().min(1).max(1000), index: z.coerce.number().int().min(0) }),
    answer: { contentType: 'application/octet-stream' },
    problems: [404],
    audit: { action: 'file_opened', about },
    async handle({ params: { id, message, index } }) {
      const line = await takeover.messages.findOne({ _id: messageId(keyOf(id), message) });
      const attachment = line?.activity.type === 'message' ? line.activity.attachments?.[index] : undefined;
      const file = attachment && fileIdOf(attachment);
      const opened = file === undefined ? undefined : await files.open(file);
      if (!opened) return unknown();
      const { name, contentType } = opened.file;
      return { content: Readable.from(opened.content), contentType, name };
    },
  });

const addNote = (calls: ConversationCallsContext): Call =>
  defineCall({
    method: 'post',
    path: '/conversations/{id}/notes',
    summary: 'Keep a note for colleagues; the person never sees it',
    roles: handlers,
    params: byId,
    body: z.strictObject({ text: words }),
    answer: conversationDetails,
    problems: [404],
    audit: { action: 'note_added', about },
    handle: async ({ params, body, account, request }) =>
      answered(
        calls,
        request,
        await note(calls.takeover, keyOf(params.id), { by: colleague(account), note: body.text }),
      ),
  });
