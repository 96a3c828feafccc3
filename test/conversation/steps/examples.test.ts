import { describe, expect, it } from 'vitest';
import type { Step } from '../../../src/flows/schema.js';
import { content } from '../../fixtures/assets.js';
import { createReader } from './reader.js';

/** Whose problems begin so. */
const types: Record<string, Step['type']> = {
  number: 'number',
  money: 'money',
  id: 'saudi-id',
  mobile: 'saudi-mobile',
  contact: 'contact',
  iban: 'iban',
  reference: 'reference',
  date: 'date',
  location: 'location',
};
const said: Record<string, string> = { limit: '٥', digits: '٩', got: '٩', example: '22/11/2026' };

/** "…, such as: 5 or five. …" → 5, five. */
const examplesIn = (sentence: string): string[] =>
  [...sentence.matchAll(/(?:مثل|مثلًا|such as|like|example|Gregorian|Hijri): (.*?)(?=، و|\. |\.$|$)/g)].flatMap(
    ([, examples = '']) =>
      examples
        .replace(/ (?:بدل|instead of) .*/, '')
        .split(/ أو | or /)
        .map((example) => example.replace(/[«»“”\u2066\u2069]/g, '')),
  );

describe.each(['ar', 'en'] as const)('the examples in the sentences of %s', (locale) => {
  const { steps } = content().locales[locale];
  const sentences = Object.entries({ ...(steps as Record<string, string>) }).flatMap(([problem, template]) => {
    const type = types[/^[a-z]+/.exec(problem)?.[0] ?? ''];
    const filled = template.replace(/\{\{(\w+)\}\}/g, (_, name: string) =>
      type === 'reference' ? 'ASB-1234-R' : (said[name] ?? ''),
    );
    return type ? [{ problem, type, examples: examplesIn(filled) }] : [];
  });

  it.each(sentences.filter(({ examples }) => examples.length > 0))('$problem: $examples', ({ type, examples }) => {
    const { read } = createReader(type);
    for (const example of examples) expect(read(example), example).toMatchObject({ type: 'answer' });
  });

  it('are in whatever is said the second time', () => {
    const again = sentences.filter(({ problem }) => problem.endsWith('Again'));
    expect(again.length).toBeGreaterThan(25);
    expect(again.filter(({ examples }) => examples.length === 0)).toEqual([]);
  });
});
