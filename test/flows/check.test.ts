import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../fixtures/assets.js';
import { entry, problemsWith } from './content.js';

const file = 'flows/faq/trial.yaml';
const shipped = (name: string): string => readFileSync(join(root, name), 'utf8');

describe('the check of one file against its schema', () => {
  it('has nothing against a whole entry', () => {
    expect(problemsWith({ [file]: entry('trial') })).toEqual([]);
  });

  it.each([
    ['an id that is none', entry('Trial Entry'), /:1 {2}0\.id: an id is lower-case words/],
    ['a misspelt key', entry('trial', '  folow: [menu]'), /:\d+ {2}0: .*"folow"/],
    ['too few phrasings', entry('trial').replace(/سؤال 8, سؤال 9/, 'سؤال 8'), /:3 {2}0\.questions\.ar: give at least 10 ways/],
    ['an empty answer', entry('trial', '  answer: { ar: "  ", en: x }'), /:5 {2}0\.answer\.ar: a sentence is missing/],
    ['a language that is missing', entry('trial', '  answer: { ar: جواب }'), /:5 {2}0\.answer\.en: /],
    ['a label too long for a button', entry('trial').replace('en: Question', `en: ${'Q'.repeat(25)}`), /:2 {2}0\.label\.en: .*24/],
    ['a target in no known form', entry('trial', '  follow: ["go to menu"]'), /:5 {2}0\.follow\.0: like/],
    ['too many targets', entry('trial', '  follow: [menu, help, person, back, cancel]'), /:5 {2}0\.follow: .*4/],
    ['a paragraph without its condition', entry('trial', '  answer:', '    ar:', '      - say: كلام', '    en: x'), /:7 {2}0\.answer\.ar\.0\.when: /],
    ['a condition that is none', entry('trial', '  when: phone is set'), /:5 {2}0\.when: like "contact\.phone"/],
    ['no entry at all', '[]\n', /:1 {2}/],
  ])('names %s', (_what, text, problem) => {
    const problems = problemsWith({ [file]: text });
    expect(problems.length).toBeGreaterThan(0);
    expect(problems[0]).toMatch(new RegExp(`^flows/faq/trial\\.yaml${problem.source}`));
  });
});

describe('the check of the files against each other', () => {
  it.each([
    ['an id that is taken', entry('decision-time'), /trial\.yaml:1 {2}id: "decision-time" is taken already by flows\/faq\/committee\.yaml:\d+/],
    ['a button that leads nowhere', entry('trial', '  follow: [nowhere]'), /trial\.yaml:1 {2}follow: there is no "nowhere"/],
    ['a button to a form that is not there', entry('trial', '  follow: [start nowhere]'), /there is no "start nowhere"/],
    ['a button to a menu that is not there', entry('trial', '  follow: [menu nowhere]'), /there is no "menu nowhere"/],
    ['a condition on nothing', entry('trial', '  when: contact.fax'), /nothing is known of "contact\.fax"; use one of: contact\.phone/],
    ['a condition on nothing in a paragraph', entry('trial', '  answer: { ar: [{ when: not channels.pigeons, say: كلام }], en: x }'), /nothing is known of "not channels\.pigeons"/],
  ])('names %s', (_what, text, problem) => {
    const problems = problemsWith({ [file]: text });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(problem);
  });

  it('names a menu item that leads nowhere, and a main menu that is missing', () => {
    const menu = shipped('flows/menu.yaml');
    expect(problemsWith({ 'flows/menu.yaml': menu.replace('start suggestion', 'start sugestion') })[0]).toMatch(
      /^flows\/menu\.yaml:\d+ {2}items: there is no "start sugestion"/,
    );
    expect(problemsWith({ 'flows/menu.yaml': menu.replace('- id: main', '- id: first') }).join('\n')).toMatch(
      /a menu with the id "main" is missing/,
    );
  });

  it('names an organisation whose file is not called after its id', () => {
    const copy = shipped('flows/organisations/awn.yaml').replace('id: awn', 'id: sixth');
    expect(problemsWith({ 'flows/organisations/other.yaml': copy })).toEqual([
      'flows/organisations/other.yaml:1  id: name the file sixth.yaml, after its id',
    ]);
  });

  it('names times for interviews behind a door that is shut', () => {
    const shut = shipped('flows/organisations/awn.yaml').replace('channels: [interview, ', 'channels: [');
    expect(problemsWith({ 'flows/organisations/awn.yaml': shut })).toEqual([
      expect.stringMatching(/^flows\/organisations\/awn\.yaml:\d+ {2}interviews: the door "interview" is not among its channels/),
    ]);
  });

  it.each([
    ['a time that is none', "from: '9'", /interviews\.from: a time of the day like "09:30"/],
    ['hours into which none fits', "from: '13:30'", /interviews\.to: no interview fits/],
  ])('names, among the interviews of a profile, %s', (_what, from, problem) => {
    const wrong = shipped('flows/organisations/awn.yaml').replace("from: '09:00'", from);
    expect(problemsWith({ 'flows/organisations/awn.yaml': wrong })[0]).toMatch(problem);
  });

  it('names an organisation that is there twice', () => {
    expect(problemsWith({ 'flows/organisations/awn2.yaml': shipped('flows/organisations/awn.yaml') }).join('\n')).toMatch(
      /"awn" is taken already by flows\/organisations\/awn\.yaml:1/,
    );
  });
});
