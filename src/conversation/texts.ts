import { createInstance } from 'i18next';
import { localDigits } from '../language/digits.js';
import type { Locale } from '../language/matcher.js';

export type Translate = (locale: Locale, key: string, variables?: Record<string, unknown>) => string;

/** The nested sentences of `locales/ar.json` and `en.json`. */
export type Locales = Record<Locale, Record<string, unknown>>;

/** Says sentences of `locales/`. `count` chooses the plural form; `{{number}}` is that count in the language's digits. */
export function createTranslate(locales: Locales): Translate {
  const instance = createInstance();
  void instance.init({
    resources: { ar: { translation: locales.ar }, en: { translation: locales.en } },
    initAsync: false,
    interpolation: { escapeValue: false },
    // Templates of the flows, such as {{contact.phone}}, are left as they are for `fill`.
    missingInterpolationHandler: (_text: string, match: RegExpMatchArray) => match[0],
  });
  const by = { ar: instance.getFixedT('ar'), en: instance.getFixedT('en') };
  return (locale, key, variables = {}) => {
    const { count } = variables;
    return by[locale](
      key,
      typeof count === 'number' ? { ...variables, number: localDigits(count, locale) } : variables,
    );
  };
}
