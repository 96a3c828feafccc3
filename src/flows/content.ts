import type { FaqEntry, Form, Menu, Organisation, Paper, Words } from './schema.js';
import type { Survey } from './survey-schema.js';

/** Everything in `flows/` and `locales/`, each file held against its schema and the files against each other. */
export interface Content {
  organisations: ReadonlyMap<string, Organisation>;
  faq: readonly FaqEntry[];
  menus: readonly Menu[];
  forms: readonly Form[];
  papers: readonly Paper[];
  surveys: readonly Survey[];
  words: Words;
  locales: Locales;
  /** File and line of an entry, menu, form or organisation, for problems that show later. */
  where(item: object): string;
}

export type Locales = Record<'ar' | 'en', Record<string, unknown>>;
