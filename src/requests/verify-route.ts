import type { Request, Response } from 'express';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Route } from '../core/http.js';
import { network } from '../core/network.js';
import { formatDates } from '../language/dates.js';
import type { Locale } from '../language/matcher.js';
import { html } from '../web/html.js';
import { paperPage } from '../web/paper-page.js';
import { pagePolicy } from '../web/policy.js';
import { sendProblem } from '../web/problem.js';
import type { RequestsContext } from './context.js';
import { verifyDeclaration, type Verified } from './verify.js';

/** Tries of one address in a minute: a code of ten signs is not to be guessed. */
const perMinute = 20;

/**
 * The public check of a declaration: whoever was given a copy opens its address, a program asks for JSON. Sample:
 * `{"reference": "ASB-7K3Q-9", "signedAt": "2026-11-21T06:00:00.000Z", "statementVersion": 1, "unchanged": true, …}`
 */
export function createVerifyRoute(context: RequestsContext): Route {
  const tries = new RateLimiterMemory({ points: perMinute, duration: 60 });
  return {
    method: 'get',
    path: '/declarations/:reference/:code',
    async handle(request, response) {
      const locale = request.query['lang'] === 'en' ? 'en' : 'ar';
      const free = await tries.consume(network(request.ip ?? 'unknown')).then(() => true, () => false); // prettier-ignore
      if (!free) return sendProblem(response, 429, context.t(locale, 'request.check.tooMany'));
      const { reference = '', code = '' } = request.params;
      const verified = await verifyDeclaration(context, { reference: String(reference), code: String(code) });
      if (wantsJson(request)) return answerJson(response, verified, context.t(locale, 'request.check.unknown'));
      response
        .status(verified ? 200 : 404)
        .set({ 'Content-Security-Policy': pagePolicy, 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' })
        .type('html')
        .send(page(context, verified, locale));
    },
  };
}

const wantsJson = (request: Request): boolean => request.accepts('html', 'json') === 'json';

function answerJson(response: Response, verified: Verified | undefined, unknown: string): void {
  if (!verified) return sendProblem(response, 404, unknown);
  response.set('Cache-Control', 'no-store').json({ ...verified, signedAt: new Date(verified.signedAt).toISOString() });
}

function page({ t, organisation }: RequestsContext, verified: Verified | undefined, locale: Locale): string {
  const say = (key: string, variables?: Record<string, unknown>): string =>
    t(locale, `request.check.${key}`, variables);
  return paperPage({
    locale,
    title: say('title'),
    organisation: organisation.shortName[locale],
    body: html`<p>${organisation.name[locale]}</p>
      ${verified ? facts(verified, locale, say) : html`<p>${say('unknown')}</p>`}`,
  });
}

function facts(verified: Verified, locale: Locale, say: (key: string, variables?: Record<string, unknown>) => string) {
  return html`<p><strong>${say(verified.unchanged ? 'genuine' : 'changed')}</strong></p>
    <dl>
      <dt>${say('reference')}</dt>
      <dd><bdi dir="ltr">${verified.reference}</bdi></dd>
      <dt>${say('signed')}</dt>
      <dd>${say('dates', formatDates(verified.signedAt, locale))}</dd>
      <dt>${say('statement', { version: verified.statementVersion })}</dt>
      <dd><code dir="ltr">${verified.statementHash}</code></dd>
      <dt>${say('details')}</dt>
      <dd><code dir="ltr">${verified.answersHash}</code></dd>
    </dl>`;
}
