import { describe, expect, it } from 'vitest';
import { requestActions } from '../../src/conversation/person-facts.js';
import { statuses } from '../../src/requests/lifecycle.js';
import { content } from '../fixtures/assets.js';
import { smallAssets } from '../fixtures/small-assets.js';
import { applicant, knownBy, request, submitted } from './applicant.js';
import { createPerson, sentence } from './person.js';

const assets = smallAssets();
const says = (key: string, variables?: Record<string, unknown>) => sentence(assets, key, variables);
const reference = '\u2066ASB-7K3Q-9\u2069';

describe('"where is my request"', () => {
  it.each(['وين طلبي', 'وش صار على طلبي؟', 'حالة طلبي', 'status', 'ابغى اعرف وين وصل طلبي', 'where is my request?'])(
    'is understood: %s',
    (text) => {
      const person = createPerson({ assets, person: knownBy({}) });
      expect(person.says(text).text).toContain('ASB-7K3Q-9');
    },
  );

  it('has enough ways to be asked in both languages', () => {
    const { words } = content().words.commands.status;
    expect(words.ar.length).toBeGreaterThanOrEqual(12);
    expect(words.en.length).toBeGreaterThanOrEqual(6);
  });

  it('is answered with what is known of it, and the day before which no answer comes, in both calendars', () => {
    const person = createPerson({ assets, person: knownBy({ service: 'العلاج' }) });
    expect(person.says('وين طلبي').text.split('\n').slice(1)).toEqual([
      says('request.headWithService', { reference, service: 'العلاج' }),
      says('request.status.verification'),
      says('request.submitted', { hijri: 'الجمعة ١٠ جمادى الآخرة ١٤٤٨ هـ', gregorian: '٢٠ نوفمبر ٢٠٢٦ م' }),
      says('request.answerNotBefore', { hijri: 'الجمعة ٢٤ جمادى الآخرة ١٤٤٨ هـ', gregorian: '٤ ديسمبر ٢٠٢٦ م' }),
    ]);
  });

  it('says nothing of a day that has passed, or when the answer is there', () => {
    for (const facts of [{ answerNotBefore: 0 }, { status: 'accepted' }]) {
      const person = createPerson({ assets, person: knownBy(facts) });
      expect(person.says('وين طلبي').text).not.toContain('لا يصدر الرد قبل');
    }
  });

  it('names the papers that are wanted, why one was sent back, and what staff ask for', () => {
    const facts = { missing: ['identity', 'income'], returned: { income: 'غير واضحة' }, reason: 'نحتاج الدخل' };
    const { text } = createPerson({ assets, person: knownBy(facts) }).says('وين طلبي');
    expect(text).toContain(says('request.reason', { reason: 'نحتاج الدخل' }));
    const returned = says('request.paperReturned', { paper: 'إثبات الدخل', reason: 'غير واضحة' });
    expect(text).toContain(says('request.papers', { papers: `صورة الهوية و${returned}` }));
  });

  it('has a sentence for every status and every action, in both languages', () => {
    for (const locale of ['ar', 'en'] as const) {
      for (const status of statuses) expect(assets.t(locale, `request.status.${status}`)).not.toContain('request.');
      for (const action of requestActions) {
        expect(assets.t(locale, `request.cannot.${action}`)).not.toContain('request.');
        const label = `${assets.t(locale, `request.action.${action}`)} ASB-7K3Q-9`;
        expect(label.length).toBeLessThanOrEqual(24);
      }
    }
  });

  it('offers what may be done now', () => {
    const correction = { form: 'support-request', version: 1, answers: {}, papers: [] };
    const facts = { actions: requestActions, correction };
    expect(createPerson({ assets, person: knownBy(facts) }).says('وين طلبي').values).toEqual([
      'start:support-request:ASB-7K3Q-9',
      'start:send-papers:ASB-7K3Q-9',
      'start:support-request:ASB-7K3Q-9',
      'start:withdraw-request:ASB-7K3Q-9',
      'start:appeal:ASB-7K3Q-9',
      'copy:ASB-7K3Q-9',
      'start:dispute:ASB-7K3Q-9',
      'command:menu',
    ]);
  });

  it('tells of several requests at once, and names each on its buttons', () => {
    const facts = knownBy({ actions: ['withdraw'] }, { reference: 'ASB-2222-X', actions: ['copy'] });
    const told = createPerson({ assets, person: facts }).says('طلباتي');
    expect(told.text).toMatch(/ASB-7K3Q-9[\s\S]*ASB-2222-X/);
    expect(told.choices.slice(0, 2)).toEqual([
      `${says('request.action.withdraw')} ASB-7K3Q-9`,
      `${says('request.action.copy')} ASB-2222-X`,
    ]);
  });

  it('sets an open form aside, and offers to go on', () => {
    const person = createPerson({ assets, person: knownBy({}) });
    person.presses('start:note');
    expect(person.says('وين طلبي').values).toContain('command:resume');
    expect(person.says('أكمل').expects).toMatchObject({ flow: 'note' });
  });

  it('is understood in other words in the middle of a form', () => {
    const person = createPerson({ assets, person: knownBy({}) });
    person.presses('start:note');
    expect(person.says('ابغى اعرف حالة طلبي').text).toContain('ASB-7K3Q-9');
  });

  it('offers who has no request here to make one, or to ask by its number', () => {
    const told = createPerson({ assets }).says('وين طلبي');
    expect(told.text).toContain(says('request.none'));
    expect(told.values).toEqual(['start:support-request', 'start:ask-status', 'command:person', 'command:menu']);
  });
});

