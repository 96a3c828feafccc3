import { contentTypes, type Attachment } from '../../core/activity.js';

/** Something that we cannot read: it still gets a polite answer. */
export const unsupported = (kind: string): Attachment => ({ contentType: contentTypes.unsupported, content: { kind } });
