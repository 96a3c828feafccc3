import type { Attachment } from '../../core/activity.js';
import { fileAttachment, unsupported } from '../attachments.js';
import type { FilePort } from '../channel.js';
import type { RemoteFile } from './inbound.js';

export interface FetchOptions {
  /** Of the authenticated activity. */
  serviceUrl: string;
  /** Adds our token to the request. */
  authorise: (headers: Headers) => Promise<void>;
  files: FilePort;
}

/**
 * Fetches one file that a person sent. The address comes from the message, so it is opened only where the token that
 * came with the message vouches for the place: the origin of its `serviceUrl`, without following redirects. Any other
 * address (Teams' SharePoint links, a link into our own network) becomes "unsupported" and is never opened.
 */
export async function fetchFile(remote: RemoteFile, options: FetchOptions): Promise<Attachment> {
  const kind = remote.contentUrl ? 'file' : 'card';
  if (!remote.contentUrl || !sameOrigin(remote.contentUrl, options.serviceUrl)) return unsupported(kind);
  try {
    const headers = new Headers();
    await options.authorise(headers);
    const response = await fetch(remote.contentUrl, {
      headers,
      redirect: 'error',
      signal: AbortSignal.timeout(patience),
    });
    if (!response.ok || !response.body) return unsupported(kind);
    return fileAttachment(await options.files.save(response.body, { name: remote.name ?? '' }));
  } catch {
    // Refused, broken off or out of reach: the person is told that it did not arrive, and the words are kept.
    return unsupported(kind);
  }
}

function sameOrigin(address: string, serviceUrl: string): boolean {
  return URL.canParse(address) && new URL(address).origin === new URL(serviceUrl).origin;
}

/** The connector gives up on us after 15 seconds: https://learn.microsoft.com/azure/bot-service/bot-builder-basics */
const patience = 10_000;
