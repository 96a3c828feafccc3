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
  const part = status === 401 ? 'signIn' : 'refused';
  const why = typeof detail === 'string' ? say(detail) : say(detail.key, detail.variables);
  return paperPage({
    locale,
    title: say(`staff.page.${part}.title`),
    body: html`${status === 401 ? undefined : html`<p>${why}</p>`}
      <p>${say(`staff.page.${part}.what`)}</p>
      <p><a href="/">${say('staff.page.home')}</a></p>`,
  });
}
