import type { Locale } from '../language/matcher.js';
import { htmlDocument } from './document.js';
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
  htmlDocument({
    locale,
    title: organisation === undefined ? title : `${title} · ${organisation}`,
    head: html`<link rel="icon" href="/favicon.svg" type="image/svg+xml" />
      <link rel="stylesheet" href="/page.css" />
      ${script === undefined ? undefined : html`<script src="${script}" defer></script>`}`,
    body: html`<main class="paper">
      <h1>${title}</h1>
      ${body}
    </main>`,
  });
