import { describe, expect, it } from 'vitest';
import { contentTypes } from '../../src/core/activity.js';
import { smallAssets } from '../fixtures/small-assets.js';
import { applicant, knownBy, submitted, upToPapers } from './applicant.js';
import { createPerson, fileOf, sentence } from './person.js';

const assets = smallAssets();
const says = (key: string, variables?: Record<string, unknown>) => sentence(assets, key, variables);
const atPapers = () => applicant(assets, ...upToPapers);
const file = (id: string, paper: string) => ({ id, paper, name: `${id}.jpg`, contentType: 'image/jpeg', size: 1000 });
/** Buttons of the question, by the answer behind each. */
const bare = (values: readonly string[]) => values.map((value) => value.split(':').at(-1));

describe('the question for papers', () => {
  it('lists the papers that these answers call for, and offers them and to send them later', () => {
    const asked = applicant(assets, '1012345672', '4').says('ملك');
    expect(asked.text).toBe(
      `أرسل أوراقك:\n▫️ صورة الهوية\n▫️ سجل الأسرة\n▫️ إثبات الدخل\n▫️ التقرير الطبي ${says('papers.optional')}`,
    );
    expect(bare(asked.values)).toEqual(['identity', 'family-card', 'income', 'medical', 'later']);
    expect(asked.expects).toEqual({
      type: 'attachments',
      flow: 'support-request',
      step: 'documents',
      choices: ['identity', 'family-card', 'income', 'medical', 'later'],
    });
    expect(applicant(assets, '1012345672', '1').says('ملك').text).not.toContain('سجل الأسرة');
  });

  it('asks which paper a file is, and ticks it', () => {
    const person = atPapers();
    const which = person.sendsFile('f1');
    expect(which.text).toBe(says('papers.which'));
    expect(bare(which.values)).toEqual(['identity', 'income', 'medical', 'drop']);
    const taken = person.presses(which.values[0]);
    expect(taken.text).toContain(says('papers.taken', { paper: 'صورة الهوية' }));
    expect(taken.text).toContain('✅ صورة الهوية\n▫️ إثبات الدخل');
    expect(bare(taken.values)).toEqual(['income', 'medical', 'later', 'change']);
  });

  it.each(['2', '٢', 'إثبات الدخل', 'اثبات دخل', 'proof of income', 'الدخل'])(
    'takes %j as the name of a file',
    (text) => {
      const person = atPapers();
      person.sendsFile('f1');
      expect(person.says(text).text).toContain('✅ إثبات الدخل');
    },
  );

  it.each(['صورة الهوية', 'هذي صورة الهوية', 'identity card'])('is told by the caption %j', (caption) => {
    expect(atPapers().sendsFile('f1', caption).text).toContain('✅ صورة الهوية');
  });

  it('is told before the file comes', () => {
    const person = atPapers();
    expect(person.says('إثبات الدخل').text).toContain(says('papers.sendNow', { paper: 'إثبات الدخل' }));
    expect(person.sendsFile('f1').text).toContain('✅ إثبات الدخل');
  });

  it('takes a file without a question when only one paper is left', () => {
    const person = createPerson({ assets, person: knownBy({ missing: ['income'], actions: ['papers'] }) });
    person.presses('start:send-papers');
    expect(person.sendsFile('f1').text).toContain('✅ إثبات الدخل');
    expect(person.sendsFile('f2').text).toContain('✅ إثبات الدخل (٢)');
  });

  it('asks about several files one after the other', () => {
    const person = atPapers();
    const first = person.sends(fileOf('f1'), fileOf('f2'));
    expect(first.text).toBe(says('papers.whichOfSeveral', { place: '١', name: '\u2066f1.jpg\u2069' }));
    const second = person.says('1');
    expect(second.text).toContain(says('papers.whichOfSeveral', { place: '٢', name: '\u2066f2.jpg\u2069' }));
    expect(person.presses('drop').text).toContain(says('papers.dropped'));
    person.says('لاحقا');
    expect(person.state().form?.answers['documents']).toEqual({ files: [file('f1', 'identity')], later: ['income'] });
  });

  it('takes every page of a paper, and lets the last file be changed', () => {
    const person = atPapers();
    person.sendsFile('f1', 'صورة الهوية');
    person.sendsFile('f2', 'إثبات الدخل');
    expect(person.presses('change').text).toContain(
      says('papers.whichOfSeveral', { place: '٢', name: '\u2066f2.jpg\u2069' }),
    );
    expect(person.presses('identity').text).toContain('✅ صورة الهوية (٢)\n▫️ إثبات الدخل');
  });

  it('is done only when everything has come, or is promised for later', () => {
    const person = atPapers();
    person.sendsFile('f1', 'صورة الهوية');
    expect(person.says('خلصت').text).toContain(says('steps.filesOpenLater', { papers: 'إثبات الدخل' }));
    const all = person.sendsFile('f2', 'إثبات الدخل');
    expect(all.text).toContain(says('papers.taken', { paper: 'إثبات الدخل' }));
    expect(bare(all.values)).toEqual(['medical', 'done', 'change']);
    expect(person.says('انتهيت').expects).toMatchObject({ step: 'review' });
    expect(person.state().form?.answers['documents']).toEqual({
      files: [file('f1', 'identity'), file('f2', 'income')],
      later: [],
    });
  });

  it.each(['لاحقا', 'بعدين', 'ما هي معي', 'later', 'Send later'])('lets the papers come later: %s', (text) => {
    const person = atPapers();
    expect(person.says(text).expects).toMatchObject({ step: 'review' });
    expect(person.state().form?.answers['documents']).toEqual({ files: [], later: ['identity', 'income'] });
  });

  it('takes a voice note as a file, and says kindly that a sticker is none', () => {
    const person = atPapers();
    const voice = { contentType: 'audio/ogg', contentUrl: 'wasl-file:v1', name: 'voice.ogg', size: 9 };
    expect(person.sends(voice).text).toBe(says('papers.which'));
    person.says('1');
    expect(person.sends({ contentType: contentTypes.unsupported, content: { kind: 'sticker' } }).text).toContain(
      says('steps.filesUnreadable'),
    );
    expect(person.sends({ contentType: 'image/png', contentUrl: 'https://elsewhere/x.png' }).text).toContain(
      says('steps.filesUnreadableAgain'),
    );
  });

  it('takes ten files and no more, and the same file once', () => {
    const person = atPapers();
    person.sends(...Array.from({ length: 8 }, (_, index) => fileOf(`f${index}`)), fileOf('f0'));
    const full = person.sends(fileOf('f0'), fileOf('g1'), fileOf('g2'), fileOf('g3'));
    expect(full.text).toContain(says('papers.full', { limit: '١٠' }));
    expect(person.state().form?.gathered['documents']).toMatchObject({ files: { length: 10 } });
  });

  it('keeps what has come through a question for the FAQ, "back", the menu, and two weeks', () => {
    const person = atPapers();
    person.sendsFile('f1', 'صورة الهوية');
    expect(person.says('متى تفتحون أبوابكم').text).toMatch(/جواب الدوام[\s\S]*✅ صورة الهوية/);
    expect(person.says('رجوع').expects).toMatchObject({ step: 'housing' });
    expect(person.says('ملك').text).toContain('✅ صورة الهوية');
    person.says('القائمة');
    person.waits(14 * 24 * 60 * 60 * 1000);
    expect(person.says('أكمل').text).toContain('✅ صورة الهوية');
    person.says('لاحقا');
    expect(person.says('رجوع').text).toContain('✅ صورة الهوية');
  });

  it('goes on with a file that comes while the form was set aside at it', () => {
    const person = atPapers();
    person.says('القائمة');
    expect(person.sendsFile('f1', 'صورة الهوية').text).toContain('✅ صورة الهوية');
  });
});