describe('a copy of the declaration', () => {
  it('is asked for by its button', () => {
    const pressed = createPerson({ assets, person: knownBy({ actions: ['copy'] }) }).presses('copy:ASB-7K3Q-9');
    expect(pressed.effects).toEqual([{ type: 'copy_wanted', reference: 'ASB-7K3Q-9', locale: 'ar' }]);
    expect(pressed.text).toContain(says('request.copyComes'));
  });

  it.each(['copy:ASB-7K3Q-9', 'copy:ASB-2222-X', 'copy:__proto__'])(
    'of somebody else’s request is not sent: %s',
    (value) => {
      const pressed = createPerson({ assets, person: knownBy({ actions: ['withdraw'] }) }).presses(value);
      expect(pressed.effects).toEqual([]);
      expect(pressed.text).toContain(says('request.cannot.copy'));
    },
  );
});

describe('reminders', () => {
  it.each(['أوقف التذكير', 'لا تذكرني', 'stop reminders'])('are stopped by %j', (text) => {
    const told = createPerson({ assets, person: knownBy({}) }).says(text);
    expect(told.effects).toEqual([{ type: 'reminders_stopped' }]);
    expect(told.text).toContain(says('request.remindersStopped'));
  });

  it.each(['stop', 'قف'])('are stopped by a plain %j of who has a request and nothing open', (text) => {
    expect(createPerson({ assets, person: knownBy({}) }).says(text).effects).toEqual([{ type: 'reminders_stopped' }]);
    expect(createPerson({ assets }).says(text).text).toContain(says('form.nothingOpen'));
    const person = createPerson({ assets, person: knownBy({}) });
    person.presses('start:note');
    const cancelled = person.says(text);
    expect(cancelled.text).toContain(says('form.cancelled'));
    expect(cancelled.effects).not.toContainEqual({ type: 'reminders_stopped' });
    expect(person.says('إلغاء').effects).toEqual([]);
  });
});

describe('a form about a request', () => {
  const appeal = { status: 'rejected', actions: ['appeal'] } as const;

  it('takes the only one that fits, and hands over its reference', () => {
    const person = createPerson({ assets, person: knownBy({ reference: 'ASB-2222-X' }, appeal) });
    expect(person.presses('start:appeal').expects).toMatchObject({ flow: 'appeal' });
    const sent = submitted(person.says('ظروفي تغيرت').effects);
    expect(sent).toMatchObject({ opens: 'appeal', reference: 'ASB-7K3Q-9', answers: { why: 'ظروفي تغيرت' } });
  });

  it('asks which of several, by its number', () => {
    const person = createPerson({
      assets,
      person: knownBy(appeal, { ...appeal, reference: 'ASB-2222-X', service: 'العلاج' }),
    });
    const which = person.presses('start:appeal');
    expect(which.text).toContain('ASB-2222-X\u2069 – العلاج');
    expect(person.says('الثاني').expects).toMatchObject({ flow: 'appeal' });
    expect(person.state().form).toMatchObject({ about: 'ASB-2222-X' });
  });

  it.each([
    ['papers', 'send-papers'],
    ['withdraw', 'withdraw-request'],
    ['appeal', 'appeal'],
  ])('is not begun when none fits: %s', (action, form) => {
    const person = createPerson({ assets, person: knownBy({}) });
    expect(person.presses(`start:${form}`).text).toContain(says(`request.cannot.${action}`));
    expect(person.presses(`start:${form}:ASB-2222-X`).text).toContain(says(`request.cannot.${action}`));
    expect(createPerson({ assets }).presses(`start:${form}`).text).toContain(says('request.none'));
    expect(person.state().form).toBeNull();
  });

  it('sets another form aside while it asks which', () => {
    const person = createPerson({ assets, person: knownBy(appeal, { ...appeal, reference: 'ASB-2222-X' }) });
    person.presses('start:note');
    person.presses('start:appeal');
    expect(person.says('1').expects).toMatchObject({ flow: 'appeal' });
    person.says('ظروفي تغيرت');
    expect(person.says('أكمل').expects).toMatchObject({ flow: 'note' });
  });

  it('has a draft for each request', () => {
    const person = createPerson({ assets, person: knownBy(appeal, { ...appeal, reference: 'ASB-2222-X' }) });
    person.presses('start:appeal:ASB-7K3Q-9');
    person.presses('start:appeal:ASB-2222-X');
    expect(person.state()).toMatchObject({ form: { about: 'ASB-2222-X' }, drafts: [{ about: 'ASB-7K3Q-9' }] });
    expect(person.presses('start:appeal:ASB-7K3Q-9').text).toContain(says('form.resumed', { form: 'اعتراض' }));
  });

  it.each(['ظروفي تغيرت', 'رجوع', 'أكمل', 'english'])('ends kindly at %j when it may no longer be done', (text) => {
    const person = createPerson({ assets, person: knownBy(appeal) });
    person.presses('start:appeal');
    person.becomes(knownBy({ status: 'closed' }));
    const ended = person.says(text);
    const locale = text === 'english' ? 'en' : 'ar';
    expect(ended.text).toContain(assets.t(locale, 'request.cannot.appeal'));
    expect(submitted(ended.effects)).toBeUndefined();
    expect(person.state().form).toBeNull();
  });
});

