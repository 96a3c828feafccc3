import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchChoice } from '../../src/language/choice.js';

const choices = [
  { value: 'services', labels: ['الخدمات والبرامج', 'Services'] },
  { value: 'staff', labels: ['👤 تعامل الموظفين', 'Staff'] },
  { value: 'papers', labels: ['الأوراق المطلوبة', 'Papers'] },
  { value: 'website', labels: ['الموقع الإلكتروني', 'Web site'] },
];

const chosen = (value: string) => ({ type: 'chosen', value });

describe('a typed choice', () => {
  it.each(['2', '٢', '۲', '2.', '٢-', '(٢)', 'رقم ٢', 'رقم2', 'الثاني', 'الثانية', 'ثانيا', 'اثنين', '2️⃣', 'second', 'The second one', 'option 2', 'ابي الثانية'])(
    'may be its number: %s',
    (text) => {
      expect(matchChoice(text, choices)).toEqual(chosen('staff'));
    },
  ); // prettier-ignore

  it.each([
    ['اول واحد', 'services'],
    ['الأخير', 'website'],
    ['first', 'services'],
  ])('may be its place: %s', (text, value) => {
    expect(matchChoice(text, choices)).toEqual(chosen(value));
  });

  it.each([
    ['تعامل الموظفين', 'staff'],
    ['تَعامُل المُوظفين', 'staff'],
    ['👤 تعامل الموظفين', 'staff'],
    ['STAFF', 'staff'],
    ['اوراق مطلوبه', 'papers'],
    ['الاوراق', 'papers'],
    ['موظفين', 'staff'],
    ['الموضفين', 'staff'],
    ['تعامل الموظفن', 'staff'],
    ['الاورق المطلوبه', 'papers'],
    ['خدم', 'services'],
    ['البرامج والخدمات', 'services'],
    ['pappers', 'papers'],
    ['website', 'website'],
    ['ابغى الخدمات والبرامج لو سمحت', 'services'],
  ])('may be its label or nearly so: %s', (text, value) => {
    expect(matchChoice(text, choices)).toEqual(chosen(value));
  });

  it.each(['', '؟', '5', '٠', '12', '1.5', 'طماطم', 'كم سعر الدولار', 'ليش الأوراق المطلوبة كثيرة كذا', 'ما ابي تعامل الموظفين', '👍'])(
    'is none of them: %j',
    (text) => {
      expect(matchChoice(text, choices)).toEqual({ type: 'none' });
    },
  ); // prettier-ignore

  it('is unclear when two labels fit equally', () => {
    const alike = [
      { value: 'new', labels: ['طلب جديد'] },
      { value: 'old', labels: ['طلب سابق'] },
      { value: 'talk', labels: ['كلام مع موظف'] },
    ];
    expect(matchChoice('طلب', alike)).toEqual({ type: 'unclear', values: ['new', 'old'] });
    expect(matchChoice('الطلب السابق', alike)).toEqual(chosen('old'));
  });

  it('tells short words apart by every letter', () => {
    const answers = [
      { value: 'yes', labels: ['نعم', 'ايه', 'yes'] },
      { value: 'no', labels: ['لا', 'no'] },
    ];
    expect(matchChoice('نعم', answers)).toEqual(chosen('yes'));
    expect(matchChoice('لاا', answers)).toEqual({ type: 'none' });
    expect(matchChoice('لاااا', answers)).toEqual(chosen('no'));
    expect(matchChoice('نغم', answers)).toEqual({ type: 'none' });
    expect(matchChoice('ما', answers)).toEqual({ type: 'none' });
  });

  it('takes a label that is itself a number by its label, not by its place', () => {
    const children = ['3', '2', '1'].map((count) => ({ value: `n${count}`, labels: [count] }));
    expect(matchChoice('٣', children)).toEqual(chosen('n3'));
  });

  it('takes any string and any list', () => {
    const labels = fc.array(fc.record({ value: fc.string(), labels: fc.array(fc.string({ unit: 'binary' })) }));
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), labels, (text, list) => {
        const match = matchChoice(text, list);
        const values = match.type === 'chosen' ? [match.value] : match.type === 'unclear' ? match.values : [];
        expect(list.map(({ value }) => value)).toEqual(expect.arrayContaining([...values]));
      }),
    );
  });
});
