import { describe, expect, it } from 'vitest';
import { canonicalJson, sha256Hex } from '../../src/core/digest.js';
import { smallAssets } from '../fixtures/small-assets.js';
import { applicant, submitted, upToPapers } from './applicant.js';
import { sentence } from './person.js';

const assets = smallAssets();
const says = (key: string, variables?: Record<string, unknown>) => sentence(assets, key, variables);
const name = 'نورة بنت سعد القحطاني';
const atDeclaration = () => applicant(assets, ...upToPapers, 'لاحقا', 'نعم');
const atConsent = () => applicant(assets, ...upToPapers, 'لاحقا', 'نعم', name);

describe('the declaration', () => {
  it('shows the statement in the name of the organisation and asks for the full name', () => {
    const person = applicant(assets, ...upToPapers, 'لاحقا');
    const asked = person.says('نعم');
    expect(asked.text).toBe('أقر لدى عسيب بصحة بياناتي\n\nاكتب اسمك الكامل');
    expect(asked.expects).toEqual({ type: 'declaration', flow: 'support-request', step: 'declaration' });
  });

  it.each([name, 'Noura Al-Qahtani', 'عبد الله', "Sara O'Neil", 'مُحَمَّد آل سعود', 'J. Smith'])(
    'takes %j for a name',
    (text) => {
      const asked = atDeclaration().says(text);
      expect(asked.text).toBe(says('declaration.confirm', { name: text }));
      expect(asked.effects).toEqual([]);
      expect(asked.choices).toEqual([says('declaration.yes'), 'لا']);
    },
  );

  it.each([
    ['نورة', 'nameIncomplete'],
    ['نعم', 'nameIncomplete'],
    ['نورة 2', 'nameIncomplete'],
    ['- -', 'nameIncomplete'],
    ['🌙 🌙', 'nameIncomplete'],
    ['Нора Саад', 'nameIncomplete'],
    [`نورة ${'سعد '.repeat(30)}`, 'nameLong'],
  ])('does not take %j', (text, problem) => {
    expect(atDeclaration().says(text).text).toContain(says(`steps.${problem}`));
  });

  it.each(['متى تفتحون أبوابكم', 'متى تفتحون أبوابكم؟', 'when are you open'])(
    'takes a question for no name: %s',
    (text) => {
      const answered = atDeclaration().says(text);
      expect(answered.text).toContain('جواب الدوام');
      expect(answered.expects).toMatchObject({ step: 'declaration' });
    },
  );

  it.each(['نعم', 'نعم أوافق', 'أوافق', 'موافق', 'yes', '1', 'نعم، أوافق وأوقّع'])('is signed by %j', (text) => {
    expect(submitted(atConsent().says(text).effects)).toMatchObject({ opens: 'request', signature: { name } });
  });

  it('leaves who signed what and when, so that anybody can verify it', () => {
    const sent = submitted(atConsent().says('نعم').effects);
    const statement = 'أقر لدى عسيب بصحة بياناتي';
    expect(sent?.signature).toEqual({
      statement,
      statementVersion: 3,
      statementHash: sha256Hex(statement),
      answersHash: sha256Hex(canonicalJson(sent?.answers)),
      name,
      at: Date.parse('2026-11-21T06:00:00Z'),
      messageId: 'm9',
    });
    expect(sent?.answers).not.toHaveProperty('declaration');
    expect(sent?.answers).not.toHaveProperty('review');
  });

  it('is signed as it was read, whatever language follows', () => {
    const person = atConsent();
    person.says('english');
    const statement = 'أقر لدى عسيب بصحة بياناتي';
    expect(submitted(person.says('yes').effects)?.signature).toMatchObject({
      statement,
      statementHash: sha256Hex(statement),
    });
  });

  it('has another hash for other answers', () => {
    const other = applicant(assets, '1012345672', '2', 'ملك', 'لاحقا', 'نعم', name);
    const hashes = [atConsent(), other].map((person) => submitted(person.says('نعم').effects)?.signature?.answersHash);
    expect(new Set(hashes).size).toBe(2);
  });

  it.each(['يمكن', 'زززز', 'نورة سعد', '3'])('explains itself after %j', (text) => {
    const explained = atConsent().says(text);
    expect(explained.text).toContain(says('steps.consentUnclear'));
    expect(explained.text).toContain(says('declaration.confirm', { name }));
    expect(explained.effects).toEqual([]);
  });

  it('is not signed by "no": the draft waits, and a correction or a person is offered', () => {
    const person = atConsent();
    const declined = person.says('لا');
    expect(declined.text).toBe(says('declaration.declined'));
    expect(declined.values).toEqual(['command:back', 'command:person', 'command:resume']);
    expect(submitted(declined.effects)).toBeUndefined();
    const again = person.says('أكمل');
    expect(again.text).toContain('أقر لدى عسيب');
    person.says(name);
    person.says('لا');
    expect(person.says('رجوع').expects).toMatchObject({ step: 'review' });
    expect(person.state().form?.answers).toMatchObject({ nationalId: '1012345672' });
  });

  it('asks for the name again after "back"', () => {
    const person = atConsent();
    expect(person.says('رجوع').text).toContain('اكتب اسمك الكامل');
    expect(person.says('رجوع').expects).toMatchObject({ step: 'review' });
  });

  it('is read in the language of the person', () => {
    const person = atDeclaration();
    expect(person.says('english').text).toContain('أقر لدى Asseb بصحة بياناتي (en)');
    person.says('Noura Saad');
    expect(submitted(person.says('yes').effects)).toMatchObject({
      locale: 'en',
      signature: { statement: 'أقر لدى Asseb بصحة بياناتي (en)', name: 'Noura Saad' },
    });
  });
});
