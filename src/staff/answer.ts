import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import { z } from 'zod';
import { sendProblem } from '../web/problem.js';
import type { Say } from './input.js';
import type { Problem } from './problem.js';
import { noContent, type Call, type FileAnswer } from './route.js';

export const statusOf = ({ answer, status }: Call): number => (answer === noContent ? 204 : (status ?? 200));

/** Sends what the handler returned: of JSON exactly the fields that the schema documents, or a file. */
export async function sendAnswer(response: Response, call: Call, answer: unknown): Promise<void> {
  response.status(statusOf(call));
  if (call.answer === noContent) response.end();
  else if (call.answer instanceof z.ZodType) response.json(call.answer.parse(answer));
  else await sendFile(response, call.answer.contentType, answer as FileAnswer);
}

/** `nosniff` is set by the server; a file with a name is never shown in our own pages' origin. */
async function sendFile(response: Response, contentType: string, file: FileAnswer): Promise<void> {
  response.set({ 'Content-Type': file.contentType ?? contentType, ...file.headers });
  if (file.name !== undefined) response.attachment(file.name).set('Content-Type', file.contentType ?? contentType);
  if (!(file.content instanceof Readable)) return void response.end(file.content);
  await pipeline(file.content, response).catch((error: unknown) => {
    // Who leaves early is no fault of ours; the log has the status 499.
    if (!response.destroyed) throw error;
  });
}

export function sayProblem(response: Response, { status, detail, extra }: Problem, say: Say): void {
  const sentence = typeof detail === 'string' ? say(detail) : say(detail.key, detail.variables);
  sendProblem(response, status, { ...extra, detail: sentence });
}
