/** Which message of ours a report is about. Travels with it as `biz_opaque_callback_data` and comes back in reports. */
export interface Tag {
  conversation: { id: string };
  activityId: string;
  /** Of the WhatsApp messages that one reply becomes: this one, from 1, and how many. */
  part: number;
  parts: number;
}

/** https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages */
const longest = 512;

/** Sample: `966501234567 1/2 wamid.HBgM.1`. Undefined when it would be too long: then nothing is reported. */
export function writeTag({ conversation, activityId, part, parts }: Tag): string | undefined {
  const tag = `${conversation.id} ${part}/${parts} ${activityId}`;
  return tag.length <= longest ? tag : undefined;
}

export function readTag(text: string): Tag | undefined {
  const match = /^(\S+) (\d{1,4})\/(\d{1,4}) (.+)$/.exec(text);
  if (!match) return undefined;
  const [, id = '', part, parts, activityId = ''] = match;
  return { conversation: { id }, activityId, part: Number(part), parts: Number(parts) };
}
