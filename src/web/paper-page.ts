import type { Locale } from '../language/matcher.js';
import { html, type Html } from './html.js';

interface PaperPage {
  locale: Locale;
  title: string;
  /** In the browser's own title, behind the page's. */
  organisation?: string;
  /** Address of its script. */
  script?: string;
  body: Html;
}

/** A small page of words in the style of `page.css`, for those who are not at home in the console. */
export const paperPage = ({ locale, title, organisation, script, body }: PaperPage): string =>
  html`<!doctype html>
    <html lang="${locale}" dir="${locale === 'ar' ? 'rtl' : 'ltr'}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${organisation === undefined ? title : `${title} · ${organisation}`}</title>
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/page.css" />
        ${script === undefined ? undefined : html`<script src="${script}" defer></script>`}
      </head>
      <body>
        <main class="paper">
          <h1>${title}</h1>
          ${body}
        </main>
      </body>
    </html> `.text;
