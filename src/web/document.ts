import type { Locale } from '../language/matcher.js';
import { html, type Html } from './html.js';

export const dirOf = (locale: Locale): 'rtl' | 'ltr' => (locale === 'ar' ? 'rtl' : 'ltr');

/** A whole page that no search engine keeps. */
export const htmlDocument = (page: { locale: Locale; title: string; head: Html; body: Html }): string =>
  html`<!doctype html>
    <html lang="${page.locale}" dir="${dirOf(page.locale)}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${page.title}</title>
        ${page.head}
      </head>
      <body>
        ${page.body}
      </body>
    </html> `.text;
