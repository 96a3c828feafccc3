import { describe, expect, it } from 'vitest';
import { answer, createReader, expectAnyInputTaken, expectQuick, problem } from './reader.js';

const { read, take, shows } = createReader('date');
const past = createReader('date', { only: 'past' });
const future = createReader('date', { only: 'future' });

describe('a date step', () => {
  it.each([
    ['٣/٥/١٤١٠', '1989-12-02'],
    ['1410/5/3', '1989-12-02'],
    ['3 جماد أول 1410', '1989-12-02'],
    ['20/3/1985', '1985-03-20'],
    ['٢٠ مارس ١٩٨٥', '1985-03-20'],
    ['ولدت في 20-3-1985 م', '1985-03-20'],
    ['اليوم', '2026-11-21'],
    ['امس', '2026-11-20'],
    ['بكرة', '2026-11-22'],
  ])('takes %j for %s', (text, day) => {
    expect(read(text)).toEqual(answer(day));
  });

  it.each([
    ['', 'dateUnclear'],
    ['ما أذكر', 'dateUnclear'],
    ['1410', 'dateUnclear'],
    ['3/5', 'dateYear'],
    ['3/5/85', 'dateYear'],
    ['3/5/2985', 'dateYear'],
    ['3 رمضان', 'dateYear'],
    ['31/4/1985', 'dateImpossible'],
    ['30/2/1446', 'answer'],
    ['30/1/1446', 'dateImpossible'],
    ['3/13/1410', 'dateImpossible'],
    ['3 رمضان 1985', 'dateImpossible'],
  ])('says of %j what is wrong: %s', (text, name) => {
    expect(read(text)).toMatchObject(name === 'answer' ? { type: 'answer' } : problem(name));
  });

  it('takes the days that are asked for; today is never too late and never too early', () => {
    expect(past.read('بكرة')).toEqual(problem('dateNotPast'));
    expect(past.read('1/1/1449')).toEqual(problem('dateNotPast'));
    expect(past.read('اليوم')).toEqual(answer('2026-11-21'));
    expect(future.read('اليوم')).toEqual(answer('2026-11-21'));
    expect(future.read('أمس')).toEqual({
      ...problem('dateNotFuture'),
      variables: { example: '\u206622/11/2026\u2069' },
    });
  });

  it('counts the day from midnight in Riyadh', () => {
    const lateInUtc = Date.parse('2026-11-21T21:30:00Z');
    expect(take({ text: 'اليوم' }, { now: lateInUtc })).toEqual(answer('2026-11-22'));
  });

  it('takes the day of a date picker', () => {
    expect(take({ value: '1985-03-20' })).toEqual(answer('1985-03-20'));
    expect(take({ text: '1985-03-20T00:00:00.000Z' })).toEqual(answer('1985-03-20'));
  });

  it('shows both calendars', () => {
    expect(shows('1985-03-20')).toBe('الأربعاء ٢٨ جمادى الآخرة ١٤٠٥ هـ، الموافق ٢٠ مارس ١٩٨٥ م');
    expect(shows('1985-03-20', 'en')).toBe('20 March 1985 (Wednesday 28 Jumada II 1405 AH)');
  });

  it('takes whatever arrives', () => {
    const like = ['1410', '3', '/5/', '3/5/1410', '1985-03-20', 'رمضان', 'ربيع', 'مارس', 'أمس', 'الموافق'];
    expectAnyInputTaken('date', { like, shape: (value) => /^(1[89]|2[01])\d\d-\d\d-\d\d$/.test(String(value)) });
    expectQuick('date');
  });
});
