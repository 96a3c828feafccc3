import type { Log } from '../../core/log.js';
import type { TranscriptEntry, TranscriptPort } from '../channel.js';

/** Reads on, or resolves to undefined while the store is away. An outage is logged once, not by every reader. */
export type TranscriptReader = (conversation: string, after: number) => Promise<TranscriptEntry[] | undefined>;

/** How many activities one frame or one answer holds at most. */
const page = 100;

export function createTranscriptReader(transcript: TranscriptPort, log: Log): TranscriptReader {
  let away = false;
  return async (conversation, after) => {
    try {
      const entries = await transcript.read({ id: conversation }, after, page);
      away = false;
      return entries;
    } catch (error) {
      if (!away) log.warn('the transcript cannot be read; readers try again', { error });
      away = true;
      return undefined;
    }
  };
}
