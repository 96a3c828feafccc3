import type { Locale } from './matcher.js';

export interface DetectedLocale {
  locale: Locale;
  /** How many words speak for it: one borrowed word is not a change of language. */
  words: number;
}

/** The language in which a text is written, by script; undefined when it has no words or as many of one as of the other. */
export function detectLocale(text: string): DetectedLocale | undefined {
  const words = withoutAddresses(text).match(/\p{L}[\p{L}\p{M}\u0640\u200c]*/gu) ?? [];
  const arabic = words.filter((word) => /\p{Script=Arabic}/u.test(word)).length;
  const latin = words.filter((word) => /^\p{Script=Latin}/u.test(word)).length;
  if (arabic === latin) return undefined;
  return arabic > latin ? { locale: 'ar', words: arabic } : { locale: 'en', words: latin };
}

/** Addresses of mail and web, and numbers such as an IBAN or a reference, are Latin in every language. */
const withoutAddresses = (text: string): string =>
  text.slice(0, 2000).replace(/\S*(?:@|:\/\/|www\.|\p{L}\.\p{L})\S*|(?=\S*[0-9])(?=\S*[A-Za-z])\S+/gu, ' ');
