import {
  contentTypes,
  type Activity,
  type Attachment,
  type Location,
  type SuggestedAction,
  fileIdOf,
} from '../../core/activity.js';
import type { TranscriptEntry } from '../channel.js';
import type { FileLinks } from './files.js';

/** What a client reads, by stream and by polling alike. `watermark` is the place in the transcript it has reached. */
export interface ActivitySet {
  activities: Record<string, unknown>[];
  watermark: string;
}

export interface RenderOptions {
  /** How the client reaches us, for the addresses of files. */
  base: string;
  links: FileLinks;
}

/** Sample: `{"activities": [{"type": "message", "from": {"id": "bot", "role": "bot"}, …}], "watermark": "7"}`. */
export function activitySet(entries: readonly TranscriptEntry[], after: number, options: RenderOptions): ActivitySet {
  return {
    activities: entries.filter(({ activity }) => activity.type === 'message').map((entry) => render(entry, options)),
    watermark: String(entries.at(-1)?.sequence ?? after),
  };
}

/** A client's watermark; what is not one stands for the beginning, so that nobody misses anything. */
export function readWatermark(text: unknown): number {
  const place = typeof text === 'string' && /^\d{1,15}$/.test(text) ? Number(text) : 0;
  return Number.isSafeInteger(place) ? place : 0;
}

function render({ activity }: TranscriptEntry, options: RenderOptions): Record<string, unknown> {
  const { type, id, timestamp, locale, replyToId, conversation } = activity;
  const common = { type, id, timestamp, channelId: 'webchat', conversation, from: speaker(activity) };
  const optional = { ...(locale ? { locale } : {}), ...(replyToId ? { replyToId } : {}) };
  if (activity.type !== 'message') return { ...common, ...optional };
  const { text, value, attachments, suggestedActions, channelData } = activity;
  return {
    ...common,
    ...optional,
    ...(text === undefined ? {} : { text: text.toWellFormed(), textFormat: 'plain' }),
    ...(value === undefined ? {} : { value }),
    ...(attachments ? { attachments: attachments.map((part) => renderAttachment(part, options)) } : {}),
    ...(suggestedActions ? { suggestedActions: { actions: suggestedActions.actions.map(renderAction), to: [] } } : {}),
    ...(channelData ? { channelData } : {}),
  };
}

/** An activity's `from` is the person on either end; a Direct Line client wants to know who speaks. */
function speaker({ role, from }: Activity): { id: string; role: 'user' | 'bot' } {
  return role === 'user' ? { id: from.id, role } : { id: role, role: 'bot' };
}

/**
 * As `messageBack`, because Web Chat shows the title in the person's bubble and posts title and value; an `imBack`
 * would show and post the bare value, and a `postBack` would show nothing of what the person chose.
 */
const renderAction = ({ title, value }: SuggestedAction) => ({
  type: 'messageBack',
  title,
  text: title,
  displayText: title,
  value,
});

function renderAttachment(attachment: Attachment, { base, links }: RenderOptions): Attachment {
  const { contentType, content } = attachment;
  const file = fileIdOf(attachment);
  if (file !== undefined) return { ...attachment, contentUrl: links.link(base, file) };
  if (contentType !== contentTypes.location) return attachment;
  const { latitude, longitude } = content as Location;
  // No client knows our locations: what they do not know they show as a link.
  return { ...attachment, contentUrl: `https://www.google.com/maps?q=${latitude},${longitude}` };
}