describe('a file outside a form', () => {
  const papers = {
    missing: ['identity', 'income'],
    returned: { income: 'الصورة غير واضحة' },
    actions: ['papers'],
  } as const;

  it('begins the form for the papers of the request that lacks some, with the file in hand', () => {
    const person = createPerson({
      assets,
      person: knownBy({ status: 'verification' }, { reference: 'ASB-2222-X', ...papers }),
    });
    const which = person.sendsFile('f1');
    expect(which.text).toContain(says('papers.which'));
    const taken = person.says('صورة الهوية');
    expect(taken.text).toContain(
      `✅ صورة الهوية\n▫️ إثبات الدخل ${says('papers.returned', { reason: 'الصورة غير واضحة' })}`,
    );
    const done = person.says('لاحقا');
    expect(submitted(done.effects)).toMatchObject({
      form: 'send-papers',
      opens: 'papers',
      reference: 'ASB-2222-X',
      answers: { documents: { files: [file('f1', 'identity')], later: ['income'] } },
    });
  });

  it('asks which request when several lack papers, and keeps every file until then', () => {
    const person = createPerson({ assets, person: knownBy(papers, { reference: 'ASB-2222-X', ...papers }) });
    const which = person.sendsFile('f1');
    expect(which.text).toContain(says('request.which'));
    expect(which.choices).toEqual(['ASB-7K3Q-9', 'ASB-2222-X']);
    person.sendsFile('f2');
    const begun = person.says('2');
    expect(begun.expects).toMatchObject({ flow: 'send-papers' });
    expect(person.state().form).toMatchObject({
      about: 'ASB-2222-X',
      gathered: { documents: { files: { length: 2 } } },
    });
    expect(person.state().files).toEqual([]);
  });

  it('is said to be unreadable when no request lacks papers', () => {
    const person = createPerson({ assets, person: knownBy({ status: 'committee' }) });
    expect(person.sendsFile('f1').text).toContain(says('cannotRead.image'));
    expect(createPerson({ assets }).sendsFile('f1').text).toContain(says('cannotRead.image'));
  });
});
