import { TelegramError } from 'telegraf';
import { z } from 'zod';
import type { Attachment } from '../../core/activity.js';
import { AppError } from '../../core/errors.js';
import { fileAttachment, unsupported } from '../attachments.js';
import type { FilePort } from '../channel.js';
import type { Content, TelegramApi } from './api.js';
import { classify } from './failure.js';
import type { InboundFile } from './inbound.js';
import { pause } from './pause.js';
import type { Backoff } from './pause.js';

/** Bots may download files of up to 20 MB: https://core.telegram.org/bots/api#getfile */
const maxBytes = 20 * 1024 * 1024;
const tries = 3;
const downloadTimeoutMs = 30_000;

export interface FileFetcherOptions {
  api: TelegramApi;
  files: FilePort;
  backoff: Backoff;
}

/**
 * Fetches what a person sent and stores it. A file that cannot be had is described instead, so that its message is
 * answered and does not hold up the ones behind it; only a failure of our own store rejects.
 */
export type FileFetcher = (file: InboundFile, signal: AbortSignal) => Promise<Attachment>;

export function createFileFetcher({ api, files, backoff }: FileFetcherOptions): FileFetcher {
  return async (file, signal) => {
    if ((file.size ?? 0) > maxBytes) return unsupported('file-too-large');
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await fetchOnce(file, signal);
      if (outcome !== 'try-again') return outcome;
      // When we stop, rejecting leaves the update with Telegram for the next start.
      signal.throwIfAborted();
      if (attempt === tries) return unsupported('file-unavailable');
      await pause(backoff(attempt), signal);
    }
  };

  async function fetchOnce(file: InboundFile, signal: AbortSignal): Promise<Attachment | 'try-again'> {
    try {
      const options = { signal, timeoutMs: downloadTimeoutMs };
      const { file_path } = gotFile.parse(await api.call('getFile', { file_id: file.id }, options));
      return await api.download(file_path, (content) => store(file, content), options);
    } catch (error) {
      if (error instanceof StoreFailure) throw error.reason;
      return whyNot(error);
    }
  }

  async function store(file: InboundFile, content: Content): Promise<Attachment> {
    const source = limited(content);
    try {
      return fileAttachment(await files.save(source.content, { name: file.name }));
    } catch (error) {
      if (source.problem() !== undefined) throw source.problem();
      if (error instanceof AppError && error.code === 'file_refused') return unsupported('file-refused');
      throw new StoreFailure(error);
    }
  }
}

const gotFile = z.object({ file_path: z.string().min(1) });

/** Our store failed, not Telegram: the message must come again. */
class StoreFailure extends Error {
  constructor(readonly reason: unknown) {
    super('The store did not take a file.');
  }
}

class TooLarge extends Error {}

function whyNot(error: unknown): Attachment | 'try-again' {
  if (error instanceof TooLarge) return unsupported('file-too-large');
  if (!(error instanceof TelegramError)) return 'try-again';
  const { kind } = classify(error);
  if (kind === 'unavailable' || kind === 'rate_limited' || kind === 'conflict') return 'try-again';
  return unsupported(/too big/i.test(error.description) ? 'file-too-large' : 'file-unavailable');
}

/** The content, cut off with an error at the limit; `problem` is why reading it failed, when it did. */
function limited(whole: Content): { content: Content; problem(): unknown } {
  let problem: unknown;
  async function* content(): Content {
    let size = 0;
    try {
      for await (const chunk of whole) {
        size += chunk.length;
        if (size > maxBytes) throw new TooLarge();
        yield chunk;
      }
    } catch (error) {
      problem = error;
      throw error;
    }
  }
  return { content: content(), problem: () => problem };
}
