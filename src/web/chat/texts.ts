import { widget as ar } from '../../../locales/ar.json';
import { widget as en } from '../../../locales/en.json';
import { isolated } from './rich-text.js';
import type { Locale } from './wire.js';

const texts = { ar, en } satisfies Record<Locale, Record<TextKey, string>>;

export type TextKey = keyof typeof ar;

/** Everything that depends on the language of the widget. */
export interface Language {
  locale: Locale;
  text: (key: TextKey) => string;
  time: (date: Date) => string;
  day: (date: Date) => string;
  number: (value: number) => string;
}

export function createLanguage(locale: Locale): Language {
  // Arabic-Indic digits in Arabic; the date as the person's own phone writes it.
  const tag = locale === 'ar' ? 'ar-SA-u-ca-gregory-nu-arab' : 'en';
  const text = (key: TextKey): string => texts[locale][key];
  return {
    locale,
    text,
    time: (date) => date.toLocaleTimeString(tag, { hour: 'numeric', minute: '2-digit' }),
    day(date) {
      const days = Math.round((new Date(date).setHours(0, 0, 0, 0) - new Date().setHours(0, 0, 0, 0)) / 86_400_000);
      if (days < -1) return date.toLocaleDateString(tag, { weekday: 'long', day: 'numeric', month: 'long' });
      return new Intl.RelativeTimeFormat(tag, { numeric: 'auto' }).format(Math.min(days, 0), 'day');
    },
    number: (value) => value.toLocaleString(tag),
  };
}

/** The language of a text by the letters that its words have most of; the first letter alone would mislead. */
export function languageOf(text: string, otherwise: Locale): Locale {
  const words = text.replace(isolated, '');
  const more = words.replace(/[^ء-ۓ]/g, '').length - words.replace(/[^a-z]/gi, '').length;
  return more > 0 ? 'ar' : more ? 'en' : otherwise;
}

export const dirOf = (locale: Locale): 'rtl' | 'ltr' => (locale === 'ar' ? 'rtl' : 'ltr');
