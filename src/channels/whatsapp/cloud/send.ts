import type { MessageActivity } from '../../../core/activity.js';
import type { Clock } from '../../../core/clock.js';
import { SendError } from '../../../core/errors.js';
import type { DeliveryPorts, FilePort, StoredFile } from '../../channel.js';
import type { Progress } from '../../progress.js';
import { explain, toSendError } from './failure.js';
import { GraphFailure, type Graph } from './graph.js';
import { planReply, type Part, type WhatsAppLabels } from './outbound.js';
import type { Pace } from './pace.js';
import { isNumber } from './payload.js';
import { writeTag } from './tag.js';
import { templateOf, type Templates } from './template.js';

export interface SenderOptions {
  graph: Graph;
  files: FilePort;
  ports: Pick<DeliveryPorts, 'heardAt'>;
  pace: Pace;
  progress: Progress;
  templates: Templates;
  labels(locale: string | undefined): WhatsAppLabels;
  clock: Clock;
  /** How long a report may take to tell that a message without an answer was sent after all; milliseconds. */
  settleMs: number;
  /** Told when Meta took a message, and why it did not; what we refuse ourselves says nothing of the channel. */
  saw(failure: SendError | undefined): void;
}

/** How long after the person's last message we may write freely. */
export const windowMs = 24 * 60 * 60 * 1000;

export function createSender(options: SenderOptions) {
  const { graph, pace, progress, templates, labels, settleMs } = options;

  /** A notice outside the window is its template, or nothing. An answer is sent as it is: its question has just come. */
  async function plan(activity: MessageActivity): Promise<Part[]> {
    const answers = activity.replyToId !== undefined && activity.channelData?.notice !== true;
    const heardAt = answers ? undefined : await options.ports.heardAt(activity.conversation);
    if (heardAt !== undefined && heardAt + windowMs <= options.clock.now()) return [prepared(activity)];
    return planReply(activity, labels(activity.locale));
  }

  function prepared(activity: MessageActivity): Part {
    const content = templateOf(activity, templates);
    if (!content) throw new SendError('window_closed', explain('window_closed', 'not sent'));
    return { type: 'message', content };
  }

  async function sendParts(activity: MessageActivity, parts: readonly Part[]): Promise<void> {
    const reply = { conversation: activity.conversation, activityId: activity.id, parts: parts.length };
    for (const [index, part] of parts.entries()) {
      if (progress.of(reply) > index) continue;
      const wait = pace.take(activity.conversation.id);
      if (wait > 0) throw new SendError('rate_limited', explain('rate_limited', 'our own pace'), { retryAfter: wait });
      const tag = writeTag({ ...reply, part: index + 1 });
      const frame = { ...addressOf(activity), ...(tag ? { biz_opaque_callback_data: tag } : {}) };
      const context = index === 0 ? contextOf(activity) : {};
      try {
        await graph.send({ ...frame, ...context, ...(await contentOf(part, options)) });
      } catch (error) {
        // A report may have told meanwhile that it was sent.
        if (progress.of(reply) <= index) throw error;
      }
      progress.reached(reply, index + 1);
    }
    progress.end(reply);
  }

  async function send(activity: MessageActivity): Promise<void> {
    const parts = await plan(activity);
    try {
      await sendParts(activity, parts);
    } catch (error) {
      // Meta's clock is the one that counts.
      if (!(error instanceof GraphFailure && error.graphCode === 131047 && templateOf(activity, templates)))
        throw error;
      await sendParts(activity, [prepared(activity)]);
    }
  }

  function slowDown(person: string, { kind, retryAfter }: SendError, error: unknown): void {
    if (kind !== 'rate_limited' || !(error instanceof GraphFailure) || retryAfter === undefined) return;
    if (error.graphCode === 131056) pace.restPerson(person, retryAfter);
    else pace.restAll(retryAfter);
  }

  return async (activity: MessageActivity): Promise<void> => {
    try {
      await send(activity);
      options.saw(undefined);
    } catch (error) {
      const failure = toSendError(error, { settleMs });
      if (!(error instanceof SendError)) options.saw(failure);
      slowDown(activity.conversation.id, failure, error);
      throw failure;
    }
  };
}

/** Who has no number is written to by the id that Meta gives; such ids hold letters. */
const addressOf = ({ conversation: { id } }: MessageActivity) => ({
  recipient_type: 'individual',
  ...(isNumber(id) ? { to: id } : { recipient: id }),
});

/** Shows above the reply which message it answers, where that is the person's own. */
const contextOf = ({ replyToId }: MessageActivity) =>
  replyToId?.startsWith('wamid.') ? { context: { message_id: replyToId } } : {};

async function contentOf(part: Part, { graph, files }: SenderOptions): Promise<Record<string, unknown>> {
  if (part.type === 'message') return part.content;
  const stored = await readFile(files, part.id);
  if (!stored) throw new SendError('invalid', 'The reply names a file that is not stored any more.');
  const { file, content } = stored;
  const name = part.name ?? file.name;
  const id = await graph.upload({ name, content });
  const type = kindOfFile(file);
  return { type, [type]: type === 'document' ? { id, filename: name } : { id } };
}

async function readFile(files: FilePort, id: string): Promise<{ file: StoredFile; content: Blob } | undefined> {
  try {
    const stored = await files.open(id);
    if (!stored) return undefined;
    const chunks: Uint8Array[] = [];
    for await (const chunk of stored.content) chunks.push(chunk);
    return {
      file: stored.file,
      content: new Blob(chunks, { type: stored.file.contentType }),
    };
  } catch (cause) {
    throw new SendError('unavailable', 'The file of this reply cannot be read from the store.', { cause });
  }
}

/** https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media#supported-media-types; the rest are documents. */
function kindOfFile({ contentType, size }: StoredFile): 'image' | 'audio' | 'document' {
  if (/^image\/(jpeg|png)$/.test(contentType) && size <= 5 * 1024 * 1024) return 'image';
  if (/^audio\/(aac|mp4|mpeg|amr|ogg)$/.test(contentType) && size <= 16 * 1024 * 1024) return 'audio';
  return 'document';
}
