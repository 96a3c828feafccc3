import { describe, expect, it } from 'vitest';
import { smallAssets } from '../fixtures/small-assets.js';
import { createPerson, sentence } from './person.js';

const assets = smallAssets();
const says = (key: string, variables?: Record<string, unknown>) => sentence(assets, key, variables);

function inForm(...answers: string[]) {
  const person = createPerson({ assets });
  person.arrives();
  person.presses('start:note');
  for (const answer of answers) person.says(answer);
  return person;
}

describe('a form', () => {
  it('introduces itself, asks one question after the other, and hands over the answers', () => {
    const person = createPerson({ assets });
    const started = person.presses('start:note');
    expect(started.text).toContain('مقدمة الملاحظة');
    expect(started.expects).toEqual({ type: 'choice', flow: 'note', step: 'topic', choices: ['staff', 'building'] });
    expect(person.says('٢').expects).toEqual({ type: 'text', flow: 'note', step: 'words' });
    expect(person.says('المدخل ضيّق').expects).toMatchObject({ type: 'yes-no', step: 'reply' });
    const done = person.says('لا');
    expect(done.text).toContain('وصلت الملاحظة');
    expect(done.effects).toEqual([
      {
        type: 'form_submitted',
        form: 'note',
        version: 1,
        opens: 'submission',
        locale: 'ar',
        answers: { topic: 'building', words: 'المدخل ضيّق', reply: false },
      },
      { type: 'draft_changed', form: null, locale: 'ar' },
    ]);
    expect(person.state().form).toBeNull();
  });

  it('takes the buttons of its question', () => {
    const person = createPerson({ assets });
    const { values } = person.presses('start:note');
    expect(person.presses(values[1]).expects).toMatchObject({ step: 'words' });
    expect(person.state().form?.answers).toEqual({ topic: 'building' });
  });

  it('takes a bare value from a client of one’s own', () => {
    expect(inForm().presses('building').expects).toMatchObject({ step: 'words' });
  });

  it('goes back one question, and says so at the first', () => {
    const person = inForm('1', 'ملاحظة أولى');
    expect(person.says('رجوع').expects).toMatchObject({ step: 'words' });
    expect(person.says('رجوع').expects).toMatchObject({ step: 'topic' });
    const first = person.says('رجوع');
    expect(first.text).toContain(says('form.firstStep'));
    expect(first.expects).toMatchObject({ step: 'topic' });
  });

  it('is cancelled, and forgets what was said', () => {
    const person = inForm('1');
    expect(person.says('إلغاء').text).toBe(says('form.cancelled'));
    expect(person.says('إلغاء').text).toBe(says('form.nothingOpen'));
    expect(person.presses('start:note').expects).toMatchObject({ step: 'topic' });
  });

  it('answers a question that the FAQ knows, and asks its own again', () => {
    const person = inForm();
    const between = person.says('كم ساعات الدوام عندكم؟');
    expect(between.text).toContain('جواب الدوام');
    expect(between.expects).toMatchObject({ step: 'topic' });
    person.says('1');
    expect(person.says('كم ساعات الدوام عندكم؟').text).toContain('جواب الدوام');
    expect(person.says('كم ساعات الدوام عندكم').expects).toMatchObject({ step: 'reply' });
  });

  it('waits while the person does something else, and goes on where it stopped', () => {
    const person = inForm('1');
    expect(person.says('القائمة').text).toContain(says('form.paused'));
    const answered = person.says('وين أوقف سيارتي');
    expect(answered.text).toContain('جواب المواقف');
    expect(answered.values).toContain('command:resume');
    expect(person.says('أكمل').expects).toMatchObject({ step: 'words' });
  });

  it('offers to go on when the person arrives anew', () => {
    const person = inForm('1');
    const again = person.arrives();
    expect(again.text).toContain(says('form.waiting'));
    expect(person.presses(again.values[0]).expects).toMatchObject({ step: 'words' });
  });

  it('keeps its draft while another form is filled in', () => {
    const person = inForm('1');
    person.presses('start:visit');
    person.says('للسؤال عن شيء');
    expect(person.says('نعم').effects).toMatchObject([{ form: 'visit' }, { type: 'draft_changed', form: 'note' }]);
    const back = person.presses('start:note');
    expect(back.text).toContain(says('form.resumed', { form: 'ملاحظة' }));
    expect(back.expects).toMatchObject({ step: 'words' });
  });
});

describe('a draft that was left for another form', () => {
  it('is offered when that one is done, and is what "go on" means then', () => {
    const person = inForm('1');
    person.presses('start:visit');
    person.says('للسؤال عن شيء');
    expect(person.says('نعم').values).toContain('command:resume');
    expect(person.says('أكمل').expects).toMatchObject({ flow: 'note', step: 'words' });
    person.says('ملاحظة كاملة');
    expect(person.says('لا').values).not.toContain('command:resume');
  });
});

describe('an old button in a form', () => {
  it.each([
    ['of another question', 'answer:note:topic:building'],
    ['of another form', 'answer:visit:alone:yes'],
    ['of a form that is no more', 'answer:gone:it:yes'],
    ['that is none of ours', 'what:ever'],
  ])('%s is no answer to the question that waits', (_what, value) => {
    const person = inForm('1');
    const pressed = person.presses(value);
    expect(pressed.text).toContain(says('form.oldQuestion'));
    expect(pressed.expects).toMatchObject({ step: 'words' });
    expect(person.state().form?.answers).toEqual({ topic: 'staff' });
  });

  it('of an answer, pressed after the form was sent, sends nothing again', () => {
    const person = inForm('1', 'ملاحظة كاملة', 'لا');
    const pressed = person.presses('answer:note:reply:yes');
    expect(pressed.text).toContain(says('bot.oldButton'));
    expect(pressed.effects).toEqual([]);
  });
});

describe('a form whose questions have changed since', () => {
  const later = smallAssets({ noteVersion: 2 });

  it.each([
    ['an answer', 'ملاحظة كاملة'],
    ['"go on"', 'أكمل'],
    ['"back"', 'رجوع'],
  ])('begins again with %s, and says so', (_what, text) => {
    const person = createPerson({ assets: later, state: inForm('1').state() });
    const begun = person.says(text);
    expect(begun.text).toContain(says('form.changed'));
    expect(begun.expects).toMatchObject({ step: 'topic' });
    expect(person.state().form).toMatchObject({ version: 2, answers: {} });
  });

  it('begins again also from the menu', () => {
    const person = createPerson({ assets: later, state: inForm('1').state() });
    expect(person.presses('start:note').text).toContain(says('form.changed'));
  });

  it.each(['أكمل', 'رجوع', 'ملاحظة كاملة', 'القائمة'])('and one that is gone is forgotten: %s', (text) => {
    const state = inForm('1').state();
    const person = createPerson({ assets, state: { ...state, form: { ...state.form, id: 'gone' } } });
    const heard = person.says(text);
    expect(heard.text).not.toContain(says('form.paused'));
    expect(heard.values).not.toContain('command:resume');
    expect(person.state().form).toBeNull();
  });
});
