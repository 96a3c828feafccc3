import { describe, expect, it } from 'vitest';
import { answer, createReader, expectAnyInputTaken, expectQuick, problem } from './reader.js';

const { read, shows } = createReader('money', { min: 500, max: 50_000 });

describe('a money step', () => {
  it.each([
    ['4500', 4500],
    ['٤٥٠٠', 4500],
    ['٤٬٥٠٠ ريال', 4500],
    ['4.500', 4500],
    ['4 500', 4500],
    ['SAR 4,500.75', 4500],
    ['٤٥٠٠٫٩٩', 4500],
    ['4500 ر.س', 4500],
    ['﷼4500', 4500],
    ['4.5k', 4500],
    ['٥ آلاف', 5000],
    ['خمسة آلاف ريال', 5000],
    ['راتبي أربعة آلاف وخمسمية شهريا', 4500],
    ['أربعة آلاف ونص', 4500],
    ['٤٥٠٠ ريال و ٥٠ هللة', 4500],
    ['4500 riyals and 50 halalas', 4500],
  ])('takes %j for %d riyals', (text, value) => {
    expect(read(text)).toEqual(answer(value));
  });

  it('takes words for nothing where nothing is possible', () => {
    expect(createReader('money').read('ما عندي دخل')).toEqual(answer(0));
    expect(createReader('money').read('صفر')).toEqual(answer(0));
  });

  it.each([
    ['زززز', problem('moneyMissing')],
    ['ريال', problem('moneyMissing')],
    ['هل 500 ريال تكفي؟', problem('moneyMissing')],
    ['٣٠٠٠ إلى ٤٠٠٠', problem('moneySeveral')],
    ['499.99', { ...problem('moneySmall'), variables: { limit: '٥٠٠ ريال' } }],
    ['-4500', { ...problem('moneySmall'), variables: { limit: '٥٠٠ ريال' } }],
    ['50001', { ...problem('moneyLarge'), variables: { limit: '٥٠٬٠٠٠ ريال' } }],
    ['مليون', { ...problem('moneyLarge'), variables: { limit: '٥٠٬٠٠٠ ريال' } }],
  ])('says of %j what is wrong', (text, reading) => {
    expect(read(text)).toEqual(reading);
  });

  it.each([
    [0, '٠ ريال', '0 riyals'],
    [1, 'ريال واحد', '1 riyal'],
    [2, 'ريالان', '2 riyals'],
    [7, '٧ ريالات', '7 riyals'],
    [45, '٤٥ ريالًا', '45 riyals'],
    [4500, '٤٥٠٠ ريال', '4500 riyals'],
    [12_500, '١٢٬٥٠٠ ريال', '12,500 riyals'],
  ])('shows %d as people say it', (value, arabic, english) => {
    expect(shows(value)).toBe(arabic);
    expect(shows(value, 'en')).toBe(english);
  });

  it('takes whatever arrives', () => {
    const shape = (value: unknown) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 10_000_000;
    expectAnyInputTaken('money', { like: ['4500', '٥ آلاف', 'ريال', '50 هللة', '-5', '0.5'], shape });
    expectQuick('money');
  });
});
