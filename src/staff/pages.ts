import type { Locale } from '../language/matcher.js';
import { html } from '../web/html.js';
import { pagePolicy } from '../web/policy.js';
import type { Door } from './api.js';
import type { Say } from './input.js';
import type { Problem } from './problem.js';

/** Where pages for eyes stand: who may not see one reads why, and what to do. */
export const pageDoor: Door = {
  below: '/staff',
  refuse(response, problem, { locale, say }) {
    response
      .status(problem.status)
      .set({ 'Content-Security-Policy': pagePolicy, 'Content-Type': 'text/html; charset=utf-8' });
    response.send(refusalPage(problem, locale, say));
  },
};

function refusalPage({ status, detail }: Problem, locale: Locale, say: Say): string {
  const part = status === 401 ? 'signIn' : 'refused';
  return html`<!doctype html>
    <html lang="${locale}" dir="${locale === 'ar' ? 'rtl' : 'ltr'}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${say(`staff.page.${part}.title`)}</title>
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/page.css" />
      </head>
      <body>
        <main class="paper">
          <h1>${say(`staff.page.${part}.title`)}</h1>
          ${status === 401 ? undefined : html`<p>${typeof detail === 'string' ? say(detail) : say(detail.key, detail.variables)}</p>`}
          <p>${say(`staff.page.${part}.what`)}</p>
          <p><a href="/">${say('staff.page.home')}</a></p>
        </main>
      </body>
    </html> `.text;
}
