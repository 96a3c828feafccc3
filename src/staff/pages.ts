import type { Locale } from '../language/matcher.js';
import { html } from '../web/html.js';
import { paperPage } from '../web/paper-page.js';
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
  if (status === 401) return signInPage(locale, say);
  return paperPage({
    locale,
    title: say('staff.page.refused.title'),
    body: html`<p>${typeof detail === 'string' ? say(detail) : say(detail.key, detail.variables)}</p>
      <p>${say('staff.page.refused.what')}</p>
      <p><a href="/">${say('staff.page.home')}</a></p>`,
  });
}

const signInPage = (locale: Locale, say: Say): string =>
  paperPage({
    locale,
    title: say('staff.page.signIn.title'),
    script: '/staff/sign-in.js',
    body: html`<p>${say('staff.page.signIn.what')}</p>
      <form hidden>
        <label>
          ${say('setUp.email')}<input
            name="email"
            type="email"
            required
            maxlength="254"
            autocomplete="username"
            dir="ltr"
          />
        </label>
        <label>
          ${say('setUp.password')}<input
            name="password"
            type="password"
            required
            maxlength="200"
            autocomplete="current-password"
            dir="ltr"
          />
        </label>
        <button>${say('staff.page.signIn.send')}</button>
      </form>
      <p role="status" data-sending="${say('setUp.sending')}" data-failed="${say('staff.page.signIn.failed')}"></p>
      <noscript><p>${say('setUp.noScript')}</p></noscript>
      <p><a href="/">${say('staff.page.home')}</a></p>`,
  });
