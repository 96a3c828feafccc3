import { describe, expect, it } from 'vitest';
import { factsOf, holds } from '../../src/conversation/conditions.js';
import { content } from '../fixtures/assets.js';
import { smallAssets } from '../fixtures/small-assets.js';
import { applicant } from './applicant.js';

const assets = smallAssets();

describe('a condition', () => {
  const answers = { housing: 'rent', income: 4500, hasDebt: false, owns: true, note: 'نص', list: { files: [] } };

  it.each([
    'answers.housing = rent', 'answers.housing != own', 'answers.income < 5000', 'answers.income > 4499', 'answers.owns',
    'answers.owns = true', 'answers.hasDebt = false', 'not answers.hasDebt', 'not answers.gone', 'answers.note', 'answers.list',
    'not answers.housing = own', 'not answers.gone = rent',
  ])('holds: %s', (condition) => {
    expect(holds(condition, { answers })).toBe(true);
  }); // prettier-ignore

  it.each([
    'answers.housing = own', 'answers.housing != rent', 'answers.income < 4500', 'answers.income > 4500', 'answers.hasDebt',
    'answers.gone', 'answers.gone = rent', 'answers.gone != rent', 'answers.gone < 5', 'answers.gone > 5', 'answers.note < 5',
    'answers.list = x', 'answers.constructor', 'answers.toString.name', 'gone.gone', 'not answers.owns',
  ])('does not hold: %s', (condition) => {
    expect(holds(condition, { answers })).toBe(false);
  }); // prettier-ignore

  it('asks which organisation this is, and what its profile gives', () => {
    const facts = factsOf(content().organisations.get('asseb')!);
    expect(holds('organisation.asseb', facts)).toBe(true);
    expect(holds('organisation.awn', facts)).toBe(false);
    expect(holds('contact.phone', facts)).toBe(true);
    expect(holds('not channels.letters', facts)).toBe(true);
  });
});

describe('a question under a condition', () => {
  it('is asked only when the condition holds', () => {
    expect(applicant(assets, '1012345672', '1').says('إيجار').expects).toMatchObject({ step: 'rent' });
    expect(applicant(assets, '1012345672', '1').says('ملك').expects).toMatchObject({ step: 'documents' });
  });

  it('loses its answer when the person goes back and the condition no longer holds', () => {
    const person = applicant(assets, '1012345672', '1', 'إيجار', '2000');
    person.says('رجوع');
    person.says('رجوع');
    expect(person.says('ملك').expects).toMatchObject({ step: 'documents' });
    expect(person.state().form?.answers).toEqual({ nationalId: '1012345672', family: 1, housing: 'own' });
  });
});
