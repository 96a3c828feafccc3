import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answer, createReader, expectAnyInputTaken, expectQuick, problem } from './reader.js';

const { read, take, shows } = createReader('saudi-id', { sensitive: true });

describe('a saudi-id step', () => {
  it.each([
    ['1234567897', '1234567897'],
    ['١٢٣٤٥٦٧٨٩٧', '1234567897'],
    ['۱۲۳۴۵۶۷۸۹۷', '1234567897'],
    ['1234 567 897', '1234567897'],
    ['1234-567-897', '1234567897'],
    ['١٢٣٤ـ٥٦٧ـ٨٩٧', '1234567897'],
    ['رقم هويتي ١٢٣٤٥٦٧٨٩٧ والله يعافيكم', '1234567897'],
    ['هويتي:1234567897.', '1234567897'],
    ['My iqama is 2000000006', '2000000006'],
    ['الهوية 1234567897 والجوال 0500000000', '1234567897'],
    ['1234567897 نعم 1234567897', '1234567897'],
    ['1234567897 1410', '1234567897'],
  ])('takes %j', (text, id) => {
    expect(read(text)).toEqual(answer(id));
  });

  it.each([
    ['', problem('idMissing')],
    ['ما عندي', problem('idMissing')],
    ['1234567897 و 2000000006', problem('idMissing')],
    ['123456789', { ...problem('idLength'), variables: { digits: '٩' } }],
    ['12345678970', { ...problem('idLength'), variables: { digits: '١١' } }],
    ['0500000000', problem('idBeginning')],
    ['3234567890', problem('idBeginning')],
    ['1234567890', problem('idCheck')],
    ['1243567897', problem('idCheck')],
  ])('says of %j what is wrong', (text, reading) => {
    expect(read(text)).toEqual(reading);
  });

  it('notices every single wrong digit after the first', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), (place, by) => {
        const digits = Array.from('1234567897');
        digits[place] = String((Number(digits[place]) + by) % 10);
        expect(read(digits.join(''))).toEqual(problem('idCheck'));
      }),
    );
  });

  it('takes what a client of its own sends as the value', () => {
    expect(take({ value: '2000000006' })).toEqual(answer('2000000006'));
  });

  it('shows the last four digits, from left to right', () => {
    expect(shows('1234567897')).toBe('\u2066••••••7897\u2069');
  });

  it('takes whatever arrives', () => {
    const like = ['1234567897', '١٢٣٤٥٦٧٨٩٧', '1234 567', '897', '2000000006', '123456789'];
    expectAnyInputTaken('saudi-id', { like, shape: (value) => /^[12]\d{9}$/.test(String(value)) });
    expectQuick('saudi-id');
  });
});
