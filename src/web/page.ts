import type { Organisation } from '../flows/schema.js';
import type { Locale } from '../language/matcher.js';
import { dirOf } from './document.js';
import { html, type Html } from './html.js';

export interface PageOptions {
  organisation: Organisation;
  /** The language in which it opens. Both are in the page, so that the switch of the chat turns all of it. */
  locale: Locale;
  t: (locale: Locale, key: string, variables?: Record<string, unknown>) => string;
}

/** The organisation's page: the chat fills the screen of a phone; who we are and how to reach us stand below or beside. */
export function organisationPage({ organisation, locale, t }: PageOptions): string {
  const name = organisation.name[locale];
  const both = (key: string): Html[] => locales.map((lang) => html`<span lang="${lang}">${t(lang, key)}</span>`);
  const page = html`<!doctype html>
    <html lang="${locale}" dir="${dirOf(locale)}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content" />
        <meta name="theme-color" content="${organisation.brand?.colour ?? '#0c5a50'}" />
        <meta name="description" content="${organisation.about[locale]}" />
        <title>${t(locale, 'page.title', { name })}</title>
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/page.css" />
        <script src="/chat.js" defer></script>
      </head>
      <body>
        <main>
          <section class="chat" id="chat" aria-label="${t(locale, 'page.chat')}">
            <wasl-chat page locale="${locale}"
              ><a class="phone" href="#about">${both('page.aboutLink')}</a
              ><span class="wide">${both('page.subtitle')}</span></wasl-chat
            >
            <noscript><p class="notice">${both('page.noScript')}</p></noscript>
          </section>
          <section class="about" id="about">${locales.map((lang) => about(organisation, lang, t))}</section>
        </main>
      </body>
    </html> `;
  return page.text;
}

const locales = ['ar', 'en'] as const satisfies Locale[];

function about(organisation: Organisation, locale: Locale, t: PageOptions['t']): Html {
  const { name, about: story, services, channels } = organisation;
  const doors = channels.map((door) =>
    typeof door === 'string'
      ? t(locale, `doors.${door}`)
      : t(locale, 'doors.ifAny', { door: t(locale, `doors.${door.id}`) }),
  );
  return html`<div lang="${locale}" dir="${dirOf(locale)}">
    <h1>${name[locale]}</h1>
    <p class="story">${story[locale]}</p>
    <h2>${t(locale, 'page.reach')}</h2>
    <dl>${facts(organisation, locale, t)}</dl>
    <h2>${t(locale, 'page.doors')}</h2>
    <ul class="doors">
      ${doors.map((door) => html`<li>${door}</li>`)}
    </ul>
    <h2>${t(locale, 'page.services')}</h2>
    <ul>
      ${services.map((service) => html`<li>${service.name[locale]}</li>`)}
    </ul>
    <p class="phone"><a href="#chat">${t(locale, 'page.backToChat')}</a></p>
  </div> `;
}

/** Numbers and addresses read from left to right in both languages. */
function facts(organisation: Organisation, locale: Locale, t: PageOptions['t']): (Html | undefined)[] {
  const { contact, licence, hours } = organisation;
  const { phone, website, email, address } = contact;
  const fact = (key: string, value: Html | undefined): Html | undefined =>
    value &&
    html`<div>
      <dt>${t(locale, `page.${key}`)}</dt>
      <dd>${value}</dd>
    </div>`;
  return [
    fact('phone', phone === undefined ? undefined : link(`tel:${phone}`, phone)),
    fact('website', website === undefined ? undefined : link(`https://${bareHost(website)}`, bareHost(website))),
    fact('email', email === undefined ? undefined : link(`mailto:${email}`, email)),
    fact('address', address && html`${address[locale]}`),
    fact('hours', html`${hours[locale]}`),
    fact('licence', licence === undefined ? undefined : html`<bdi>${licence}</bdi>`),
  ];
}

const link = (href: string, text: string): Html => html`<a href="${href}"><bdi dir="ltr">${text}</bdi></a>`;

const bareHost = (website: string): string => website.replace(/^https?:\/\//i, '').replace(/\/$/, '');
