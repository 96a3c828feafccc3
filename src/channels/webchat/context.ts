import type { Activity } from '../../core/activity.js';
import type { Log } from '../../core/log.js';
import type { ChannelPorts } from '../channel.js';
import type { AccessContext } from './access.js';
import { ok, tryLater, type Answer } from './answer.js';
import type { BaseUrl } from './base-url.js';
import type { EndpointContext } from './endpoint.js';
import type { FileLinks } from './files.js';
import type { InboundContext } from './inbound.js';
import type { Streams } from './streams.js';
import type { TranscriptReader } from './transcript-reader.js';

/** What the endpoints share. */
export interface WebChatContext extends AccessContext, EndpointContext, InboundContext {
  ports: ChannelPorts;
  log: Log;
  baseUrl: BaseUrl;
  links: FileLinks;
  read: TranscriptReader;
  streams: Streams;
  /** Between start and stop. Reading works without, only nothing new is taken. */
  running: () => boolean;
  maxMessageBytes: number;
  maxUploadBytes: number;
  maxFiles: number;
}

export type Taken = { type: 'taken'; repeated: boolean } | { type: 'refused'; answer: Answer };

/** Brings an activity to the mailbox. Only what is durable is taken; of anything else the client keeps its copy. */
export async function take({ ports, log, running }: WebChatContext, activity: Activity): Promise<Taken> {
  if (!running()) return { type: 'refused', answer: tryLater('The chat is not running just now.') };
  try {
    const accepted = await ports.accept(activity);
    if (accepted.type !== 'full') return { type: 'taken', repeated: accepted.type === 'repeated' };
    return { type: 'refused', answer: tryLater('Too many messages are waiting. Please send it again in a moment.') };
  } catch (error) {
    log.warn('a message could not be accepted; the client was told to send it again', { error });
    return { type: 'refused', answer: tryLater('The message could not be kept. Please send it again in a moment.') };
  }
}

/** `{id}` once the activity is durable. */
export async function takeAndAnswer(context: WebChatContext, activity: Activity): Promise<Answer> {
  const taken = await take(context, activity);
  return taken.type === 'taken' ? ok({ id: activity.id }) : taken.answer;
}
