import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';

/**
 * A story as data: what a person and the staff do, over days. `hears` waits until the applicant is told something
 * that holds these words, whoever caused it. `{reference}` stands for the reference that was told.
 */
const words = z.union([z.string(), z.array(z.string())]).transform((given) => [given].flat());
const hears = { hears: words.optional() };

const colleague = z.enum(['first', 'second']);

const stepSchema = z.union([
  z.strictObject({ says: z.string(), ...hears }),
  /** Says something that nobody answers. */
  z.strictObject({ writes: z.string(), ...hears }),
  /** The label of a choice that was offered; where there are no buttons, its number is typed. */
  z.strictObject({ presses: z.string(), ...hears }),
  z.strictObject({ sends: z.literal('photo'), ...hears }),
  z.strictObject({ hears: words }),
  z.strictObject({ notYet: words }),
  z.strictObject({ moves: z.string(), reason: z.string().optional(), ...hears }),
  z.strictObject({ refused: z.string(), status: z.number() }),
  z.strictObject({
    paper: z.string(),
    verdict: z.enum(['accepted', 'rejected']),
    reason: z.string().optional(),
    ...hears,
  }),
  z.strictObject({ committee: z.enum(['accept', 'reject', 'defer']), reason: z.string(), ...hears }),
  /** Days. */
  z.strictObject({ passes: z.number(), ...hears }),
  z.strictObject({ restarts: z.literal(true) }),
  /** Members of staff at the conversation itself. */
  z.strictObject({ takes: colleague, status: z.number().optional(), ...hears }),
  z.strictObject({ answers: z.string(), ...hears }),
  z.strictObject({ notes: z.string(), ...hears }),
  z.strictObject({ sendsFile: z.literal(true), ...hears }),
  z.strictObject({ transfers: z.enum(['first', 'second', 'researcher', 'officer']), ...hears }),
  z.strictObject({ returns: z.literal(true), ...hears }),
]);

const schema = z.strictObject({
  about: z.string(),
  organisation: z.string().default('asseb'),
  locale: z.enum(['ar', 'en']).default('ar'),
  steps: z.array(stepSchema).min(1),
});

export type Story = z.infer<typeof schema> & { name: string };
export type StoryStep = z.infer<typeof stepSchema>;

const folder = fileURLToPath(new URL('.', import.meta.url));

export const stories = (): Story[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .toSorted()
    .map((file) => ({
      name: file.replace('.yaml', ''),
      ...schema.parse(parse(readFileSync(`${folder}${file}`, 'utf8'))),
    }));
