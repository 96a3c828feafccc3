import { describe, expect, it } from 'vitest';
import { readState } from '../../src/conversation/state.js';
import { contentTypes } from '../../src/core/activity.js';
import { smallAssets } from '../fixtures/small-assets.js';
import { createPerson, sentence } from './person.js';

const assets = smallAssets();
const says = (key: string) => sentence(assets, key);

function arrived() {
  const person = createPerson({ assets });
  person.arrives();
  return person;
}

describe('a message', () => {
  it('is a pressed button before it is anything else', () => {
    const pressed = arrived().posts({ type: 'message', text: 'القائمة', value: 'faq:parking' });
    expect(pressed.text).toContain('جواب المواقف');
  });

  it('is a command before it is an answer', () => {
    const person = arrived();
    person.presses('start:visit');
    expect(person.says('موظف').text).toContain(says('person.asked'));
    expect(person.state().form?.answers).toEqual({});
  });

  it('is an answer before it is one of the choices last offered', () => {
    const person = arrived();
    person.presses('start:note');
    person.says('1');
    person.says('ملاحظة كاملة');
    expect(person.says('2').effects).toMatchObject([
      { type: 'form_submitted', answers: { reply: false } },
      { type: 'draft_changed', form: null },
    ]);
  });

  it('is a choice by number or label where no question waits', () => {
    expect(arrived().says('١').text).toContain('جواب الدوام');
    expect(arrived().says('ملاحظة').text).toContain('مقدمة الملاحظة');
    const person = arrived();
    person.says('متى تفتحون أبوابكم');
    expect(person.says('1').text).toContain('جواب المواقف');
  });

  it('is a question for the FAQ, in either language and with typing slips', () => {
    expect(arrived().says('متى تفتحون ابوابكم').text).toContain('جواب الدوام');
    expect(arrived().says('wher can I park my car').text).toContain('جواب المواقف');
  });

  it('that means nothing is said to be not understood and kept as a gap; the second in a row brings a person', () => {
    const person = arrived();
    const first = person.says('شسيب ضصثق');
    expect(first.text).toBe(says('bot.notUnderstood'));
    expect(first.effects).toEqual([{ type: 'question_unanswered', text: 'شسيب ضصثق', locale: 'ar' }]);
    const second = person.says('ضصثق شسيب');
    expect(second.text).toContain(says('person.misunderstood'));
    expect(second.effects).toContainEqual(expect.objectContaining({ type: 'person_wanted', reason: 'misunderstood' }));
  });

  it('that is understood in between starts the count anew', () => {
    const person = arrived();
    person.says('شسيب ضصثق');
    person.says('متى تفتحون أبوابكم');
    expect(person.says('شسيب ضصثق').text).toBe(says('bot.notUnderstood'));
  });
});

describe('an old button', () => {
  it.each(['faq:gone', 'start:gone', 'menu:gone'])('%s shows the menu', (value) => {
    expect(arrived().presses(value).values).toContain('faq:hours');
  });

  it.each(['command:gone', 'command:__proto__', 'x', '', 'faq', ':', 'answer:note:topic:staff'])(
    '%j shows the menu, and says why',
    (value) => {
      const pressed = arrived().presses(value);
      expect(pressed.text).toBe(says('bot.oldButton'));
      expect(pressed.values).toContain('faq:hours');
    },
  );
});

describe('a message without words', () => {
  it.each([
    ['a picture', 'image/jpeg', 'image'],
    ['a voice', 'audio/ogg', 'voice'],
    ['a file', 'application/pdf', 'file'],
    ['a place', contentTypes.location, 'location'],
    ['a contact', contentTypes.contact, 'contact'],
    ['a sticker', contentTypes.unsupported, 'unsupported'],
  ])('%s gets a polite answer and ways on', (_what, contentType, key) => {
    const heard = arrived().sends({ contentType });
    expect(heard.text).toBe(says(`cannotRead.${key}`));
    expect(heard.values).toEqual(['command:menu', 'command:person']);
  });

  it.each(['', '   ', '\n', '\u200f\u200e', '\u0000', '\ufeff', '\ud800'])('%j is said to be empty', (text) => {
    expect(arrived().says(text).text).toBe(says('cannotRead.empty'));
  });
});

describe('a long message', () => {
  it('is read from its beginning, with a kind word', () => {
    const heard = arrived().says(`متى تفتحون أبوابكم ${'كلام طويل '.repeat(1000)}`);
    expect(heard.text).toContain(says('bot.tooLong'));
  });

  it('is cut between characters, never inside one', () => {
    const person = arrived();
    const [effect] = person.says('🌙'.repeat(400) + 'س').effects;
    expect(effect?.type === 'question_unanswered' && effect.text.includes('\ufffd')).toBe(false);
    expect(effect).toMatchObject({ type: 'question_unanswered', text: '🌙'.repeat(150) });
  });
});

