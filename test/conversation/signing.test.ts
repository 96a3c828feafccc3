import { describe, expect, it } from 'vitest';
import { canonicalJson, sha256Hex } from '../../src/core/digest.js';
import { contentTypes } from '../../src/core/activity.js';
import { assetsOf } from '../fixtures/assets.js';
import { knownBy, submitted } from './applicant.js';
import { createPerson } from './person.js';

const assets = assetsOf();
const reference = 'ASB-7K3Q-9';
const answers = {
  consent: true,
  forWhom: 'self',
  service: 'food',
  fullName: 'عبدالله فهد الشمري',
  nationalId: '1000000008',
  birthDate: '1951-06-08',
  mobile: '+966500000000',
  city: 'سكاكا',
  family: 1,
  income: 3000,
  housing: 'owned',
  hasDebt: false,
  otherHelp: false,
  need: 'يحتاج إلى سلة غذائية كل شهر',
  documents: { files: [], later: ['identity', 'income'] },
};
const version = assets.forms.get('support-request')?.version ?? 0;
const unsigned = (own: object = {}, actions: ('sign' | 'dispute' | 'papers')[] = ['sign', 'dispute']) =>
  knownBy({
    reference,
    status: 'submitted',
    actions,
    missing: ['identity', 'income'],
    correction: { form: 'support-request', version, answers: { ...answers, ...own }, papers: ['identity', 'income'] },
  });

describe('a request that staff have written down', () => {
  it('is offered to be read and signed, and to be called not one’s own', () => {
    const told = createPerson({ assets, person: unsigned() }).says('وين طلبي');
    expect(told.choices.slice(0, 2)).toEqual(['اقرأ ووقّع', 'لم أطلب هذا']);
    const english = createPerson({ assets, person: unsigned(), channelId: 'webchat', locale: 'en' }).says('status');
    expect(english.choices.slice(0, 2)).toEqual(['Read and sign', 'Not mine']);
  });

  it('is read as a summary, and signed with the words of the declaration', () => {
    const person = createPerson({ assets, person: unsigned() });
    const read = person.presses(`start:support-request:${reference}`);
    expect(read.text).toContain('سجّل موظفنا طلبك');
    expect(read.text).toContain('الدخل في الشهر: ٣٠٠٠ ريال');
    expect(read.expects).toMatchObject({ step: 'review' });
    expect(person.says('نعم').text).toContain('أُقرّ أمام');
    person.says('عبدالله فهد الشمري');
    const sent = submitted(person.says('نعم أوافق').effects);
    expect(sent).toMatchObject({ opens: 'request', reference, signature: { statementVersion: 2 } });
    expect(sent?.signature?.answersHash).toBe(sha256Hex(canonicalJson(answers)));
  });

  it('lets an answer be corrected before it is signed, and asks for what staff left out', () => {
    const { mobile: _mobile, ...without } = answers;
    const facts = knownBy({ ...unsigned().requests[0], correction: { form: 'support-request', version, answers: without, papers: ['identity', 'income'] } }); // prettier-ignore
    const person = createPerson({ assets, person: facts });
    expect(person.presses(`start:support-request:${reference}`).expects).toMatchObject({ step: 'mobile' });
    expect(person.says('0500000000').expects).toMatchObject({ step: 'review' });
    person.says('عدد أفراد البيت');
    // Three people at home need a family record, which may come later.
    expect(person.says('٣').text).toContain('▫️ سجل الأسرة');
    expect(person.says('لاحقا').text).toContain('عدد أفراد البيت: ٣');
  });

  it('has a statement that is true of who signs it for somebody else', () => {
    const own = { forWhom: 'another', relationship: 'parent', authority: true, representativeName: 'هيا عبدالله', representativeMobile: '+966501234567' }; // prettier-ignore
    const person = createPerson({ assets, person: unsigned(own) });
    person.presses(`start:support-request:${reference}`);
    const { text } = person.says('نعم');
    expect(text).toContain('أقدّم هذا الطلب عن صاحبه');
    expect(text).not.toContain('كل ما كتبته في هذا الطلب صحيح');
    person.says('هيا عبدالله');
    const sent = submitted(person.says('نعم').effects);
    expect(sent?.signature?.statement).toContain('عن صاحبه بعلمه وإذنه');
    expect(sent?.signature?.statementHash).toBe(sha256Hex(sent?.signature?.statement ?? ''));
  });
});

describe('"I never asked for this"', () => {
  it('is asked once more, and handed over with the reference', () => {
    const person = createPerson({ assets, person: unsigned() });
    expect(person.presses(`start:dispute:${reference}`).text).toContain('من غير علمك');
    const done = person.says('نعم');
    expect(done.text).toContain('شكرًا لأنك أخبرتنا');
    expect(submitted(done.effects)).toMatchObject({ opens: 'dispute', reference });
  });

  it('is understood in one’s own words, in both languages', () => {
    for (const [locale, words] of [
      ['ar', 'قدموا طلب باسمي وانا ما ادري'],
      ['en', 'somebody applied in my name'],
    ]) {
      const person = createPerson({ assets, person: unsigned(), channelId: 'webchat', ...(locale ? { locale } : {}) });
      expect(person.says(words ?? '').expects).toMatchObject({ flow: 'dispute', step: 'sure' });
    }
  });

  it('changes nothing when it was a slip', () => {
    const person = createPerson({ assets, person: unsigned() });
    person.presses(`start:dispute:${reference}`);
    const kept = person.says('لا');
    expect(kept.text).toContain('الطلب باقٍ كما هو');
    expect(submitted(kept.effects)).toBeUndefined();
  });
});

describe("one's own number", () => {
  const shared = (own: boolean, phone = '966500000000') => ({
    contentType: contentTypes.contact,
    content: { phone, own },
  });
  const shares = (effects: readonly { type: string }[]) => effects.filter(({ type }) => type === 'contact_shared');

  it('shared in Telegram links the chat, and is kept out of the transcript', () => {
    const brought = createPerson({ assets }).sends(shared(true));
    expect(shares(brought.effects)).toEqual([{ type: 'contact_shared', phone: '+966500000000', locale: 'ar' }]);
    expect(brought.heard).toMatch(/^•+$/);
  });

  it('takes the place of the reference in the form that links', () => {
    const person = createPerson({ assets });
    expect(person.presses('start:link').expects).toMatchObject({ flow: 'link', contact: true });
    expect(shares(person.sends(shared(true)).effects)).toHaveLength(1);
    expect(person.state().form).toBeNull();
  });

  it('is nothing of the kind when it is somebody else’s, foreign, or the answer to a question', () => {
    const person = createPerson({ assets });
    expect(shares(person.sends(shared(false)).effects)).toEqual([]);
    expect(shares(person.sends(shared(true, '447700900123')).effects)).toEqual([]);
    const applying = createPerson({ assets });
    applying.presses('start:support-request');
    for (const answer of ['نعم', '1', '1', 'نورة سالم', '1000000008', '1985-03-20']) applying.says(answer);
    const answered = applying.sends(shared(true));
    expect(shares(answered.effects)).toEqual([]);
    expect(answered.expects).toMatchObject({ step: 'city' });
  });
});
