import type { Effect, FormSubmitted } from '../../src/conversation/effects.js';
import type { PersonFacts, RequestFacts } from '../../src/conversation/person-facts.js';
import type { Assets } from '../../src/conversation/assets.js';
import { createPerson } from './person.js';

/** Up to the question for the papers: a family of one that owns its home, so that few papers are wanted. */
export const upToPapers = ['1012345672', '1', 'ملك'];

/** A person in the middle of a request for support. */
export function applicant(assets: Assets, ...answers: string[]) {
  const person = createPerson({ assets });
  person.arrives();
  person.presses('start:support-request');
  for (const answer of answers) person.says(answer);
  return person;
}

/** A request as its applicant knows it; what a test is not about is plain. */
export const request = (facts: Partial<RequestFacts> = {}): RequestFacts => ({
  reference: 'ASB-7K3Q-9',
  status: 'verification',
  submittedAt: Date.parse('2026-11-20T06:00:00Z'),
  answerNotBefore: Date.parse('2026-12-04T06:00:00Z'),
  missing: [],
  returned: {},
  actions: [],
  ...facts,
});

export const knownBy = (...requests: Partial<RequestFacts>[]): PersonFacts => ({ requests: requests.map(request) });

export const submitted = (effects: readonly Effect[]): FormSubmitted | undefined =>
  effects.find((effect) => effect.type === 'form_submitted');
