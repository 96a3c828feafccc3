import { fileIdOf, type Attachment } from '../../core/activity.js';
import type { ReceivedFile } from '../state.js';

/** How many files one form takes. */
export const fileLimit = 10;

/** The stored files among the attachments of a message: pictures, documents, voice notes. */
export const filesIn = (attachments: readonly Attachment[]): ReceivedFile[] =>
  attachments.flatMap((attachment) => {
    const id = fileIdOf(attachment);
    const { contentType, name = '', size = 0 } = attachment;
    return id === undefined ? [] : [{ id, name, contentType, size }];
  });
