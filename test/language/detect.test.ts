import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectLocale } from '../../src/language/detect.js';

describe('the language of a text', () => {
  it.each([
    ['كيف أقدم على الدعم؟', { locale: 'ar', words: 4 }],
    ['How do I apply?', { locale: 'en', words: 4 }],
    ['ابغى ارسل PDF', { locale: 'ar', words: 2 }],
    ['ok', { locale: 'en', words: 1 }],
    ['my name is أحمد', { locale: 'en', words: 3 }],
    ['ایمیلي someone.name@example.org', { locale: 'ar', words: 1 }],
    ['رقمي SA0380000000608010167519', { locale: 'ar', words: 1 }],
    ['الرابط https://example.org/a-b-c', { locale: 'ar', words: 1 }],
  ])('%s', (text, expected) => {
    expect(detectLocale(text)).toEqual(expected);
  });

  it.each(['', '123', '؟!', '🙏', 'hello مرحبا', 'ASB-7K3Q-9', 'привет'])('is unknown for %j', (text) => {
    expect(detectLocale(text)).toBeUndefined();
  });

  it('takes any string', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(detectLocale(text)?.words).not.toBe(0);
      }),
    );
  });
});