describe('a correction', () => {
  const answers = {
    nationalId: '1012345672',
    family: 1,
    housing: 'own',
    documents: { files: [], later: ['identity', 'income'] },
  };
  const facts = (version = 1) =>
    knownBy({
      missing: ['identity', 'income'],
      status: 'needs_information',
      actions: ['correct'],
      correction: { form: 'support-request', version, answers, papers: ['identity', 'income'] },
    });
  const begun = (version?: number) => {
    const person = createPerson({ assets, person: facts(version) });
    return { person, first: person.presses('start:support-request:ASB-7K3Q-9') };
  };

  it('begins at the summary, with the answers that the request has', () => {
    const { first } = begun();
    expect(first.text).toContain(says('form.correcting', { reference }));
    expect(first.text).toContain('٢. عدد الأسرة: ١');
    expect(first.text).not.toContain('مقدمة الطلب');
    expect(first.expects).toMatchObject({ step: 'review' });
  });

  it('is signed anew and handed over with the reference', () => {
    const { person } = begun();
    person.says('السكن');
    person.says('إيجار');
    person.says('1500');
    person.says('نعم');
    person.says('نورة سعد');
    const sent = submitted(person.says('نعم').effects);
    expect(sent).toMatchObject({
      opens: 'request',
      reference: 'ASB-7K3Q-9',
      answers: { ...answers, housing: 'rent', rent: 1500 },
      signature: { name: 'نورة سعد' },
    });
  });

  it('asks for no paper that has come before the correction before', () => {
    const [known] = facts().requests;
    const correction = { form: 'support-request', version: 1, answers: { ...answers, documents: { files: [], later: [] } }, papers: ['identity', 'income'] }; // prettier-ignore
    const person = createPerson({ assets, person: knownBy({ ...known, missing: [], correction }) });
    expect(person.presses('start:support-request:ASB-7K3Q-9').expects).toMatchObject({ step: 'review' });
  });

  it('knows which papers have come since they were promised', () => {
    const [known] = facts().requests;
    const person = createPerson({ assets, person: knownBy({ ...known, missing: ['income'] }) });
    expect(person.presses('start:support-request:ASB-7K3Q-9').text).toContain(
      says('papers.later', { papers: 'إثبات الدخل' }),
    );
    expect(person.says('الأوراق').text).toContain('✅ صورة الهوية\n▫️ إثبات الدخل');
    person.sendsFile('f1');
    person.says('1');
    person.says('انتهيت');
    expect(person.state().form?.answers['documents']).toMatchObject({ files: [{ paper: 'income' }], later: [] });
  });

  it('asks everything anew when the form has changed since', () => {
    const { first } = begun(2);
    expect(first.text).toContain(says('form.correctingAnew', { reference }));
    expect(first.expects).toMatchObject({ step: 'nationalId' });
  });

  it('is not a new request, and a new request is not a correction', () => {
    const person = createPerson({ assets, person: facts() });
    expect(person.presses('start:support-request').expects).toMatchObject({ step: 'nationalId' });
    expect(person.state().form).not.toHaveProperty('about');
  });

  it('of a request that may not be corrected is refused', () => {
    const person = createPerson({ assets, person: knownBy({ status: 'committee' }) });
    expect(person.presses('start:support-request:ASB-7K3Q-9').text).toContain(says('request.cannot.correct'));
  });
});

describe('a request that was sent', () => {
  it('has no reference of its own yet', () => {
    const person = applicant(assets, '1012345672', '1', 'ملك', 'لاحقا', 'نعم', 'نورة سعد');
    const sent = submitted(person.says('نعم').effects);
    expect(sent).not.toHaveProperty('reference');
    person.becomes({ requests: [request()] });
    expect(person.says('وين طلبي').text).toContain('ASB-7K3Q-9');
  });
});
