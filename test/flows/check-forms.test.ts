import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../fixtures/assets.js';
import { problemsWith } from './content.js';

const file = 'flows/forms/trial.yaml';
const sentence = '{ ar: كلام, en: Words }';

/** A form of these steps, each a line of YAML after its prompt. */
const form = (steps: string[], head = ''): string =>
  [
    'id: trial',
    `label: ${sentence}`,
    ...(head ? [head] : []),
    'steps:',
    ...steps.map((step) => `  - { prompt: ${sentence}, ${step} }`),
    `done: ${sentence}`,
    '',
  ].join('\n');

const problems = (steps: string[], head?: string) => problemsWith({ [file]: form(steps, head) });

const housing = `ask: housing, label: ${sentence}, type: choice, choices: [{ value: own, label: ${sentence} }, { value: rent, label: ${sentence} }]`;
const family = `ask: family, label: ${sentence}, type: number`;
const debt = 'ask: hasDebt, type: yes-no';
const declaration = `ask: declaration, type: declaration, statement: ${sentence}, statementVersion: 1`;
const service = 'ask: service, type: choice, choices: services';
const applicant = [
  service,
  `ask: nationalId, type: saudi-id`,
  'ask: fullName, type: text',
  'ask: mobile, type: saudi-mobile',
];

