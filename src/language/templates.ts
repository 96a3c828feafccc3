import { localDigits } from './digits.js';
import { isolate } from './direction.js';
import type { Locale } from './matcher.js';

/**
 * What a template may name. Text stays as it is; a number gets the locale's digits; a list is joined as the locale
 * joins; `{ltr}` is a value read from left to right in every language; `{ar, en}` is said in the locale.
 */
export type TemplateValue =
  | string
  | number
  | { readonly ltr: string }
  | { readonly ar: TemplateValue; readonly en: TemplateValue }
  | readonly TemplateValue[];

/** Sample: `{ "contact": { "phone": { "ltr": "0110000000" } }, "name": { "ar": "أثر", "en": "Athar" } }`. */
export interface Variables {
  readonly [name: string]: TemplateValue | Variables | undefined;
}

export type FilledTemplate =
  | { type: 'filled'; text: string }
  /** Nothing to print: this variable, the first of perhaps several, is not there. */
  | { type: 'missing'; variable: string };

/** Anything between the braces, so that a misspelt name is a missing variable and never reaches a person. */
const placeholder = /\{\{\s*([^{}]*?)\s*\}\}/g;

/** The variables that a template names, each once, in order. */
export const templateVariables = (template: string): string[] => [
  ...new Set([...template.matchAll(placeholder)].map((match) => match[1] ?? '')),
];

/** Puts the values in. All or nothing: a person never reads "{{…}}" or a sentence with a hole. */
export function fillTemplate(template: string, variables: Variables, locale: Locale): FilledTemplate {
  const missing = templateVariables(template).find((path) => valueAt(variables, path) === undefined);
  if (missing !== undefined) return { type: 'missing', variable: missing };
  const text = template.replace(placeholder, (_, path: string) => {
    const value = valueAt(variables, path);
    return value === undefined ? '' : print(value, locale);
  });
  return { type: 'filled', text };
}

/** The value at a path such as `contact.phone`, or undefined when it is not there or is a group of values. */
export function valueAt(variables: Variables, path: string): TemplateValue | undefined {
  let found: TemplateValue | Variables | undefined = variables;
  for (const name of path.split('.')) {
    const group: Variables = isGroup(found) ? found : {};
    found = Object.hasOwn(group, name) ? group[name] : undefined;
  }
  return isGroup(found) ? undefined : found;
}

function print(value: TemplateValue, locale: Locale): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return localDigits(value, locale);
  if (isList(value)) return joinList(value.map((item) => print(item, locale)), locale); // prettier-ignore
  if ('ltr' in value) return locale === 'ar' ? isolate(value.ltr) : value.ltr;
  return print(value[locale], locale);
}

/** "أ، ب وج" and "a, b and c". */
export function joinList(items: readonly string[], locale: Locale): string {
  const last = items.at(-1) ?? '';
  if (items.length < 2) return last;
  const before = items.slice(0, -1);
  return locale === 'ar' ? `${before.join('، ')} و${last}` : `${before.join(', ')} and ${last}`;
}

const isList = (value: TemplateValue): value is readonly TemplateValue[] => Array.isArray(value);

function isGroup(value: TemplateValue | Variables | undefined): value is Variables {
  if (typeof value !== 'object' || Array.isArray(value)) return false;
  return !('ltr' in value) && !('ar' in value && 'en' in value);
}
