import { describe, expect, it } from 'vitest';
import { answer, createReader, expectAnyInputTaken, expectQuick, problem } from './reader.js';

const { read, take, shows } = createReader('iban', { sensitive: true });
// The sample of the register of IBANs.
const sample = 'SA0380000000608010167519';

describe('an iban step', () => {
  it.each([
    sample,
    'sa0380000000608010167519',
    'SA03 8000 0000 6080 1016 7519',
    'SA03-8000-0000-6080-1016-7519',
    'SA 03 8000 0000 6080 1016 7519',
    'SA٠٣ ٨٠٠٠ ٠٠٠٠ ٦٠٨٠ ١٠١٦ ٧٥١٩',
    'الآيبان حقي SA0380000000608010167519 الراجحي',
    'my iban is SA03 8000 0000 6080 1016 7519 thanks',
    'IBANSA0380000000608010167519',
    '0380000000608010167519',
  ])('takes %j', (text) => {
    expect(read(text)).toEqual(answer(sample));
  });

  it.each([
    ['', problem('ibanMissing')],
    ['بنك الراجحي', problem('ibanMissing')],
    ['608010167519', problem('ibanMissing')],
    ['AE070331234567890123456', problem('ibanForeign')],
    ['SA03 8000 0000 6080 1016 751', { ...problem('ibanLength'), variables: { got: '٢٣' } }],
    [`${sample}0`, { ...problem('ibanLength'), variables: { got: '٢٥' } }],
    ['SA0380000000608010167591', problem('ibanCheck')],
    ['SA1380000000608010167519', problem('ibanCheck')],
  ])('says of %j what is wrong', (text, reading) => {
    expect(read(text)).toEqual(reading);
  });

  it('takes what a client of its own sends as the value', () => {
    expect(take({ value: sample })).toEqual(answer(sample));
  });

  it('shows the last four digits, from left to right', () => {
    expect(shows(sample)).toBe('\u2066SA••••••7519\u2069');
  });

  it('takes whatever arrives', () => {
    const like = [sample, 'SA', 'SA03', '8000 0000', '6080 1016 7519', '0380000000608010167519', 'AE07'];
    expectAnyInputTaken('iban', { like, shape: (value) => /^SA\d{4}[0-9A-Z]{18}$/.test(String(value)) });
    expectQuick('iban');
  });
});
