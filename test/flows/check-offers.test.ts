import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createAssets } from '../../src/conversation/create-assets.js';
import { createPerson } from '../conversation/person.js';
import { assetsOf, content, root } from '../fixtures/assets.js';
import { entry, problemsWith } from './content.js';

const file = 'flows/faq/trial.yaml';
const menu = readFileSync(join(root, 'flows/menu.yaml'), 'utf8');
const volunteer = readFileSync(join(root, 'flows/forms/volunteer.yaml'), 'utf8');

describe('a button to what is not there for every organisation', () => {
  it('is refused in a menu without the condition, with file, line and what to write', () => {
    const careless = menu.replace('{ to: start volunteer, when: channels.volunteering }', 'start volunteer');
    const line = careless.split('\n').indexOf('- id: about') + 1;
    expect(problemsWith({ 'flows/menu.yaml': careless })).toEqual([
      `flows/menu.yaml:${line}  items: "start volunteer" is not there for every organisation; ` +
        'write { to: start volunteer, when: channels.volunteering } instead',
    ]);
  });

  it('is refused under a condition on another door', () => {
    const wrong = menu.replace(
      '{ to: start volunteer, when: channels.volunteering }',
      '{ to: start volunteer, when: channels.letters }',
    );
    expect(problemsWith({ 'flows/menu.yaml': wrong })).toEqual([
      expect.stringMatching(/write \{ to: start volunteer, when: channels\.volunteering \}/),
    ]);
  });

  it.each([
    ['an entry', entry('trial', '  follow: [start volunteer]')],
    ['an entry about another door', entry('trial', '  when: channels.letters', '  follow: [start volunteer]')],
  ])('is refused among what follows %s', (_what, text) => {
    expect(problemsWith({ [file]: text })).toEqual([
      expect.stringMatching(/^flows\/faq\/trial\.yaml:1 {2}follow: "start volunteer" is not there for every organisation/),
    ]);
  });

  it('is refused after a form without that door', () => {
    const follows = volunteer.replace(/^follow: .*$/m, 'follow: [start call-back]');
    expect(problemsWith({ 'flows/forms/volunteer.yaml': follows })).toEqual([
      expect.stringMatching(/write \{ to: start call-back, when: channels\.phone \}/),
    ]);
  });

  it.each([
    ['its own condition', entry('trial', '  follow: [{ to: start volunteer, when: channels.volunteering }]')],
    ['the condition of what holds it', entry('trial', '  when: channels.volunteering', '  follow: [start volunteer]')],
  ])('is taken under %s', (_what, text) => {
    expect(problemsWith({ [file]: text })).toEqual([]);
  });

  it('is refused to an entry with a condition of its own, too', () => {
    const text = entry('trial', '  when: channels.letters');
    const second = entry('second', '  follow: [trial]').replaceAll('سؤال', 'استفسار');
    expect(problemsWith({ [file]: text, 'flows/faq/second.yaml': second })).toEqual([
      expect.stringMatching(/"trial" is not there for every organisation/),
    ]);
  });
});

describe('the doors that the bot offers', () => {
  const shut = { volunteer: 'volunteering', 'call-back': 'phone' } as const;

  it.each([...content().organisations.values()])('are those of the profile: $id', ({ id, channels }) => {
    const open = channels.map((door) => (typeof door === 'string' ? door : door.id));
    const assets = assetsOf(id);
    for (const [form, door] of Object.entries(shut)) expect(assets.forms.has(form)).toBe(open.includes(door));
    const { choices } = createPerson({ assets }).presses('menu:contact');
    const offers = (label: string) => choices.includes(label);
    expect(offers('أرسل لكم خطابًا')).toBe(open.includes('letters'));
    expect(offers('مندوب قريب مني')).toBe(open.includes('delegates'));
  });

  it('of Asseb are neither letters nor delegates; of Makeen delegates, if there are any', () => {
    const doors = (id: string) => content().organisations.get(id)?.channels;
    expect(doors('asseb')).not.toContain('letters');
    expect(JSON.stringify(doors('asseb'))).not.toContain('delegates');
    expect(doors('makeen')).toContainEqual({ id: 'delegates', only: 'if-any' });
    expect(assetsOf('makeen').variables('ar', 0)['doors']).toContain('مناديب الفروع إن وُجدوا');
  });

  it('that are shut cannot be opened by an old button or by words', () => {
    const { organisations, ...source } = content();
    const asseb = organisations.get('asseb')!;
    const without = { ...asseb, channels: asseb.channels.filter((door) => door !== 'volunteering') };
    const person = createPerson({ assets: createAssets(source, without, { messagesPerMinute: 60, messageLength: 4000 }) });
    person.presses('start:volunteer');
    expect(person.state().form).toBeNull();
    person.says('ابي اتطوع معكم');
    expect(person.state().form).toBeNull();
    expect(person.presses('menu:about').choices).not.toContain('أتطوّع معكم');
  });
});
