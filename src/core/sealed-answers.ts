import { z } from 'zod';
import { canonicalJson } from './digest.js';
import type { Seal } from './seal.js';

const answersSchema = z.record(z.string(), z.unknown());

/** All answers of a form as one sealed text. */
export const sealAnswers = (seal: Pick<Seal, 'seal'>, answers: Readonly<Record<string, unknown>>): string =>
  seal.seal(canonicalJson(answers));

/** The answers that a record keeps sealed; throws `store_corrupt` when they were tampered with. */
export const answersOf = (seal: Pick<Seal, 'open'>, { answers }: { answers: string }): Record<string, unknown> =>
  answersSchema.parse(JSON.parse(seal.open(answers)));
