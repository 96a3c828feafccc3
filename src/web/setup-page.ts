import type { Organisation } from '../flows/schema.js';
import type { Locale } from '../language/matcher.js';
import { html, type Html } from './html.js';
import { paperPage } from './paper-page.js';

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
  return paperPage({
    locale,
    title: say('title'),
    organisation: organisation.shortName[locale],
    script: '/staff/setup.js',
    body: html`<p>${organisation.name[locale]}</p>
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
      <noscript><p>${say('noScript')}</p></noscript>`,
  });
}
