import type { Form } from '../../flows/schema.js';

/** What the person has told us: all answers but those to the summary and to the declaration, which speak of the others. */
export function givenAnswers(form: Form, answers: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const asked = form.steps.filter(({ type }) => type !== 'review' && type !== 'declaration');
  return Object.fromEntries(
    asked.filter(({ ask }) => Object.hasOwn(answers, ask)).map(({ ask }) => [ask, answers[ask]]),
  );
}
