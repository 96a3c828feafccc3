import { fileTypeFromBuffer } from 'file-type';

/** What may be sent to an association: pictures, documents, recordings. By content, never by name. */
const allowed = new Set([
  'image/jpeg', 'image/png', 'image/webp', 'image/heic', 'image/heif', 'image/gif',
  'application/pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'audio/ogg', 'audio/opus', 'audio/mpeg', 'audio/mp4', 'audio/x-m4a', 'audio/aac', 'audio/amr', 'audio/wav', 'audio/webm',
  'video/mp4', 'video/quicktime', 'video/webm', 'video/3gpp',
]); // prettier-ignore

/** Bytes that decide: office documents name themselves after the start of their ZIP. */
export const sniffLength = 64 * 1024;

/** The type by its first bytes; undefined when it is not one that we take (SVG, HTML and programs among them). */
export async function typeOf(head: Uint8Array): Promise<string | undefined> {
  const found = await fileTypeFromBuffer(head);
  const mime = found?.mime.split(';')[0]?.trim();
  return mime !== undefined && allowed.has(mime) ? mime : undefined;
}