describe('the check of a form', () => {
  it.each([
    ['an answer that was given before', [debt, 'ask: much, type: money, when: answers.hasDebt']],
    ['an answer of a list', [housing, 'ask: rent, type: money, when: answers.housing = rent']],
    ['a number', [family, 'ask: names, type: text, when: answers.family > 1']],
    ['a fact', ['ask: it, type: text, when: not contact.phone']],
    ['an organisation', ['ask: it, type: text, when: organisation.awn']],
    ['a service', ['ask: service, type: choice, choices: services', 'ask: it, type: text, when: answers.service = food']],
  ])('takes a condition on %s', (_what, steps) => {
    expect(problems(steps)).toEqual([]);
  });

  it.each([
    ['an answer that nothing asks for', ['ask: it, type: text, when: answers.gone'], /it\.when: nothing asks for "gone" before/],
    ['an answer that comes later', ['ask: it, type: text, when: answers.hasDebt', debt], /nothing asks for "hasDebt" before/],
    ['a value that is no choice', [housing, 'ask: it, type: text, when: answers.housing = tent'], /"housing" is never "tent"; it is one of: own, rent/],
    ['a value that no answer of yes or no has', [debt, 'ask: it, type: text, when: answers.hasDebt = yes'], /it is one of: true, false/],
    ['a size that is none', [housing, 'ask: it, type: text, when: answers.housing > 1'], /">" compares a number/],
    ['a size that is no number', [family, 'ask: it, type: text, when: answers.family > many'], /">" compares a number/],
    ['a fact that is compared', ['ask: it, type: text, when: contact.phone = 5'], /"contact\.phone" is compared; only answers are/],
    ['an answer, for other words', [debt, `ask: it, type: text, instead: [{ when: answers.gone, prompt: ${sentence} }]`], /it\.instead: nothing asks for "gone" before/],
    ['a fact that is none, for other words', [`ask: it, type: text, instead: [{ when: contact.fax, prompt: ${sentence} }]`], /nothing is known of "contact\.fax"/],
    ['a fact that is none', ['ask: it, type: text, when: contact.fax'], /nothing is known of "contact\.fax"; use one of: .*organisation\.awn/],
    ['a service that nobody offers', ['ask: service, type: choice, choices: services', 'ask: it, type: text, when: answers.service = cars'], /"service" is never "cars"/],
  ])('names a condition on %s', (_what, steps, problem) => {
    expect(problems(steps)).toEqual([expect.stringMatching(problem)]);
  });

  it.each([
    ['a paper that is not there', ['ask: files, type: attachments, checklist: [passport]'], '', /files\.checklist: flows\/papers\.yaml has no paper "passport"/],
    ['a paper whose condition nothing here answers', ['ask: files, type: attachments, checklist: [family-card]'], '', /the paper "family-card" is wanted when answers\.family > 1, but nothing asks for "family"/],
    ['papers that are missing where no request is', ['ask: files, type: attachments, checklist: missing'], '', /"checklist: missing" is for forms that open papers/],
    ['an answer without a name in the summary', [debt, 'ask: review, type: review'], '', /hasDebt: the summary needs a label for it/],
    ['a request without a declaration', applicant, 'opens: request', /ends with a declaration/],
    ['a request that does not ask whose it is', [service, declaration], 'opens: request', /always asks for nationalId, type saudi-id/],
    ['an appointment that does not ask when', ['ask: fullName, type: text', 'ask: mobile, type: saudi-mobile'], 'opens: appointment', /a form with "opens: appointment" always asks for slot, type slot/],
    ['an appointment whose time is asked for only sometimes', [debt, 'ask: slot, type: slot, when: answers.hasDebt'], 'opens: appointment-move', /always asks for slot/],
    ['a time that nothing is booked for', ['ask: slot, type: slot'], '', /times are asked for only by forms that open an appointment/],
    ['a declaration that is not the last', [declaration, debt], '', /one declaration, and it comes last/],
    ['a form for papers that begins otherwise', [debt], 'opens: papers', /begins with the step that takes them/],
    ['a statement where nothing is declared', [debt, `ask: it, type: text, instead: [{ when: answers.hasDebt, statement: ${sentence} }]`], '', /it\.instead: only a declaration has a statement/],
    ['a representative without a number', [...applicant, 'ask: representativeName, type: text', `ask: relationship, type: choice, choices: [{ value: own, label: ${sentence} }, { value: rent, label: ${sentence} }]`, declaration], 'opens: request', /asks for representativeMobile, type saudi-mobile/],
    ['a question that is asked twice', [debt, debt], '', /"hasDebt" is asked twice/],
  ])('names %s', (_what, steps, head, problem) => {
    expect(problems(steps, head)[0]).toMatch(problem);
    expect(problems(steps, head)[0]).toMatch(/^flows\/forms\/trial\.yaml:1 {2}/);
  });

  const who = `ask: who, sensitive: true, type: choice, choices: [{ value: unnamed, label: ${sentence} }, { value: named, label: ${sentence} }]`;
  const anonymous = (when: string) => `anonymous: { when: "${when}", done: ${sentence} }`;

  it.each([
    ['a condition on nothing that is asked', [who], anonymous('answers.gone'), /anonymous\.when: nothing asks for "gone"/],
    ['an answer that stays readable', [who, debt], anonymous('answers.who = unnamed'), /mark every step as sensitive, also: hasDebt/],
    ['something that needs the person', [who], `opens: call\n${anonymous('answers.who = unnamed')}`, /only a form that opens a submission/],
  ])('names where a name may be withheld, and should not: %s', (_what, steps, head, problem) => {
    expect(problems(steps, head)).toEqual([expect.stringMatching(problem)]);
  });

  it('takes a form that may be filled in without a name', () => {
    expect(problems([who, `${debt}, sensitive: true`], anonymous('answers.who = unnamed'))).toEqual([]);
  });

  it('has nothing against a whole request', () => {
    expect(problems([...applicant, declaration], 'opens: request')).toEqual([]);
  });

  it('names a paper whose id means something else, and one that is there twice', () => {
    const papers = readFileSync(join(root, 'flows/papers.yaml'), 'utf8');
    const more = (id: string) => `${papers}\n- id: ${id}\n  label: ${sentence}\n`;
    expect(problemsWith({ 'flows/papers.yaml': more('later') })).toEqual([expect.stringMatching(/"later" has a meaning of its own/)]);
    expect(problemsWith({ 'flows/papers.yaml': more('identity') })).toEqual([expect.stringMatching(/"identity" is taken already/)]);
  });
});
