import { describe, expect, it } from 'vitest';
import { contentTypes } from '../../../src/core/activity.js';
import { answer, createReader, expectAnyInputTaken, expectQuick, problem } from './reader.js';

const { read, take, shows } = createReader('saudi-mobile', { sensitive: true });
const shared = (phone: string) => ({
  attachments: [{ contentType: contentTypes.contact, content: { phone, own: true } }],
});

describe('a saudi-mobile step', () => {
  it.each([
    '0500000000',
    '500000000',
    '966500000000',
    '00966500000000',
    '+966500000000',
    '+966 50 000 0000',
    '+966 (0) 50-000-0000',
    '966500000000+',
    '+966 0500000000',
    '٠٥٠٠٠٠٠٠٠٠',
    '۰۵۰۰۰۰۰۰۰۰',
    '٠٥٠ ٠٠٠ ٠٠٠٠',
    '050.000.0000',
    'جوالي 0500000000 واتساب 24 ساعة',
    '0500000000 أو +966500000000',
  ])('takes %j', (text) => {
    expect(read(text)).toEqual(answer('+966500000000'));
  });

  it.each([
    ['', 'mobileMissing'],
    ['جوالي خربان', 'mobileMissing'],
    ['050000000', 'mobileWrong'],
    ['05000000000', 'mobileWrong'],
    ['1234567897', 'mobileWrong'],
    ['12', 'mobileWrong'],
    ['0112345678', 'mobileLandline'],
    ['+966 11 234 5678', 'mobileLandline'],
    ['920012345', 'mobileLandline'],
    ['+201001234567', 'mobileForeign'],
    ['00971501234567', 'mobileForeign'],
    ['971501234567', 'mobileForeign'],
    ['0500000000 و 0511111111', 'mobileSeveral'],
  ])('says of %j what is wrong: %s', (text, name) => {
    expect(read(text)).toEqual(problem(name));
  });

  it('takes a contact that was shared', () => {
    expect(take(shared('966500000000'))).toEqual(answer('+966500000000'));
    expect(take(shared('+201001234567'))).toEqual(problem('mobileForeign'));
    expect(take(shared(''))).toEqual(problem('mobileMissing'));
  });

  it('shows the last three digits, from left to right', () => {
    expect(shows('+966500000123')).toBe('\u206605•••••123\u2069');
  });

  it('takes whatever arrives', () => {
    const like = ['0500000000', '+966', '500000000', '٠٥', '00966', '+201001234567', '0112345678'];
    expectAnyInputTaken('saudi-mobile', { like, shape: (value) => /^\+9665\d{8}$/.test(String(value)) });
    expectQuick('saudi-mobile');
  });
});
