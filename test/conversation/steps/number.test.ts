import { describe, expect, it } from 'vitest';
import { answer, createReader, expectAnyInputTaken, expectQuick, problem } from './reader.js';

const { read, take, shows } = createReader('number', { min: 1, max: 20_000 });

describe('a number step', () => {
  it.each([
    ['6', 6],
    ['٦', 6],
    ['۶', 6],
    ['ستة', 6],
    ['عددنا ستة أشخاص', 6],
    ['12,500', 12_500],
    ['5.0', 5],
    ['خمسة وعشرين', 25],
  ])('takes %j for %d', (text, value) => {
    expect(read(text)).toEqual(answer(value));
  });

  it.each([
    ['زززز', 'numberMissing'],
    ['', 'numberMissing'],
    ['🤷', 'numberMissing'],
    ['كم 5 أيام؟', 'numberMissing'],
    ['٣ أولاد و٢ بنات', 'numberSeveral'],
    ['من 3 إلى 5', 'numberSeveral'],
    ['2.5', 'numberNotWhole'],
    ['خمسة ونص', 'numberNotWhole'],
  ])('says of %j what is wrong: %s', (text, name) => {
    expect(read(text)).toEqual(problem(name));
  });

  it.each([
    ['0', 'numberSmall', '١'],
    ['-3', 'numberSmall', '١'],
    ['سالب ثلاثة', 'numberSmall', '١'],
    ['20001', 'numberLarge', '٢٠٬٠٠٠'],
    ['9'.repeat(400), 'numberLarge', '٢٠٬٠٠٠'],
  ])('names the limit that %j passes', (text, name, limit) => {
    expect(read(text)).toEqual({ ...problem(name), variables: { limit } });
  });

  it('takes what a client of its own sends as the value', () => {
    expect(take({ value: '7' })).toEqual(answer(7));
    expect(take({ text: '3', value: 'staff' })).toEqual(problem('numberMissing'));
  });

  it('takes a number below zero where it is asked for', () => {
    expect(createReader('number', { min: -40, max: 60 }).read('-5')).toEqual(answer(-5));
  });

  it('shows it in the digits of the language', () => {
    expect(shows(12)).toBe('١٢');
    expect(shows(12_500)).toBe('١٢٬٥٠٠');
    expect(shows(12_500, 'en')).toBe('12,500');
  });

  it('takes whatever arrives', () => {
    const shape = (value: unknown) => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 100;
    expectAnyInputTaken('number', { like: ['6', 'خمسة', 'ونص', '1,000', '-5'], shape, options: { min: 1, max: 100 } });
    expectQuick('number');
  });
});
