import { describe, expect, it } from 'vitest';
import { contentTypes } from '../../../src/core/activity.js';
import { answer, createReader, expectAnyInputTaken, expectQuick, problem } from './reader.js';

const { read, take, shows } = createReader('contact', { sensitive: true });
const shared = (phone: string, own: boolean) => ({
  attachments: [{ contentType: 'image/png' }, { contentType: contentTypes.contact, content: { phone, own } }],
});

describe('a contact step', () => {
  it('takes a contact that was shared, and whether it is the own one', () => {
    expect(take(shared('966500000000', true))).toEqual(answer({ phone: '+966500000000', own: true }));
    expect(take(shared('+20 100 123 4567', false))).toEqual(answer({ phone: '+201001234567', own: false }));
  });

  it('takes a typed Saudi mobile', () => {
    expect(read('رقم ولدي ٠٥٠٠٠٠٠٠٠٠')).toEqual(answer({ phone: '+966500000000', own: false }));
  });

  it.each([
    ['', 'contactMissing'],
    ['ولدي', 'contactMissing'],
    ['+201001234567', 'mobileForeign'],
    ['0112345678', 'mobileLandline'],
    ['05000', 'mobileWrong'],
    ['0500000000 / 0511111111', 'mobileSeveral'],
  ])('says of %j what is wrong: %s', (text, name) => {
    expect(read(text)).toEqual(problem(name));
  });

  it('says of a shared contact without a mobile what is wrong', () => {
    expect(take(shared('0112345678', false))).toEqual(problem('mobileLandline'));
    expect(take(shared('غير رقم', false))).toEqual(problem('contactMissing'));
    expect(take({ attachments: [{ contentType: contentTypes.contact }] })).toEqual(problem('contactMissing'));
  });

  it('shows the last three digits, from left to right', () => {
    expect(shows({ phone: '+966500000123', own: false })).toBe('\u206605•••••123\u2069');
    expect(shows({ phone: '+201001234567', own: false })).toBe('\u2066+20•••••567\u2069');
  });

  it('takes whatever arrives', () => {
    const shape = (value: unknown) => /^\{"phone":"\+\d{8,15}","own":(true|false)\}$/.test(JSON.stringify(value));
    expectAnyInputTaken('contact', { like: ['0500000000', '+966500000000', '+201001234567', '٠٥'], shape });
    expectQuick('contact');
  });
});
