import { contentTypes, fileUrl, type Attachment } from '../core/activity.js';
import type { StoredFile } from './channel.js';

/** A stored file as part of a message. */
export const fileAttachment = ({ id, name, contentType, size }: StoredFile): Attachment => ({
  contentType,
  contentUrl: fileUrl(id),
  name,
  size,
});

/** Something that we cannot read: it still gets a polite answer. */
export const unsupported = (kind: string): Attachment => ({ contentType: contentTypes.unsupported, content: { kind } });
