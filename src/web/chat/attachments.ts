import { h, icon, icons } from './dom.js';
import { link, richText } from './rich-text.js';
import type { TextKey } from './texts.js';
import type { WireAttachment } from './wire.js';

/** An attachment inside a bubble: a panel, a place, a number, or a file. */
export function attachmentView(attachment: WireAttachment, text: (key: TextKey) => string): Node {
  const { contentType = '', content = {}, contentUrl = '', name = '' } = attachment;
  const is = (type: string): boolean => contentType.endsWith(`.${type}`);
  if (is('hero')) {
    return h('div', 'card', h('b', {}, content.title), h('p', {}, ...richText(content.text ?? '')));
  }
  const { latitude, longitude, phone = `${latitude}, ${longitude}` } = content;
  if (is('location') || is('contact')) return h('p', {}, text('shared'), ' ', h('bdi', { dir: 'ltr' }, phone));
  if (is('unsupported')) return h('i', {}, text('unsupported'));
  const label = fileName(name);
  return h('div', 'file', icon(icons.attach), /^https?:/.test(contentUrl) ? link(contentUrl, label) : label);
}

/** The type stands beside the name: «عقد 2025.pdf» in one piece would be shown as pdf.2025. */
function fileName(name: string): Node {
  const [, stem = name, type] = /^(.+)\.(\w{1,5})$/.exec(name) ?? [];
  return h('span', {}, h('bdi', {}, stem), ' ', type && h('small', { dir: 'ltr' }, type));
}
