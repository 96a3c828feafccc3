import { describe, expect, it } from 'vitest';
import { localDigits } from '../../src/language/digits.js';
import { isolate } from '../../src/language/direction.js';

describe('a left-to-right value', () => {
  it('is wrapped once', () => {
    expect(isolate('+966 11 000 0000')).toBe('\u2066+966 11 000 0000\u2069');
    expect(isolate(isolate('ASB-7K3Q-9'))).toBe(isolate('ASB-7K3Q-9'));
    expect(isolate('')).toBe('');
  });
});

describe('local digits', () => {
  it.each([
    [14, '١٤', '14'],
    [2.5, '٢٫٥', '2.5'],
    [-3, '-٣', '-3'],
    ['05-12', '٠٥-١٢', '05-12'],
    ['v1.2', 'v١.٢', 'v1.2'],
  ])('%s', (value, arabic, english) => {
    expect(localDigits(value, 'ar')).toBe(arabic);
    expect(localDigits(value, 'en')).toBe(english);
  });
});
