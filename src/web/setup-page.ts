import type { Organisation } from '../flows/schema.js';
import type { Locale } from '../language/matcher.js';
import { html, type Html } from './html.js';

interface SetUpPage {
  organisation: Organisation;
  locale: Locale;
  t: (locale: Locale, key: string) => string;
}

/** Where a link for staff leads: the set-up link of the first administrator, or an invitation. */
export function setUpPage({ organisation, locale, t }: SetUpPage): string {
  const say = (key: string): string => t(locale, `setUp.${key}`);
  const field = (name: string, type: string, more?: Html): Html =>
    html`<label>${say(name)}<input name="${name}" type="${type}" maxlength="200" ${more} /></label>`;
  const password = html`required minlength="12" autocomplete="new-password" dir="ltr"`;
  return html`<!doctype html>
    <html lang="${locale}" dir="${locale === 'ar' ? 'rtl' : 'ltr'}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${say('title')} · ${organisation.shortName[locale]}</title>
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/page.css" />
        <script src="/staff/setup.js" defer></script>
      </head>
      <body>
        <main class="paper">
          <h1>${say('title')}</h1>
          <p>${organisation.name[locale]}</p>
          <p data-for></p>
          <form hidden>
            <div data-set-up>${field('name', 'text', html`autocomplete="name"`)}</div>
            <div data-set-up>${field('email', 'email', html`autocomplete="username" dir="ltr"`)}</div>
            ${field('password', 'password', password)} ${field('again', 'password', password)}
            <button>${say('send')}</button>
          </form>
          <p
            role="status"
            data-ready="${say('ready')}"
            data-unknown="${say('unknown')}"
            data-different="${say('different')}"
            data-sending="${say('sending')}"
            data-done="${say('done')}"
            data-failed="${say('failed')}"
          ></p>
          <noscript><p>${say('noScript')}</p></noscript>
        </main>
      </body>
    </html> `.text;
}
