import { createHash } from 'node:crypto';
import type { HelmetOptions } from 'helmet';

/**
 * Headers of every answer. They assume that an answer is data; a page or a file that other sites embed says so itself
 * with the values below. Helmet's defaults are not used: they allow inline styles, forbid other sites to load the
 * widget, and turn plain http on a local network into https.
 */
export const baseHeaders: HelmetOptions = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"], baseUri: ["'none'"], formAction: ["'none'"] },
  },
  crossOriginEmbedderPolicy: false,
  crossOriginOpenerPolicy: { policy: 'same-origin' },
  crossOriginResourcePolicy: { policy: 'same-origin' },
  referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
  // Browsers ignore it over plain http. Not for subdomains: they are not ours to decide about.
  strictTransportSecurity: { maxAge: 180 * 24 * 60 * 60, includeSubDomains: false },
  xDownloadOptions: false,
  xXssProtection: false,
};

/**
 * The organisation's page: own files only, nothing inline. `connect-src 'self'` covers the chat's WebSocket where the
 * browser follows CSP 3; an older one refuses the socket and the widget polls.
 */
export const pagePolicy: string = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Of a page that brings its own style sheet and nothing else: no script, no other file. */
export const styledPolicy = (style: string): string =>
  [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/** Of files that any site may load: the widget and its configuration. */
export const embeddableHeaders = {
  'Access-Control-Allow-Origin': '*',
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'Timing-Allow-Origin': '*',
} as const;
