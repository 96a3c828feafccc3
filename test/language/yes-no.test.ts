import { describe, expect, it } from 'vitest';
import { readYesNo } from '../../src/language/yes-no.js';
import { content } from '../fixtures/assets.js';

const { yes, no } = content().words.answers;
const words = { yes: [...yes.ar, ...yes.en], no: [...no.ar, ...no.en] };

describe('yes or no', () => {
  it.each([
    'نعم', 'ايه موافق', 'إيه', 'أيوه طبعا موافق', 'تمام', 'طيب تمام', 'أكيد', 'موافقه', 'اوكي', 'yes', 'Yes please', 'ok sure', '١', '1', 'الأول',
  ])('reads yes in %j', (text) => {
    expect(readYesNo(text, words)).toBe(true);
  }); // prettier-ignore

  it.each(['لا', 'لا شكرا', 'غير موافق', 'مو موافق', 'كلا', 'no', 'no thanks', 'not now', '٢', 'لا مو موافق'])(
    'reads no in %j',
    (text) => {
      expect(readYesNo(text, words)).toBe(false);
    },
  );

  it.each([
    '',
    'ربما',
    'لا موافق',
    'نعم ولا',
    'yes and no',
    'متى يطلع القرار؟',
    'لا أعرف هل أوافق أو أنتظر حتى أسأل ابني',
    'نغم',
  ])('reads neither in %j', (text) => {
    expect(readYesNo(text, words)).toBeUndefined();
  });
});
