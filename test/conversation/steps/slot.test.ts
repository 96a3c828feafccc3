import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slotId } from '../../../src/core/slot.js';
import { createStepTypes } from '../../../src/conversation/steps/index.js';
import { content } from '../../fixtures/assets.js';
import { answer, assets, createReader, expectAllQuick, problem } from './reader.js';

const at = (day: string, time: string) => Date.parse(`2026-11-${day}T${time}:00+03:00`);
const sunday = ['09:00', '09:30', '10:00', '10:30', '11:00', '11:30'].map((time) => at('22', time));
const tuesday = ['09:00', '09:30', '10:00'].map((time) => at('24', time));
const slots = [...sunday, ...tuesday];
const idOf = (times: readonly number[], place: number) => slotId(times[place] ?? 0);

const { slot } = createStepTypes(content().words.answers);
const step = { ask: 'slot', type: 'slot', sensitive: false, prompt: { ar: 'أي موعد؟', en: 'Which time?' } } as const;
const context = { assets, now: at('21', '12:00'), form: assets.forms.get('note')!, answers: {}, gathered: undefined };
const inArabic = { ...context, locale: 'ar' as const, slots };
const shown = slot.choices?.(step, inArabic) ?? [];
const { take } = createReader('slot');
const read = (text: string) => take({ text }, { slots, offered: shown });

describe('a step for a time', () => {
  it('offers eight, and of a day only four while another has some', () => {
    expect(shown.map(({ value }) => value)).toEqual([...sunday.slice(0, 5), ...tuesday].map(slotId));
    expect(slot.choices?.(step, { ...inArabic, slots: sunday })).toHaveLength(6);
  });

  it('names the days in both calendars with their hours, in both languages', () => {
    expect(slot.ask?.(step, inArabic)).toBe(
      [
        'أي موعد؟',
        'الأحد ١٢ جمادى الآخرة ١٤٤٨ هـ، الموافق ٢٢ نوفمبر ٢٠٢٦ م: ٩:٠٠ صباحًا، ٩:٣٠ صباحًا، ١٠:٠٠ صباحًا، ١٠:٣٠ صباحًا، ١١:٠٠ صباحًا',
        'الثلاثاء ١٤ جمادى الآخرة ١٤٤٨ هـ، الموافق ٢٤ نوفمبر ٢٠٢٦ م: ٩:٠٠ صباحًا، ٩:٣٠ صباحًا، ١٠:٠٠ صباحًا',
      ].join('\n'),
    );
    expect(slot.ask?.(step, { ...inArabic, locale: 'en', slots: tuesday.slice(0, 1) })).toBe(
      'Which time?\nTuesday 14 Jumada II 1448 AH, 24 November 2026: 9:00 am',
    );
    expect(shown[0]?.label).toBe('الأحد ٢٢/١١ ٩:٠٠ ص');
  });

  it.each([
    ['١', sunday[0]],
    ['رقم 7', tuesday[1]],
    ['الثاني', sunday[1]],
    ['الأخير', tuesday[2]],
    ['الأحد ٢٢/١١ ٩:٠٠ ص', sunday[0]],
    ['الثلاثاء ٩:٣٠', tuesday[1]],
    ['الاحد ١٠:٣٠', sunday[3]],
    ['Tuesday 10:00', tuesday[2]],
    ['sunday 11:00 am', sunday[4]],
  ])('takes %j', (text, start) => {
    expect(read(text)).toEqual(answer(slotId(start ?? 0)));
  });

  it.each(['', 'الأحد', '٩:٣٠', 'الأحد ٩:١٥', 'الاثنين ٩:٠٠', '٩', 'أي وقت', 'متى تبون'])(
    'takes no guess for %j',
    (text) => {
      expect(read(text)).toEqual(problem('slotUnclear'));
    },
  );

  it('takes a number by the list that was shown, though others are free by now', () => {
    const others = slots.slice(1);
    expect(take({ text: '٢' }, { slots: others, offered: shown })).toEqual(answer(idOf(sunday, 1)));
    expect(take({ text: '١' }, { slots: others, offered: shown })).toMatchObject({ type: 'more' });
    expect(take({ value: idOf(sunday, 0) }, { slots: others, offered: shown })).toMatchObject({
      type: 'more',
      said: assets.t('ar', 'interview.gone'),
    });
  });

  it.each([
    ['of the past', slotId(at('20', '09:00'))],
    ['outside the profile', slotId(at('22', '09:17'))],
  ])('does not take a time %s, and shows those that are free', (_what, value) => {
    expect(take({ value }, { slots, offered: shown })).toMatchObject({ type: 'more' });
  });

  it.each(['tomorrow', '20261122', '', 'constructor'])('takes no other value: %j', (value) => {
    expect(take({ value }, { slots, offered: shown })).toEqual(problem('slotUnclear'));
  });

  it('lets the form wait when nothing is free', () => {
    expect(slot.ask?.(step, { ...inArabic, slots: [] })).toBe(assets.t('ar', 'interview.noneFree'));
    expect(take({ text: '1' }, { slots: [], offered: shown })).toMatchObject({
      type: 'pause',
      offer: ['person', 'menu'],
    });
  });

  it('is asked again when somebody else has taken the time meanwhile', () => {
    expect(slot.revise?.(step, idOf(sunday, 0), inArabic)).toBe(idOf(sunday, 0));
    expect(slot.revise?.(step, idOf(sunday, 0), { ...inArabic, slots: tuesday })).toBeUndefined();
    expect(slot.revise?.(step, 'broken', inArabic)).toBeUndefined();
  });

  it('takes whatever arrives: one of the times, or a sentence in both languages', () => {
    const pieces = fc.constantFrom(
      'الأحد',
      'sunday',
      '٩:٣٠',
      '9',
      '٢٢/١١',
      'صباحًا',
      ' ',
      ':',
      '١',
      '٩٩',
      'نعم',
      '🌙',
      '\u202e',
    );
    const text = fc.oneof(
      fc.array(pieces, { maxLength: 8 }).map((list) => list.join(' ')),
      fc.string({ unit: 'binary' }),
    );
    const input = fc.record({
      text,
      value: fc.option(fc.oneof(text, fc.constantFrom(...slots.map(slotId))), { nil: undefined }),
    });
    const any = fc.record({ free: fc.subarray(slots), input });
    fc.assert(
      fc.property(any, ({ free, input: given }) => {
        const reading = take(given, { slots: free, offered: shown });
        const taken = reading.type === 'answer' ? free.map(slotId).includes(String(reading.value)) : true;
        expect(taken).toBe(true);
        expect(['answer', 'invalid', free.length > 0 ? 'more' : 'pause']).toContain(reading.type);
      }),
    );
  });

  it('is shown in words', () => {
    const words = {
      ar: 'الثلاثاء ١٤ جمادى الآخرة ١٤٤٨ هـ، الموافق ٢٤ نوفمبر ٢٠٢٦ م، الساعة ٩:٠٠ صباحًا',
      en: 'Tuesday 14 Jumada II 1448 AH, 24 November 2026, at 9:00 am',
    };
    for (const locale of ['ar', 'en'] as const)
      expect(slot.show?.(step, idOf(tuesday, 0), { assets, locale })).toBe(words[locale]);
  });

  it('is quick with whatever arrives', () => {
    expectAllQuick(read);
  });
});
