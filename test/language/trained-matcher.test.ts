import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MatcherEntry } from '../../src/language/matcher.js';
import { createMatcher } from '../../src/language/trained-matcher.js';

const entries: readonly MatcherEntry[] = [
  {
    id: 'papers',
    questions: {
      ar: ['وش الأوراق المطلوبة؟', 'ايش المستندات اللي تبونها', 'الوثائق اللازمة للتقديم', 'كم ورقة تحتاجون'],
      en: ['Which papers do I need?', 'What documents are required', 'papers for the application'],
    },
  },
  {
    id: 'decision',
    questions: {
      ar: ['متى يطلع قرار اللجنة؟', 'كم تستغرق دراسة الطلب', 'متى تردون علي', 'وين وصل القرار'],
      en: ['How long does a decision take?', 'When will the committee decide', 'when do I hear back'],
    },
  },
  {
    id: 'volunteer',
    questions: {
      ar: ['ابغى اتطوع معكم', 'كيف أنضم للمتطوعين', 'عندكم فرص تطوعية', 'ودي اساعد الجمعية بوقتي'],
      en: ['I want to volunteer', 'How can I join as a volunteer', 'volunteering with you'],
    },
  },
  {
    id: 'hours',
    questions: {
      ar: ['متى دوامكم؟', 'كم ساعات العمل', 'متى تفتحون وتقفلون', 'تداومون يوم السبت'],
      en: ['When are you open?', 'What are your working hours', 'opening times'],
    },
  },
];

const matcher = createMatcher(entries);
const match = (text: string) => matcher.match(text, 'ar');
const all = entries.flatMap(({ id, questions }) =>
  [...questions.ar, ...questions.en].map((text) => [text, id] as const),
);

describe('a matcher', () => {
  it.each(all)('answers a phrasing it knows: %s', (text, id) => {
    expect(match(text)).toEqual({ type: 'answer', id, score: 1 });
  });

  it('answers a phrasing however it is spelt', () => {
    expect(match('  وِش الاوراق المطلوبه!!! 🙏')).toMatchObject({ type: 'answer', id: 'papers' });
    expect(match('WHEN ARE YOU OPEN')).toMatchObject({ type: 'answer', id: 'hours' });
  });

  it.each([
    ['لو سمحت ايش الاوراق المطلوبه', 'papers'],
    ['متى بيطلع القرار حق اللجنه', 'decision'],
    ['ابي اتطوع معاكم', 'volunteer'],
    ['الدوام متى', 'hours'],
    ['what papers are needed', 'papers'],
  ])('recognises new words for it: %s', (text, id) => {
    const found = match(text);
    expect(found.type === 'answer' ? found.id : found.type === 'suggest' ? found.ids[0] : undefined).toBe(id);
  });

  it('speaks both languages whatever the locale', () => {
    expect(matcher.match('ابغى اتطوع معكم', 'en')).toMatchObject({ type: 'answer', id: 'volunteer' });
  });

  it.each(['', '  ', '؟', '👍', '😂😂', '7', '٣٤', '12345678', 'ا', 'x', 'asdfgh', 'zzz', 'ضصثق', 'كم سعر الدولار', 'who won the match', '\ud83d'])(
    'finds nothing in %j',
    (text) => {
      expect(match(text).type).toBe('none');
    },
  ); // prettier-ignore

  it('suggests at most three entries, each once, and only entries that it has', () => {
    const ids = entries.map(({ id }) => id);
    const word = fc.constantFrom(...all.flatMap(([text]) => text.split(' ')));
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(word).map((words) => words.join(' ')),
    );
    fc.assert(
      fc.property(text, (typed) => {
        const found = match(typed);
        const named = found.type === 'answer' ? [found.id] : found.type === 'suggest' ? found.ids : [];
        expect(named.length).toBeLessThanOrEqual(3);
        expect(new Set(named).size).toBe(named.length);
        expect(ids).toEqual(expect.arrayContaining([...named]));
        expect(found.score).toBeGreaterThanOrEqual(0);
        expect(found.score).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('is the same each time it is made', () => {
    const again = createMatcher(entries);
    for (const text of ['ورقه', 'متى الدوام والقرار', 'how long', 'volunteer papers']) {
      expect(again.match(text, 'ar')).toEqual(match(text));
    }
  });

  it('reads a very long text without trouble', () => {
    expect(() => match('ابغى اتطوع معكم '.repeat(100_000))).not.toThrow();
  });

  it('works with so many entries that they are not trained', () => {
    const names = Array.from(
      { length: 700 },
      (_, at) => `خدمة ${String.fromCharCode(0x628 + (at % 19), 0x62a + (at % 23), 0x633 + (at % 13))}${at}`,
    );
    const many = createMatcher(names.map((name, at) => ({ id: `n${at}`, questions: { ar: [name], en: [] } })));
    expect(many.match(names[77] ?? '', 'ar')).toMatchObject({ type: 'answer', id: 'n77' });
    expect(many.match(`${names[78]} لو سمحت`, 'ar')).toMatchObject({ type: expect.stringMatching(/answer|suggest/) });
    expect(many.match('who won the match', 'ar').type).toBe('none');
  });

  it('works with one entry, and with none', () => {
    const [first] = entries;
    expect(createMatcher(first ? [first] : []).match('وش الأوراق المطلوبة', 'ar').type).toBe('answer');
    expect(createMatcher([]).match('وش الأوراق المطلوبة', 'ar')).toEqual({ type: 'none', score: 0 });
  });
});
