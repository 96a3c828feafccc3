import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createStepTypes, stepType } from '../../src/conversation/steps/index.js';
import type { StepContext } from '../../src/conversation/steps/step.js';
import { stepSchema } from '../../src/flows/schema.js';
import { content, root } from '../fixtures/assets.js';
import { smallAssets } from '../fixtures/small-assets.js';
import { createPerson, sentence } from './person.js';

const assets = smallAssets();
const prompt = { ar: 'سؤال', en: 'Question' };
const read = (step: Record<string, unknown>, text: string, value?: string) => {
  const types = createStepTypes(content().words.answers);
  const parsed = stepSchema.parse({ ask: 'it', prompt, ...step });
  const input = { id: 'm1', text, value, attachments: [] };
  const context: StepContext = {
    assets,
    locale: 'ar',
    now: 0,
    form: assets.forms.get('note')!,
    answers: {},
    gathered: undefined,
  };
  return stepType(types, parsed).read(parsed, input, context);
};
const answer = (value: unknown) => ({ type: 'answer', value });

describe('a text step', () => {
  const step = { type: 'text', min: 5, max: 10 };

  it.each(['كلمات', '1234567890', 'مع\nسطر', '🌙🌙🌙'])('keeps %j as it was written', (text) => {
    expect(read(step, text)).toEqual(answer(text));
  });

  it.each([
    ['', 'textMissing'],
    ['قصي', 'textShort'],
    ['أطول من عشرة أحرف', 'textLong'],
  ])('says of %j what is wrong: %s', (text, problem) => {
    expect(read(step, text)).toMatchObject({ type: 'invalid', problem });
  });
});

describe('a choice step', () => {
  const choices = [
    { value: 'staff', label: { ar: 'الموظفون', en: 'The staff' } },
    { value: 'building', label: { ar: 'المبنى', en: 'The building' } },
  ];
  const step = { type: 'choice', choices };

  it.each(['1', '١', '۱', 'الأول', 'رقم ١', 'الموظفون', 'الموظفين', 'موضفون', 'the staff', 'STAFF'])(
    'takes %j',
    (said) => {
      expect(read(step, said)).toEqual(answer('staff'));
    },
  );

  it('takes the value behind a button, whatever stands on it', () => {
    expect(read(step, 'نص آخر', 'building')).toEqual(answer('building'));
  });

  it.each(['', '0', '3', '٩٩', 'شيء آخر تمامًا', '1.5'])('does not take %j', (said) => {
    expect(read(step, said)).toEqual({ type: 'invalid', problem: 'choiceUnclear', variables: { count: 2 } });
  });

  it('takes no value of another question', () => {
    expect(read(step, '', 'toString')).toMatchObject({ type: 'invalid' });
  });
});

describe('a yes-no step', () => {
  it.each(['نعم', 'إيه', 'ايوه', 'yes', 'Yes!', 'ok', '1', '١', 'تمام'])('takes %j for yes', (said) => {
    expect(read({ type: 'yes-no' }, said)).toEqual(answer(true));
  });

  it.each(['لا', 'لا شكرًا', 'no', 'NO.', '2', '٢', 'مو موافق'])('takes %j for no', (said) => {
    expect(read({ type: 'yes-no' }, said)).toEqual(answer(false));
  });

  it.each(['', 'يمكن', '3', 'maybe later', '🤷'])('asks again after %j', (said) => {
    expect(read({ type: 'yes-no' }, said)).toEqual({ type: 'invalid', problem: 'yesNoUnclear' });
  });

  it('takes the value behind a button', () => {
    expect(read({ type: 'yes-no' }, '', 'no')).toEqual(answer(false));
  });
});

