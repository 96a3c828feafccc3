import { describe, expect, it } from 'vitest';
import { smallAssets } from '../fixtures/small-assets.js';
import { applicant, submitted, upToPapers } from './applicant.js';
import { sentence } from './person.js';

const assets = smallAssets();
const says = (key: string, variables?: Record<string, unknown>) => sentence(assets, key, variables);
const atReview = () => applicant(assets, '1012345672', '2', 'إيجار', '2000', 'لاحقا');
const labels = ['رقم الهوية', 'عدد الأسرة', 'السكن', 'الإيجار', 'الأوراق'];

describe('the summary', () => {
  it('shows every answer with its label, numbered, and of what is sensitive only the end', () => {
    const person = applicant(assets, '1012345672', '2', 'إيجار', '2000');
    const summary = person.says('لاحقا');
    expect(summary.text).toBe(
      [
        'هذه إجاباتك:',
        '١. رقم الهوية: \u2066••••••5672\u2069',
        '٢. عدد الأسرة: ٢',
        '٣. السكن: إيجار',
        '٤. الإيجار: ٢٠٠٠',
        `٥. الأوراق: ${says('papers.none')}. ${says('papers.later', { papers: 'صورة الهوية، سجل الأسرة وإثبات الدخل' })}`,
      ].join('\n'),
    );
    expect(summary.choices).toEqual([says('review.confirm'), says('review.correct')]);
  });

  it.each(['1', 'نعم', 'تمام', 'نعم، كله صحيح', 'yes'])('goes on with %j', (text) => {
    expect(atReview().says(text).expects).toMatchObject({ step: 'declaration' });
  });

  it.each(['2', 'لا', 'أصحح', 'correct an answer'])('asks with %j which answer is to be corrected', (text) => {
    const which = atReview().says(text);
    expect(which.text).toBe(says('review.which'));
    expect(which.choices).toEqual(labels);
  });

  it.each(['3', '٣', 'السكن', 'سكن', 'السكم'])('puts the question again that %j names', (text) => {
    const person = atReview();
    person.says('2');
    expect(person.says(text).expects).toMatchObject({ step: 'housing', type: 'choice' });
  });

  it.each([
    ['عدد الأسرة', 'family'],
    ['الإيجار', 'rent'],
    ['٤', 'rent'],
  ])('takes %j for a correction without being asked', (text, step) => {
    expect(atReview().says(text).expects).toMatchObject({ step });
  });

  it('comes back after a correction, and drops what depended on the old answer', () => {
    const person = atReview();
    person.says('السكن');
    const again = person.says('ملك');
    expect(again.expects).toMatchObject({ step: 'review' });
    expect(again.text).not.toContain('الإيجار');
    expect(person.state().form?.answers).not.toHaveProperty('rent');
  });

  it('comes back after the question that a correction brings', () => {
    const person = applicant(assets, ...upToPapers, 'لاحقا');
    person.says('السكن');
    expect(person.says('إيجار').expects).toMatchObject({ step: 'rent' });
    expect(person.says('1500').expects).toMatchObject({ step: 'review' });
  });

  it('asks again for papers that a correction calls for, with those that are there', () => {
    const person = applicant(assets, ...upToPapers);
    person.sendsFile('f1', 'صورة الهوية');
    person.sendsFile('f2', 'إثبات الدخل');
    person.says('انتهيت');
    person.says('عدد الأسرة');
    const papers = person.says('5');
    expect(papers.text).toContain('✅ صورة الهوية\n▫️ سجل الأسرة\n✅ إثبات الدخل');
    expect(person.says('رجوع').expects).toMatchObject({ step: 'housing' });
    person.says('ملك');
    person.sendsFile('f3', 'سجل الأسرة');
    expect(person.says('انتهيت').expects).toMatchObject({ step: 'review' });
    expect(person.state().form?.answers['documents']).toMatchObject({ files: { length: 3 }, later: [] });
  });

  it('no longer waits for papers that a correction makes needless', () => {
    const person = atReview();
    person.says('عدد الأسرة');
    expect(person.says('1').text).toContain(says('papers.later', { papers: 'صورة الهوية وإثبات الدخل' }));
  });

  it('lets papers be corrected beginning with what is there', () => {
    const person = applicant(assets, ...upToPapers);
    person.sendsFile('f1', 'صورة الهوية');
    person.says('لاحقا');
    expect(person.says('الأوراق').text).toContain('✅ صورة الهوية');
    person.sendsFile('f2', 'إثبات الدخل');
    person.says('انتهيت');
    expect(person.state().form?.answers['documents']).toMatchObject({ files: { length: 2 }, later: [] });
  });

  it('keeps the old answer when the person goes back instead of correcting it', () => {
    const person = atReview();
    person.says('عدد الأسرة');
    expect(person.says('رجوع').text).toContain('٢. عدد الأسرة: ٢');
    person.says('2');
    expect(person.says('رجوع').choices).toEqual([says('review.confirm'), says('review.correct')]);
    expect(person.says('رجوع').expects).toMatchObject({ step: 'documents' });
  });

  it('takes the buttons, also bare ones, and no button of its own from before', () => {
    const person = atReview();
    const which = person.presses('+correct');
    expect(which.expects?.choices).toEqual(['nationalId', 'family', 'housing', 'rent', 'documents']);
    expect(person.presses(which.values[1]).expects).toMatchObject({ step: 'family' });
    expect(person.presses(which.values[2]).text).toContain(says('form.oldQuestion'));
  });

  it('is no answer of its own', () => {
    const person = atReview();
    person.says('نعم');
    person.says('نورة سعد القحطاني');
    const sent = submitted(person.says('نعم').effects);
    expect(Object.keys(sent?.answers ?? {})).toEqual(['nationalId', 'family', 'housing', 'rent', 'documents']);
  });
});
