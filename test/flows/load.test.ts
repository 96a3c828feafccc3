import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createAssets } from '../../src/conversation/create-assets.js';
import { FlowError } from '../../src/core/errors.js';
import { loadContent } from '../../src/flows/load.js';
import { content, root } from '../fixtures/assets.js';
import { contentFolder, entry, problemsWith } from './content.js';

const limits = { messagesPerMinute: 60, messageLength: 4000 };

describe('the shipped content', () => {
  it('holds the five organisations, and knows where each part stands', () => {
    expect([...content().organisations.keys()].toSorted()).toEqual(['anat-al-bayt', 'asseb', 'awn', 'esrar', 'makeen']);
    const decision = content().faq.find(({ id }) => id === 'decision-time');
    expect(decision && content().where(decision)).toMatch(/^flows\/faq\/committee\.yaml:\d+$/);
  });

  it.each(['asseb', 'awn', 'esrar', 'makeen', 'anat-al-bayt'])('keeps the fourteen days of the policy for %s', (id) => {
    expect(content().organisations.get(id)?.review.minimumDays).toBe(14);
  });
});

describe('the load', () => {
  it('names every problem of every file at once', () => {
    const problems = problemsWith({
      'flows/faq/one.yaml': '- id: [\n',
      'flows/words.yaml': undefined,
      'flows/forms': undefined,
      'locales/en.json': '{ "bot": ',
    });
    expect(problems).toHaveLength(4);
    expect(problems.join('\n')).toMatch(/^flows\/faq\/one\.yaml:\d+ /m);
    expect(problems).toContain('flows/words.yaml  this file is missing: restore it from the release');
    expect(problems).toContain('flows/forms  there is no file in this folder: restore it from the release');
    expect(problems.join('\n')).toMatch(/^locales\/en\.json {2}cannot be read/m);
  });

  it('takes templates for WhatsApp by the notices that there are, with what fills their places', () => {
    const file = 'flows/organisations/asseb.yaml';
    const profile = readFileSync(join(root, file), 'utf8');
    const having = (template: string) => problemsWith({ [file]: `${profile}\nwhatsapp: { templates: { ${template} } }\n` });
    expect(having('accepted: { name: request_accepted, language: { en: en_US }, parameters: [reference, text] }')).toEqual([]);
    expect(having('promoted: { name: request_promoted }')).toHaveLength(1);
    expect(having('accepted: { name: Request Accepted }').join()).toContain('WhatsApp Manager');
    expect(having('accepted: { name: a, parameters: [phone] }')).toHaveLength(1);
  });

  it('names a sentence that one language has and the other lacks', () => {
    const en = JSON.parse(readFileSync(join(root, 'locales/en.json'), 'utf8')) as { bot: Record<string, string> };
    const { help: _gone, ...bot } = en.bot;
    const changed = { ...en, bot: { ...bot, extra: 'x' } };
    expect(problemsWith({ 'locales/en.json': JSON.stringify(changed) })).toEqual([
      'locales/ar.json  bot.extra: is missing; en.json has it',
      'locales/en.json  bot.help: is missing; ar.json has it',
    ]);
  });

  it('reads .yml files too, and leaves others alone', () => {
    expect(problemsWith({ 'flows/faq/trial.yml': entry('trial'), 'flows/faq/notes.txt': 'not: [yaml' })).toEqual([]);
    expect(problemsWith({ 'flows/faq/trial.yml': entry('decision-time') })).toHaveLength(1);
  });
});

describe('the assets of an organisation', () => {
  function problemsOf(changes: Record<string, string>, organisation = 'esrar'): readonly string[] {
    const { folder, remove } = contentFolder(changes);
    try {
      const loaded = loadContent(folder);
      createAssets({ ...loaded, faq: loaded.faq.slice(-1) }, loaded.organisations.get(organisation)!, limits);
      return [];
    } catch (error) {
      if (error instanceof FlowError) return error.problems;
      throw error;
    } finally {
      remove();
    }
  }

  const last = 'flows/faq/zz.yaml';
  const phone = '"{{contact.phone}}"';

  it('refuse a text that speaks of what this organisation does not have, with file and line', () => {
    const text = entry('trial', `  answer: { ar: ${phone}, en: x }`);
    expect(problemsOf({ [last]: text })).toEqual([
      'flows/faq/zz.yaml:1  ar: {{contact.phone}} is not known of this organisation; correct it, or put the paragraph under "when" (esrar)',
    ]);
    expect(problemsOf({ [last]: text }, 'asseb')).toEqual([]);
  });

  it('take it under a condition, and leave an entry out whose condition does not hold', () => {
    const paragraph = `[x, { when: contact.phone, say: ${phone} }]`;
    expect(problemsOf({ [last]: entry('trial', `  answer: { ar: ${paragraph}, en: x }`) })).toEqual([]);
    expect(problemsOf({ [last]: entry('trial', '  when: contact.phone', `  answer: { ar: ${phone}, en: x }`) })).toEqual([]);
  });

  it('refuse a misspelt variable in a form, in a menu and in a sentence of the locales', () => {
    const form = readFileSync(join(root, 'flows/forms/suggestion.yaml'), 'utf8').replace('عن ماذا اقتراحك؟', '"{{nmae}}"');
    const menu = readFileSync(join(root, 'flows/menu.yaml'), 'utf8').replace('How can I help you?', '"{{nmae}}"');
    const locale = readFileSync(join(root, 'locales/ar.json'), 'utf8').replace('في {{name}}', 'في {{nmae}}');
    const problems = problemsOf({
      'flows/forms/suggestion.yaml': form,
      'flows/menu.yaml': menu,
      'locales/ar.json': locale,
    });
    expect(problems.map((problem) => problem.split(':')[0])).toEqual([
      'flows/forms/suggestion.yaml',
      'flows/menu.yaml',
      'locales/ar.json  bot.greeting  ar',
    ]);
  });
});
