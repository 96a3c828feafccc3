import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupedDigits, readNumber } from '../../src/language/numbers.js';

const found = (value: number) => ({ type: 'number', value });

describe('the number in a text', () => {
  it.each([
    ['5', 5], ['٥', 5], ['۵', 5], ['５', 5], ['007', 7], ['5؟', 5],
    ['5000', 5000], ['5,000', 5000], ['٥٬٠٠٠', 5000], ['5 000', 5000], ['5.000', 5000], ['5،000', 5000],
    ['1,234,567', 1_234_567], ['1.234.567,50', 1_234_567.5], ['5,000.50', 5000.5], ['5.5', 5.5], ['٥٫٥', 5.5], ['0.500', 0.5],
    ['5k', 5000], ['5K', 5000], ['٥ آلاف', 5000], ['٥الاف', 5000], ['12.5 الف', 12_500], ['1.5m', 1_500_000], ['5 الاف و٥٠٠', 5500],
    ['-5', -5], ['−٥', -5], ['سالب خمسة', -5], ['minus 5', -5], ['-0', 0], ['5000-', 5000],
  ])('may be in digits: %j', (text, value) => {
    expect(readNumber(text)).toEqual(found(value));
  }); // prettier-ignore

  it.each([
    ['صفر', 0], ['واحد', 1], ['شخص واحد', 1], ['ثلاثة عشر', 13], ['ثلطعش', 13], ['احد عشر', 11], ['خمسة وعشرون', 25],
    ['واحد وعشرين', 21], ['مية', 100], ['مئة وخمسة', 105], ['ميتين وخمسين', 250], ['ست مية', 600], ['5 مية', 500],
    ['ثلاثمائة وخمسة وستين', 365], ['ألف', 1000], ['الفين', 2000], ['خمسه الاف وخمسميه', 5500], ['ألف ومية وخمسين', 1150],
    ['ألف ونص', 1500], ['الفين وربع', 2250], ['خمسة ونص', 5.5], ['نص مليون', 500_000], ['مليونين وثلاثمية الف', 2_300_000],
    ['خمسة وعشرين ألف ريال', 25_000], ['مية وخمسين الف', 150_000], ['بخمسمية', 500],
    ['twenty five', 25], ['five thousand two hundred and fifty', 5250], ['fifteen hundred', 1500],
    ['لا يوجد', 0], ['ما عندي دخل', 0], ['none', 0],
  ])('may be in words: %j', (text, value) => {
    expect(readNumber(text)).toEqual(found(value));
  }); // prettier-ignore

  it.each(['3-5', 'من 3000 الى 4000', '3 اولاد و 2 بنات', 'خمسة ستة', '5 خمسين', '3/5', '1.5.2'])(
    'is not one number: %j',
    (text) => {
      expect(readNumber(text)).toEqual({ type: 'several' });
    },
  );

  it.each([
    '',
    'زززز',
    'لا',
    'نص',
    '🤷',
    'ابغى واحد يكلمني',
    'هل 5 أيام كافية؟',
    'كم مرة اقدر اقدم بعد 3 شهور',
    'والله يا اخوي انا ظروفي صعبة من سنة 1440 وما معي احد الا الله ثم اهل الخير وعيالي صغار', // prettier-ignore
  ])('is not there: %j', (text) => {
    expect(readNumber(text)).toEqual({ type: 'none' });
  });

  it('is read as it is written for people, in both languages', () => {
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom('ar', 'en'), (value, locale) => {
        expect(readNumber(groupedDigits(value, locale))).toEqual(found(value));
      }),
    );
  });
});

describe('a number for people', () => {
  it.each([
    [0, '٠', '0'],
    [5000, '٥٠٠٠', '5000'],
    [12_500, '١٢٬٥٠٠', '12,500'],
    [-5, '-٥', '-5'],
    [2.5, '٢٫٥', '2.5'],
  ])('%d', (value, arabic, english) => {
    expect([groupedDigits(value, 'ar'), groupedDigits(value, 'en')]).toEqual([arabic, english]);
  });
});
