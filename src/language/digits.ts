import type { Locale } from './matcher.js';

/** Digits as the locale writes them: Arabic-Indic in Arabic, 0-9 in English. A number gets no grouping marks. */
export function localDigits(value: number | string, locale: Locale): string {
  const text = String(value);
  if (locale === 'en') return text;
  const digits = text.replace(/[0-9]/g, (digit) => String.fromCharCode(0x660 + Number(digit)));
  return typeof value === 'number' ? digits.replace('.', '٫') : digits;
}
