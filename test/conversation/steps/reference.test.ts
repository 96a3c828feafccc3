import { describe, expect, it } from 'vitest';
import { makeReference, readReference } from '../../../src/core/reference.js';
import { systemIds } from '../../../src/core/ids.js';
import { answer, createReader, expectAnyInputTaken, expectQuick, problem } from './reader.js';

const { read, shows } = createReader('reference');

describe('a reference step', () => {
  it.each([
    'ASB-1234-R',
    'asb 1234 r',
    'ASB-١٢٣٤-R',
    'asb1234r',
    '1234-R',
    'رقم الطلب ASB-1234-R لو سمحتم',
    'my request is ASB-1234-R thanks',
    'طلبي رقم 1234R',
    'طلبي asb 1234 r',
  ])('takes %j', (text) => {
    expect(read(text)).toEqual(answer('ASB-1234-R'));
  });

  it.each(['', 'زززز', 'ASB-1234-S', 'ASB-2134-R', '1234', 'نسيته'])('does not take %j, and shows one', (text) => {
    const variables = { example: '\u2066ASB-1234-R\u2069' };
    expect(read(text)).toEqual({ ...problem('referenceUnclear'), variables });
  });

  it('takes every reference that is given out', () => {
    for (let count = 0; count < 200; count += 1) {
      const given = makeReference('ASB', systemIds);
      expect(read(`رقم طلبي هو ${given}`)).toEqual(answer(given));
    }
  });

  it('shows it from left to right', () => {
    expect(shows('ASB-1234-R')).toBe('\u2066ASB-1234-R\u2069');
  });

  it('takes whatever arrives', () => {
    const shape = (value: unknown) => readReference(String(value), 'ASB') === value;
    expectAnyInputTaken('reference', { like: ['ASB-1234-R', 'ASB', '1234', 'R'], shape });
    expectQuick('reference');
  });
});
