import * as fc from 'fast-check';
import { expect } from 'vitest';
import type { Input } from '../../../src/conversation/input.js';
import { createStepTypes, stepType } from '../../../src/conversation/steps/index.js';
import type { StepContext, StepReading } from '../../../src/conversation/steps/step.js';
import { contentTypes, type Attachment } from '../../../src/core/activity.js';
import { stepSchema, type Step } from '../../../src/flows/schema.js';
import type { Locale } from '../../../src/language/matcher.js';
import { content } from '../../fixtures/assets.js';
import { smallAssets } from '../../fixtures/small-assets.js';

export const assets = smallAssets();

/** Noon in Riyadh on Saturday 21 November 2026, 11 Jumada II 1448. */
const now = Date.parse('2026-11-21T12:00:00+03:00');

/** One question of a form, answered as the engine lets it be answered. */
export function createReader(type: Step['type'], options: Record<string, unknown> = {}) {
  const step = stepSchema.parse({ ask: 'it', prompt: { ar: 'سؤال', en: 'Question' }, type, ...options });
  const kind = stepType(createStepTypes(content().words.answers), step);
  const context: StepContext = {
    assets,
    locale: 'ar',
    now,
    form: assets.forms.get('note')!,
    answers: {},
    gathered: undefined,
  };
  const take = (input: Partial<Input>, more: Partial<StepContext> = {}): StepReading =>
    kind.read(step, { id: 'm1', text: '', value: undefined, attachments: [], ...input }, { ...context, ...more });
  return {
    take,
    read: (text: string) => take({ text }),
    shows: (value: unknown, locale: Locale = 'ar') => kind.show?.(step, value, { assets, locale }),
  };
}

export const answer = (value: unknown): StepReading => ({ type: 'answer', value });
export const problem = (name: string) => ({ type: 'invalid', problem: name });

/**
 * Holds that whatever arrives is an answer of the documented shape, which can be shown, or a problem that both languages
 * have sentences for; `like` are texts near to answers.
 */
export function expectAnyInputTaken(
  type: Step['type'],
  { like, shape, options }: { like: readonly string[]; shape: (value: unknown) => boolean; options?: object },
): void {
  const reader = createReader(type, { ...options });
  fc.assert(
    fc.property(inputsLike(like), (input) => {
      const reading = reader.take(input);
      if (reading.type === 'answer') {
        expect(reading.value).toSatisfy(shape);
        expect(JSON.parse(JSON.stringify(reading.value))).toEqual(reading.value);
        expect(reader.shows(reading.value)?.trim()).not.toBe('');
        expect(reader.shows(reading.value, 'en')?.isWellFormed()).toBe(true);
      } else expectSentences(reading);
    }),
    { numRuns: 500 },
  );
}

function expectSentences(reading: StepReading): void {
  if (reading.type !== 'invalid') return expect.fail(`not a reading of this step: ${reading.type}`);
  for (const locale of ['ar', 'en'] as const) {
    const [first, again] = ['', 'Again'].map((tail) =>
      assets.t(locale, `steps.${reading.problem}${tail}`, reading.variables),
    );
    expect(first).not.toMatch(/\{\{|^steps\.|undefined/);
    expect(again).not.toMatch(/\{\{|^steps\.|undefined/);
    expect(first).not.toBe(again);
  }
}

function inputsLike(like: readonly string[]): fc.Arbitrary<Partial<Input>> {
  const piece = fc.oneof(
    fc.constantFrom(...like, '٠', '۹', '5', '-', '+', '/', '.', ',', ' ', '\n', '؟', 'ألف', '🌙', '\ud83d', '\u0000', '\u202e', '﷼'),
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.nat().map(String),
  ); // prettier-ignore
  const text = fc.oneof(
    fc.constantFrom(...like),
    fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('')),
    fc.string({ unit: 'grapheme', maxLength: 100 }),
    piece.map((part) => part.repeat(Math.ceil(4000 / (part.length + 1)))),
  );
  const number = fc.oneof(fc.double(), fc.integer({ min: -200, max: 200 }));
  const attachment: fc.Arbitrary<Attachment> = fc.oneof(
    fc.constantFrom(...Object.values(contentTypes), 'image/png').map((contentType) => ({ contentType })),
    fc.record({
      contentType: fc.constant(contentTypes.location),
      content: fc.record({ latitude: number, longitude: number }),
    }),
    fc.record({
      contentType: fc.constant(contentTypes.contact),
      content: fc.record({ phone: text, own: fc.boolean() }),
    }),
  );
  return fc.record(
    { text, value: fc.option(text, { nil: undefined }), attachments: fc.array(attachment, { maxLength: 2 }) },
    { requiredKeys: ['text'] },
  );
}

/** Texts of the greatest length, of the kinds that make a careless pattern slow. */
const endless = ['1', '1 ', '1-', '+', ' ', '1,000', '1.', 'ا', 'ا 1 ', 'SA', '٥ آلاف و', '-', 'و', '\u200f', '@1.1,', '3/'].map(
  (part) => part.repeat(Math.ceil(4000 / part.length)),
); // prettier-ignore

export function expectQuick(type: Step['type']): void {
  const reader = createReader(type);
  expectAllQuick((text) => reader.read(text));
}

/** Each of the endless takes no more than this of the processor, whatever else keeps the machine busy. */
export function expectAllQuick(read: (text: string) => unknown): void {
  for (const text of endless) {
    const start = process.cpuUsage();
    read(text);
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1000).toBeLessThan(250);
  }
}
