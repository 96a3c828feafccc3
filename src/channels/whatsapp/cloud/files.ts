import type { Attachment } from '../../../core/activity.js';
import { AppError } from '../../../core/errors.js';
import { fileAttachment, unsupported } from '../../attachments.js';
import type { FilePort } from '../../channel.js';
import { kindOf } from './failure.js';
import { GraphFailure, ReadFailure, type Graph } from './graph.js';
import type { InboundFile } from './inbound.js';

/**
 * Fetches what a person sent and stores it. A file that cannot be had is described instead, so that its message is
 * answered and does not hold up the ones behind it. Rejects when our store or our token fails: then it must come again.
 */
export type FileFetcher = (file: InboundFile) => Promise<Attachment>;

/** A fresh address once, when the first one has expired. More tries may get the number blocked for an hour. */
const tries = 2;

export function createFileFetcher({ graph, files }: { graph: Graph; files: FilePort }): FileFetcher {
  async function fetchOnce({ id, name }: InboundFile): Promise<Attachment> {
    const url = await graph.mediaUrl(id);
    return graph.download(url, async (content) => fileAttachment(await files.save(content, { name })));
  }

  return async (file) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await fetchOnce(file);
      } catch (error) {
        if (error instanceof ReadFailure && !isBroken(error)) return refused(error.reason);
        if (attempt < tries) continue;
        if (error instanceof GraphFailure && kindOf(error.graphCode, error.status) === 'unauthorised') throw error;
        return unsupported('file-unavailable');
      }
    }
  };
}

const isBroken = ({ reason }: ReadFailure): boolean => refusalOf(reason) === 'broken';

const refusalOf = (reason: unknown): string | undefined =>
  reason instanceof AppError && reason.code === 'file_refused' && 'reason' in reason
    ? String(reason.reason)
    : undefined;

/** The store's own failure is passed on; what it does not take is described. */
function refused(reason: unknown): Attachment {
  if (!(reason instanceof AppError && reason.code === 'file_refused')) throw reason;
  return unsupported(refusalOf(reason) === 'too_large' ? 'file-too-large' : 'file-refused');
}
