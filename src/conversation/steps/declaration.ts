import { z } from 'zod';
import { canonicalJson, sha256Hex } from '../../core/digest.js';
import type { Step } from '../../flows/schema.js';
import { readYesNo } from '../../language/yes-no.js';
import type { Signature } from '../effects.js';
import { givenAnswers } from '../form/given.js';
import type { Input } from '../input.js';
import { fill } from '../variables.js';
import { inBoth, type StepContext, type StepReading, type StepType, type StepWords } from './step.js';

type DeclarationStep = Extract<Step, { type: 'declaration' }>;

/**
 * The signed statement, e.g. `{"ask": "declaration", "type": "declaration", "statement": {…}, "statementVersion": 1}`: the
 * person reads it, types the full name, and says yes in a second message. Kept as a `Signature`.
 */
export const createDeclaration = (words: StepWords): StepType<DeclarationStep> => ({
  ask(step, context) {
    const { assets, locale, now } = context;
    const read = draftIn(context);
    if (read) return assets.t(locale, 'declaration.confirm', { name: read.name });
    const prompt = fill(step.prompt[locale], assets.variables(locale, now), locale);
    return `${statementOf(step, context)}\n\n${prompt}`;
  },

  choices: (_step, context) =>
    draftIn(context)
      ? [
          { value: 'yes', label: context.assets.t(context.locale, 'declaration.yes') },
          { value: 'no', label: words.no[context.locale][0] ?? 'no' },
        ]
      : [],

  read(step, input, context) {
    const read = draftIn(context);
    return read ? readConsent(read, { input, words }, context) : readName(step, input, context);
  },

  show: (_step, value) => (isSignature(value) ? value.name : ''),
});

/** The name as typed, and what was read then: it is signed in these words, whatever language follows. */
const draft = z.object({ name: z.string(), statement: z.string(), statementVersion: z.number() });
type Draft = z.infer<typeof draft>;

const draftIn = (context: StepContext): Draft | undefined => draft.safeParse(context.gathered).data;

const longestName = 100;
const word = /^(?=.*\p{L})[\p{Script=Arabic}\p{Script=Latin}\p{M}'’ʼ.-]+$/u;

function readName(step: DeclarationStep, { text }: Input, context: StepContext): StepReading {
  const words = text.split(/\s+/).filter((one) => one !== '');
  if (text.length > longestName) return { type: 'invalid', problem: 'nameLong' };
  if (words.length < 2 || !words.every((one) => word.test(one))) return { type: 'invalid', problem: 'nameIncomplete' };
  const { statementVersion } = step;
  const read: Draft = { name: text, statement: statementOf(step, context), statementVersion };
  return { type: 'more', gathered: read };
}

function readConsent(
  read: Draft,
  { input, words }: { input: Input; words: StepWords },
  context: StepContext,
): StepReading {
  const { assets, locale } = context;
  const said = input.value ?? consentIn(input.text, words, context);
  if (said === 'yes') return { type: 'answer', value: sign(read, input, context) };
  if (said !== 'no') return { type: 'invalid', problem: 'consentUnclear' };
  return { type: 'pause', said: assets.t(locale, 'declaration.declined'), offer: ['back', 'person', 'resume'] };
}

function consentIn(text: string, words: StepWords, { assets }: StepContext): string | undefined {
  const { yes, no } = inBoth(words);
  const label = [assets.t('ar', 'declaration.yes'), assets.t('en', 'declaration.yes')];
  const said = readYesNo(text, { yes: [...label, ...yes], no });
  return said === undefined ? undefined : said ? 'yes' : 'no';
}

function sign({ name, statement, statementVersion }: Draft, input: Input, context: StepContext): Signature {
  return {
    statement,
    statementVersion,
    statementHash: sha256Hex(statement),
    answersHash: sha256Hex(canonicalJson(givenAnswers(context.form, context.answers))),
    name,
    at: context.now,
    messageId: input.id,
  };
}

/** The statement as the person reads it. */
const statementOf = ({ statement }: DeclarationStep, { assets, locale, now }: StepContext): string =>
  fill(statement[locale], assets.variables(locale, now), locale);

const signature = z.object({
  statement: z.string(),
  statementVersion: z.number(),
  statementHash: z.string(),
  answersHash: z.string(),
  name: z.string(),
  at: z.number(),
  messageId: z.string(),
}) satisfies z.ZodType<Signature>;

export const isSignature = (value: unknown): value is Signature => signature.safeParse(value).success;