describe('every type of step', () => {
  const types = Object.keys(createStepTypes(content().words.answers));
  /** `form` is the one that asks for it, `note` unless said; `before` are the answers up to there. */
  interface Wrong {
    form?: string;
    before?: string[];
    answer: string;
    problem: string;
    variables?: Record<string, unknown>;
  }
  const upToPapers = ['1012345672', '1', 'ملك'];
  const wrong: Record<string, Wrong> = {
    choice: { answer: 'زززز', problem: 'choiceUnclear', variables: { count: 2 } },
    text: { before: ['1'], answer: 'أب', problem: 'textShort', variables: { count: 5 } },
    'yes-no': { before: ['1', 'ملاحظة كاملة'], answer: 'زززز', problem: 'yesNoUnclear' },
    number: { form: 'number', answer: 'زززز', problem: 'numberMissing' },
    money: { form: 'money', answer: '١٠ و ٢٠', problem: 'moneySeveral' },
    'saudi-id': { form: 'saudi-id', answer: '1234567890', problem: 'idCheck' },
    'saudi-mobile': { form: 'saudi-mobile', answer: '050123', problem: 'mobileWrong' },
    iban: { form: 'iban', answer: 'SA03', problem: 'ibanLength', variables: { got: '٤' } },
    reference: {
      form: 'reference',
      answer: 'زززز',
      problem: 'referenceUnclear',
      variables: { example: '\u2066ASB-1234-R\u2069' },
    },
    contact: { form: 'contact', answer: 'زززز', problem: 'contactMissing' },
    attachments: { form: 'support-request', before: upToPapers, answer: 'زززز', problem: 'filesAwaited' },
    review: { form: 'support-request', before: [...upToPapers, 'لاحقا'], answer: 'زززز', problem: 'reviewUnclear' },
    declaration: {
      form: 'support-request',
      before: [...upToPapers, 'لاحقا', '1'],
      answer: 'نورة',
      problem: 'nameIncomplete',
    },
    date: { form: 'date', answer: '30/2/1985', problem: 'dateImpossible' },
    location: { form: 'location', answer: 'زززز', problem: 'locationUnclear' },
    slot: { form: 'slot', answer: 'زززز', problem: 'slotUnclear' },
  };

  it('has a case here', () => {
    expect(Object.keys(wrong).toSorted()).toEqual(types.toSorted());
  });

  it.each(Object.entries(wrong))(
    '%s: says what is wrong, says it differently again, then offers a person',
    (type, { form = 'note', before = [], variables, ...one }) => {
      const slots = [Date.parse('2026-11-22T09:00:00+03:00'), Date.parse('2026-11-22T09:30:00+03:00')];
      const person = createPerson({ assets, person: { requests: [], slots } });
      person.presses(`start:${form}`);
      for (const text of before) person.says(text);
      const [first, second, third] = [1, 2, 3].map(() => person.says(one.answer));
      expect(first?.text).toContain(sentence(assets, `steps.${one.problem}`, variables));
      expect(first?.expects).toMatchObject({ type, flow: form });
      expect(second?.text).toContain(sentence(assets, `steps.${one.problem}Again`, variables));
      expect(second?.expects).toMatchObject({ type, flow: form });
      expect(third?.text).toContain(sentence(assets, 'person.form'));
      expect(third?.effects).toMatchObject([{ type: 'person_wanted', reason: 'form' }]);
      expect(third?.values).toContain('command:resume');
      expect(person.says('أكمل').expects).toMatchObject({ type, flow: form });
    },
  );

  it('shows a sample in its file that its schema takes', () => {
    const folder = join(root, 'src/conversation/steps');
    const samples = readdirSync(folder)
      .map((file) => readFileSync(join(folder, file), 'utf8').replace(/\n \* /g, ' '))
      .flatMap((source) => /\{"ask".*?\}(?=[`:,]? ?[`:]|`)/s.exec(source)?.[0] ?? []);
    const parsed = samples.map((sample) => {
      const filled = sample
        .replaceAll('{…}', '{"ar": "ا", "en": "a"}')
        .replace(', …]', ', {"value": "b", "label": {"ar": "ب", "en": "b"}}]');
      return stepSchema.parse({ prompt, ...(JSON.parse(filled) as object) }).type;
    });
    expect(parsed.toSorted()).toEqual(types.toSorted());
  });
});
