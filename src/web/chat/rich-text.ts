import { h } from './dom.js';

/**
 * What reads from left to right wherever it stands: addresses, e-mails, IBANs, references, phone numbers and other runs
 * of digits. Inside an Arabic sentence they would otherwise come out in the wrong order.
 */
export const isolated = new RegExp(
  [
    '(https?://[^\\s<>"]*[\\w/])',
    '([\\w.+-]{1,64}@[\\w.-]+\\w)',
    '((?:[\\w-]+\\.)+(?:com|org|net|sa)\\b(?:/[\\w/.-]*\\w)?)',
    '\\b[A-Z]{2}\\d{2}(?: ?[A-Z\\d]{2,4}){3,8}\\b',
    '\\b[A-Z]{2,4}(?:-[A-Z\\d]+)+',
    '(\\+?[\\d٠-٩][\\d٠-٩ ()-]{4,}[\\d٠-٩])',
  ].join('|'),
  'gi',
);

/** Text as nodes: lines are kept by the style sheet, nothing is ever read as markup. */
export function richText(text: string): (Node | string)[] {
  const nodes: (Node | string)[] = [];
  let end = 0;
  for (const match of text.matchAll(isolated)) {
    const [all, url, email, domain, number = ''] = match;
    const inner = h('bdi', { dir: 'ltr' }, all);
    const href =
      (url?.startsWith('https:') && url) ||
      (email && `mailto:${email}`) ||
      (domain && `https://${domain}`) ||
      (/^(\+|0|9200|800)[\d ()-]{7,}$/.test(number) && `tel:${number.replace(/[^\d+]/g, '')}`);
    nodes.push(text.slice(end, match.index), href ? link(href, inner) : inner);
    end = (match.index ?? 0) + all.length;
  }
  nodes.push(text.slice(end));
  return nodes;
}

export const link = (href: string, ...children: (Node | string)[]): HTMLAnchorElement =>
  h('a', { href, target: '_blank', rel: 'noopener' }, ...children);
