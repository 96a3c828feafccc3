import type { Attachment } from '../../core/activity.js';
import type { ReceivedFile } from '../state.js';

/** How many files one form takes. */
export const fileLimit = 10;

const prefix = 'wasl-file:';

/** The stored files among the attachments of a message: pictures, documents, voice notes. */
export const filesIn = (attachments: readonly Attachment[]): ReceivedFile[] =>
  attachments.flatMap(({ contentUrl, contentType, name = '', size = 0 }) =>
    contentUrl?.startsWith(prefix) ? [{ id: contentUrl.slice(prefix.length), name, contentType, size }] : [],
  );
