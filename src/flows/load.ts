import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { FlowError } from '../core/errors.js';
import { checkContent } from './check.js';
import { parseYamlFile } from './parse.js';
import type { Content } from './content.js';
import { faqFileSchema, formSchema, menusFileSchema, organisationSchema, papersFileSchema, wordsFileSchema } from './schema.js';
import { surveySchema } from './survey-schema.js';

/** Throws `FlowError` with every problem at once. `root` holds `flows/` and `locales/`. */
export function loadContent(root: string): Content {
  const problems: string[] = [];
  const places = new Map<object, string>();
  const reader = createReader(root, { problems, places });
  const organisations = reader.folder('flows/organisations', organisationSchema);
  const faq = reader.folder('flows/faq', faqFileSchema).flat();
  const forms = reader.folder('flows/forms', formSchema);
  const surveys = reader.folder('flows/surveys', surveySchema);
  const menus = reader.file('flows/menu.yaml', menusFileSchema) ?? [];
  const papers = reader.file('flows/papers.yaml', papersFileSchema) ?? [];
  const words = reader.file('flows/words.yaml', wordsFileSchema);
  const locales = { ar: readLocale(root, 'ar', problems), en: readLocale(root, 'en', problems) };
  if (problems.length > 0 || !words) throw new FlowError(problems);
  const content: Content = {
    organisations: new Map(organisations.map((organisation) => [organisation.id, organisation])),
    faq,
    menus,
    forms,
    papers,
    surveys,
    words,
    locales,
    where: (item) => places.get(item) ?? 'flows',
  };
  const clashes = checkContent(content, organisations);
  if (clashes.length > 0) throw new FlowError(clashes);
  return content;
}

function createReader(root: string, { problems, places }: { problems: string[]; places: Map<object, string> }) {
  function file<T>(name: string, schema: z.ZodType<T>): T | undefined {
    if (!existsSync(join(root, name))) {
      problems.push(`${name}  this file is missing: restore it from the release`);
      return undefined;
    }
    const parsed = parseYamlFile(join(root, name), name, schema);
    if (parsed.type === 'wrong') {
      problems.push(...parsed.problems);
      return undefined;
    }
    const { value, lineOf } = parsed;
    if (Array.isArray(value)) for (const [index, item] of value.entries()) places.set(item, `${name}:${lineOf([index])}`);
    else if (typeof value === 'object' && value !== null) places.set(value, `${name}:1`);
    return value;
  }

  function folder<T>(name: string, schema: z.ZodType<T>): T[] {
    const files = existsSync(join(root, name)) ? readdirSync(join(root, name)) : [];
    const found = files.filter((one) => /\.ya?ml$/.test(one)).toSorted();
    if (found.length === 0) problems.push(`${name}  there is no file in this folder: restore it from the release`);
    return found.map((one) => file(`${name}/${one}`, schema)).filter((value) => value !== undefined);
  }

  return { file, folder };
}

function readLocale(root: string, locale: string, problems: string[]): Record<string, unknown> {
  const name = `locales/${locale}.json`;
  try {
    const value: unknown = JSON.parse(readFileSync(join(root, name), 'utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
    problems.push(`${name}  must be an object of sentences`);
  } catch (error) {
    problems.push(`${name}  cannot be read: ${error instanceof Error ? error.message : 'unknown error'}`);
  }
  return {};
}
