// Writes the shapes of the files in flows/ as JSON Schema, so that editors complete and check them while one types.
import { mkdirSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import * as shapes from '../dist/flows/schema.js';
import { surveySchema } from '../dist/flows/survey-schema.js';

const schemas = {
  faq: shapes.faqFileSchema,
  form: shapes.formSchema,
  menus: shapes.menusFileSchema,
  papers: shapes.papersFileSchema,
  survey: surveySchema,
  organisation: shapes.organisationSchema,
  words: shapes.wordsFileSchema,
};

const folder = new URL('../dist/schemas/', import.meta.url);
mkdirSync(folder, { recursive: true });
for (const [name, schema] of Object.entries(schemas)) {
  writeFileSync(new URL(`${name}.json`, folder), JSON.stringify(z.toJSONSchema(schema, { io: 'input' }), null, 1));
}
