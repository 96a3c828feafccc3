import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';

/**
 * A conversation as data: what the person does, and what each reply must hold. Every channel that can play one plays
 * them all. `hears` are pieces that the replies to one step contain, in order; `offers` are labels among the choices.
 */
const expectation = {
  hears: z.union([z.string(), z.array(z.string())]).optional(),
  never: z.union([z.string(), z.array(z.string())]).optional(),
  offers: z.array(z.string()).optional(),
  /** The id of the FAQ entry whose whole answer is given. */
  answer: z.string().optional(),
};

const stepSchema = z.union([
  z.strictObject({ arrives: z.literal(true), ...expectation }),
  z.strictObject({ says: z.string(), ...expectation }),
  /** The label of a choice that was offered; where there are no buttons, its number is typed. */
  z.strictObject({ presses: z.string(), ...expectation }),
  z.strictObject({ sends: z.enum(['photo', 'sticker', 'location']), ...expectation }),
]);

const schema = z.strictObject({
  organisation: z.string().default('asseb'),
  locale: z.enum(['ar', 'en']).default('ar'),
  about: z.string(),
  steps: z.array(stepSchema).min(1),
});

export type Transcript = z.infer<typeof schema> & { name: string };
export type TranscriptStep = z.infer<typeof stepSchema>;

const folder = fileURLToPath(new URL('.', import.meta.url));

export const transcripts = (): Transcript[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .toSorted()
    .map((file) => ({
      name: file.replace('.yaml', ''),
      ...schema.parse(parse(readFileSync(`${folder}${file}`, 'utf8'))),
    }));
