import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { createTranslate, type Locales } from '../../../src/conversation/texts.js';
import { organisationSchema, type Organisation } from '../../../src/flows/schema.js';

const read = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

export const readOrganisation = (id = 'asseb'): Organisation =>
  organisationSchema.parse(parse(read(`flows/organisations/${id}.yaml`)));

const locales: Locales = { ar: JSON.parse(read('locales/ar.json')), en: JSON.parse(read('locales/en.json')) };

export const translate = createTranslate(locales);