describe('who we are', () => {
  it('is said once, before the first answer, to who writes without arriving', () => {
    const person = createPerson({ assets });
    expect(person.says('متى تفتحون أبوابكم').text).toMatch(/^حياك الله في مؤسسة عسيب[\s\S]*جواب الدوام/);
    expect(person.says('وين أوقف سيارتي').text).toBe('جواب المواقف');
  });
});

describe('the flood limit', () => {
  const strict = smallAssets({ messagesPerMinute: 3 });

  it('says one kind word and then nothing until the minute is over', () => {
    const person = createPerson({ assets: strict });
    const heard = Array.from({ length: 6 }, () => person.says('القائمة').text);
    expect(heard.slice(0, 3)).not.toContain('');
    expect(heard.slice(3)).toEqual([sentence(strict, 'bot.tooMany'), '', '']);
    person.waits(60_000);
    expect(person.says('القائمة').text).not.toBe('');
  });

  it('counts buttons and switches of the language too', () => {
    const person = createPerson({ assets: strict });
    for (let count = 0; count < 4; count += 1) person.presses('menu:main');
    expect(person.presses('faq:hours').text).toBe('');
    expect(person.switches('en').text).toBe('');
    expect(person.state().locale).toBe('en');
  });

  it('does not change what a form waits for', () => {
    const person = createPerson({ assets: strict });
    person.presses('start:note');
    for (let count = 0; count < 9; count += 1) person.says('1');
    person.waits(60_000);
    expect(person.says('ملاحظة كاملة أخرى').effects).toEqual([]);
  });
});

describe('the language', () => {
  it('is Arabic, unless the page or the terminal was opened in English', () => {
    const first = (channelId: 'webchat' | 'terminal' | 'telegram' | 'botframework', locale: string) =>
      createPerson({ assets, channelId, locale }).arrives().locale;
    expect(first('webchat', 'en-GB')).toBe('en');
    expect(first('terminal', 'en')).toBe('en');
    expect(first('telegram', 'en')).toBe('ar');
    expect(first('webchat', 'fr')).toBe('ar');
  });

  it('follows who writes a sentence in the other one; a word or two change nothing', () => {
    const person = arrived();
    expect(person.says('ok thanks').locale).toBe('ar');
    expect(person.says('where can I park my car').text).toBe('جواب المواقف (en)');
    expect(person.says('شكرا').locale).toBe('en');
    expect(person.says('وين أوقف سيارتي').text).toBe('جواب المواقف');
  });

  it('does not follow an answer to a form, and does follow while the form waits', () => {
    const person = arrived();
    person.presses('start:visit');
    expect(person.says('I want to see the office').locale).toBe('ar');
    person.says('القائمة');
    expect(person.says('where can I park my car').text).toBe('جواب المواقف (en)');
  });

  it.each([
    ['english', 'en'],
    ['إنجليزي', 'en'],
    ['عربي', 'ar'],
    ['arabic', 'ar'],
    ['اللغة', 'en'],
  ])('is set by the word %s', (word, locale) => {
    expect(arrived().says(word).locale).toBe(locale);
  });

  it('is set in the middle of a form, and the question is put again in it', () => {
    const person = arrived();
    person.presses('start:note');
    const asked = person.says('english');
    expect(asked.text).toContain('ما موضوعها؟ (en)');
    expect(asked.choices).toEqual(['The staff', 'The building']);
  });

  it.each(['fr', '', null, 7, {}, ['en']])('is not set to %j by the switch of the page', (value) => {
    const person = arrived();
    expect(person.switches(value)).toMatchObject({ text: '' });
    expect(person.state().locale).toBe('ar');
  });
});

describe('a state that cannot be read', () => {
  it.each([
    ['of another version', { ...readState(null, 'ar'), version: 2 }],
    ['that is damaged', { version: 1, locale: 'ar' }],
    ['that is no object', 'state'],
    ['that is none', null],
  ])('%s counts as a first turn', (_what, state) => {
    const person = createPerson({ assets, state });
    expect(person.says('متى تفتحون أبوابكم').text).toContain(`${assets.organisation.name.ar}. أنا المساعد الآلي`);
    expect(person.state()).toMatchObject({ version: 1, greeted: true });
  });

  it('keeps the language of who cannot be remembered otherwise', () => {
    const person = createPerson({ assets, state: { version: 1, locale: 'en', form: { gone: true } } });
    expect(person.says('?').locale).toBe('en');
  });
});
