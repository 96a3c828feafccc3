import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { latinDigits, normalise, tokens } from '../../src/language/normalise.js';

describe('normalising', () => {
  it.each([
    ['أَهْلًا وسَهْلًا', 'اهلا وسهلا', 'diacritics and hamza'],
    ['جمعيـــــة', 'جمعيه', 'tatweel and ta marbuta'],
    ['هدى آمنة سؤال شيء بيئة', 'هدي امنه سوال شي بييه', 'alef maqsura, madda and hamza on a seat'],
    ['السلام\u200f عليكم\u200b', 'السلام عليكم', 'direction marks and zero-width spaces'],
    ['گروب چای پلیز کیف', 'قروب جاي بليز كيف', 'Persian keyboards'],
    ['ابغىىىىىى', 'ابغي', 'elongation'],
    ['٢٣ و ۴۵', '23 و 45', 'digits'],
    ['طلب٢', 'طلب 2', 'digits joined to letters'],
    ['وش الأوراق؟!!! 🙏🏽', 'وش الاوراق', 'punctuation and emoji'],
    ['ﻻ ﺑﺄﺱ', 'لا باس', 'presentation forms'],
    ['How MUCH, please?', 'how much please', 'capitals'],
    ['café', 'cafe', 'Latin accents'],
  ])('%s is %s: %s', (typed, normal) => {
    expect(normalise(typed)).toBe(normal);
  });

  it('makes one spelling of the ways to type a word', () => {
    expect(new Set(['الأُسرة', 'الاسره', 'الأسرة', 'الاســـرة', 'الإسره'].map(normalise)).size).toBe(1);
  });

  it.each(['', ' ', '؟؟', '🙏🏽👍', '\ud800', '\u200f\u200e'])('finds no words in %j', (typed) => {
    expect(tokens(typed)).toEqual([]);
  });

  it('takes any string, and a second time changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (typed) => {
        const normal = normalise(typed);
        expect(normalise(normal)).toBe(normal);
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0xffff })), (units) => {
        const normal = normalise(String.fromCharCode(...units));
        expect(normalise(normal)).toBe(normal);
        expect(normal.isWellFormed()).toBe(true);
      }),
    );
  });

  it('reads Arabic-Indic and Persian digits and leaves the rest', () => {
    expect(latinDigits('٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹ أ-5')).toBe('0123456789 0123456789 أ-5');
  });
});
