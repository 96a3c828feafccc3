import { h, icon, icons } from './dom.js';
import { link, richText } from './rich-text.js';
import type { TextKey } from './texts.js';
import type { WireAttachment } from './wire.js';

/** An attachment inside a bubble: a panel, or a line for a file, a place or a number, which opens where it can. */
export function attachmentView(attachment: WireAttachment, text: (key: TextKey) => string): Node {
  const { contentType = '', content = {}, contentUrl = '', name } = attachment;
  const { title, text: lines = '', phone, latitude, longitude } = content;
  if (contentType.endsWith('.hero')) return h('div', 'card', h('b', {}, title), h('p', {}, ...richText(lines)));
  const label = fileName(name ?? phone ?? (latitude ? `${latitude}, ${longitude}` : text('unsupported')));
  return h('div', 'file', icon(icons.attach), /^https?:/.test(contentUrl) ? link(contentUrl, label) : label);
}

/** The type stands beside the name: «عقد 2025.pdf» in one piece would be shown as pdf.2025. */
function fileName(name: string): Node {
  const [, stem = name, type] = /^(.+)\.([a-z]\w{1,4})$/i.exec(name) ?? [];
  return h('span', {}, h('bdi', {}, stem), ' ', type && h('small', { dir: 'ltr' }, type));
}
