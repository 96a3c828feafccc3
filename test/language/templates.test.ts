import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillTemplate, joinList, templateVariables, valueAt, type Variables } from '../../src/language/templates.js';

const variables: Variables = {
  name: { ar: 'جمعية المثال', en: 'Example Association' },
  review: { minimumDays: 14 },
  contact: { phone: { ltr: '+966110000000' }, absent: undefined },
  services: [{ ar: 'سكن', en: 'housing' }, { ar: 'تدريب', en: 'training' }, { ar: 'غذاء', en: 'food' }],
  note: 'O\'Neil & <b>',
}; // prettier-ignore

const filled = (text: string) => ({ type: 'filled', text });

describe('filling a template', () => {
  it.each([
    ['{{name}}', 'جمعية المثال', 'Example Association'],
    ['{{ review.minimumDays }}', '١٤', '14'],
    ['{{services}}', 'سكن، تدريب وغذاء', 'housing, training and food'],
    ['{{contact.phone}}', '\u2066+966110000000\u2069', '+966110000000'],
    ['{{note}}', "O'Neil & <b>", "O'Neil & <b>"],
    ['{{note}}{{note}}', "O'Neil & <b>O'Neil & <b>", "O'Neil & <b>O'Neil & <b>"],
    ['بلا متغيرات', 'بلا متغيرات', 'بلا متغيرات'],
  ])('%s', (template, arabic, english) => {
    expect(fillTemplate(template, variables, 'ar')).toEqual(filled(arabic));
    expect(fillTemplate(template, variables, 'en')).toEqual(filled(english));
  });

  it('does not read what it has put in', () => {
    expect(fillTemplate('{{a}}', { a: '{{name}} $& $1' }, 'ar')).toEqual(filled('{{name}} $& $1'));
  });

  it.each(['contact.absent', 'contact.website', 'contact', 'nothing.at.all', 'name.constructor', '__proto__', 'toString', 'note.length', 'a b', ''])(
    'prints nothing when {{%s}} is not there',
    (variable) => {
      expect(fillTemplate(`{{name}}: {{${variable}}}`, variables, 'en')).toEqual({ type: 'missing', variable });
    },
  ); // prettier-ignore

  it('takes any template', () => {
    const piece = fc.oneof(fc.string(), fc.constantFrom('{{', '}}', '{{name}}', '{{x.y}}', '{', '}'));
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const template = pieces.join('');
        const result = fillTemplate(template, variables, 'ar');
        const absent = templateVariables(template).filter((path) => path !== 'name');
        expect(result.type).toBe(absent.length > 0 ? 'missing' : 'filled');
      }),
    );
  });
});

describe('what a template names', () => {
  it('is listed once, in order', () => {
    expect(templateVariables('{{b}} {{ a.c }} {{b}} { {d} }')).toEqual(['b', 'a.c']);
  });

  it('can be asked for by path', () => {
    expect(valueAt(variables, 'review.minimumDays')).toBe(14);
    expect(valueAt(variables, 'contact.website')).toBeUndefined();
    expect(valueAt(variables, 'review')).toBeUndefined();
  });
});

describe('a list in words', () => {
  it.each([
    [[], '', ''],
    [['أ'], 'أ', 'أ'],
    [['أ', 'ب'], 'أ وب', 'أ and ب'],
    [['أ', 'ب', 'ج'], 'أ، ب وج', 'أ, ب and ج'],
  ])('%j', (items, arabic, english) => {
    expect(joinList(items, 'ar')).toBe(arabic);
    expect(joinList(items, 'en')).toBe(english);
  });
});
