import { readFileSync } from 'node:fs';
import type { Request } from 'express';
import type { Route } from '../core/http.js';
import type { Organisation } from '../flows/schema.js';
import type { Locale } from '../language/matcher.js';
import { brandRules } from './brand.js';
import { organisationPage, type PageOptions } from './page.js';
import { embeddableHeaders, pagePolicy } from './policy.js';
import { setUpPage } from './setup-page.js';
import { createStaticFile, type StaticFile } from './static-file.js';

export interface WebRoutesOptions {
  organisation: Organisation;
  /** Says sentences of `locales/`. */
  t: PageOptions['t'];
  maxUploadBytes: number;
}

const minute = 60;

/** The organisation's page and the chat widget with all that they load. The build has written their files. */
export function createWebRoutes({ organisation, t, maxUploadBytes }: WebRoutesOptions): Route[] {
  const colour = organisation.brand?.colour;
  const theme = (selector: string): string => (colour === undefined ? '' : brandRules(colour, selector));
  const headers = embeddableHeaders;
  const config = {
    name: organisation.name,
    shortName: organisation.shortName,
    maxUploadBytes,
    ...(colour === undefined ? {} : { theme: theme(':host') }),
  };
  const page = (locale: Locale): StaticFile =>
    createStaticFile({
      content: organisationPage({ organisation, locale, t }),
      type: 'text/html; charset=utf-8',
      headers: { 'Content-Security-Policy': pagePolicy, 'Content-Language': locale },
      maxAge: 0,
    });
  const pages = { ar: page('ar'), en: page('en') };
  const setUp = (locale: Locale): StaticFile =>
    createStaticFile({
      content: setUpPage({ organisation, locale, t }),
      type: 'text/html; charset=utf-8',
      headers: { 'Content-Security-Policy': pagePolicy, 'Content-Language': locale, 'Referrer-Policy': 'no-referrer' },
      maxAge: 0,
    });
  const setUpPages = { ar: setUp('ar'), en: setUp('en') };
  const css = built('page.css') + theme(':root');
  return [
    get('/', (request, response) => pages[localeOf(request)](request, response)),
    get('/page.css', createStaticFile({ content: css, type: types.css, maxAge: minute })),
    get('/staff/setup', (request, response) => setUpPages[localeOf(request)](request, response)),
    get('/staff/sign-in.js', createStaticFile({ content: built('sign-in.js'), type: types.js, maxAge: minute })),
    get('/staff/setup.js', createStaticFile({ content: built('setup.js'), type: types.js, maxAge: minute })),
    get('/chat.js', createStaticFile({ content: built('chat.js'), type: types.js, headers, maxAge: 5 * minute })),
    get('/chat.css', createStaticFile({ content: built('chat.css'), type: types.css, headers, maxAge: 5 * minute })),
    get(
      '/chat/config',
      createStaticFile({ content: JSON.stringify(config), type: types.json, headers, maxAge: minute }),
    ),
    get('/favicon.svg', createStaticFile({ content: icon(colour), type: 'image/svg+xml', maxAge: 60 * minute })),
    get('/favicon.ico', (_request, response) => response.redirect(301, '/favicon.svg')),
  ];
}

const types = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json; charset=utf-8',
};

const get = (path: string, handle: Route['handle']): Route => ({ method: 'get', path, handle });

/** The same folder whether this file runs from `src/` or from `dist/`. */
const built = (name: string): string => readFileSync(new URL(`../../dist/web/${name}`, import.meta.url), 'utf8');

/** Arabic unless the address asks for English: many who write Arabic keep their phone and browser in English. */
const localeOf = (request: Request): Locale => (request.query['lang'] === 'en' ? 'en' : 'ar');

/** A speech bubble in the organisation's colour. */
const icon = (colour = '#0c5a50'): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path fill="${colour}" d="M3 4h18v13H11l-6 5v-5H3z"/></svg>`;
