import { holds } from '../conversation/conditions.js';
import type { Signature } from '../conversation/effects.js';
import { givenAnswers } from '../conversation/form/given.js';
import { fill } from '../conversation/variables.js';
import { canonicalJson, sha256Hex } from '../core/digest.js';
import type { Form, FormOutcome, Paper, Step } from '../flows/schema.js';
import { isoDayOf, day } from './calendar.js';
import { needs } from './content/words.js';
import { savePaper } from './papers.js';
import type { Speaker } from './talk.js';
import type { World } from './world.js';

type Answers = Record<string, unknown>;

export interface FilledIn {
  answers: Answers;
  signature: Signature;
}

/** The form by which people ask for this, when the organisation's content has one. */
export const formThat = ({ core }: World, opens: FormOutcome): Form | undefined =>
  [...core.assets.forms.values()].find((form) => form.opens === opens);

/** Answers every question that the form puts, with all papers or all but one, and signs. */
export async function fillIn(
  world: World,
  speaker: Speaker,
  { form, complete }: { form: Form; complete: boolean },
): Promise<FilledIn> {
  const { facts } = world.core.assets;
  const answers: Answers = {};
  for (const step of form.steps) {
    if (step.when && !holds(step.when, { ...facts, answers })) continue;
    const value =
      step.type === 'attachments'
        ? await papersFor(world, speaker, { step, answers, complete })
        : answerTo(world, speaker, step);
    if (value !== undefined) answers[step.ask] = value;
  }
  return sign(world, speaker, { form, answers: givenAnswers(form, answers) });
}

/** Signs answers as they are now. */
export function sign(
  world: World,
  { strand, person: { locale, name } }: Speaker,
  { form, answers }: { form: Form; answers: Answers },
): FilledIn {
  const { assets } = world.core;
  const step = form.steps.find(({ type }) => type === 'declaration');
  const written = step?.type === 'declaration' ? step.statement[locale] : '';
  const statement = fill(written, assets.variables(locale, strand.now()), locale);
  return {
    answers,
    signature: {
      statement,
      statementVersion: step?.type === 'declaration' ? step.statementVersion : 1,
      statementHash: sha256Hex(statement),
      answersHash: sha256Hex(canonicalJson(answers)),
      name,
      at: strand.now(),
      messageId: `signed-${strand.now()}`,
    },
  };
}

/** Undefined for what is no question. */
function answerTo({ core }: World, { strand: { chance, now }, person }: Speaker, step: Step): unknown {
  switch (step.type) {
    case 'saudi-id':
      return person.nationalId;
    case 'saudi-mobile':
      return person.mobile;
    case 'contact':
      return { phone: person.mobile, own: true };
    case 'text':
      return step.ask === 'fullName' ? person.name : chance.pick(needs[person.locale]);
    case 'choice': {
      const choices = step.choices === 'services' ? core.assets.organisation.services.map(({ id }) => id) : step.choices.map(({ value }) => value); // prettier-ignore
      return choices[chance.between(0, choices.length - 1)];
    }
    case 'yes-no':
      return step.otherwise !== undefined || chance.happens(0.5);
    case 'number':
      return within(step, chance.between(1, 8));
    case 'money':
      return within(step, chance.between(12, 65) * 100);
    case 'date':
      return isoDayOf(now() + (step.only === 'future' ? 1 : -1) * chance.between(20, 20_000) * day);
    case 'iban':
      return iban(person.number);
    case 'location':
      return { address: person.place };
    case 'reference':
    case 'attachments':
    case 'review':
    case 'declaration':
      return undefined;
    default:
      return step satisfies never;
  }
}

const within = ({ min, max }: { min: number; max: number }, value: number): number =>
  Math.min(max, Math.max(min, value));

/** Of a bank that does not exist; the two digits after the country check the others (ISO 13616). */
function iban(number: number): string {
  const account = `00${String(number).padStart(18, '0')}`;
  // S is 28, A is 10.
  const check = 98 - Number(BigInt(`${account}281000`) % 97n);
  return `SA${String(check).padStart(2, '0')}${account}`;
}

async function papersFor(
  world: World,
  { strand }: Speaker,
  { step, answers, complete }: { step: Extract<Step, { type: 'attachments' }>; answers: Answers; complete: boolean },
) {
  const { papers, facts } = world.core.assets;
  const listed = step.checklist === 'missing' ? [] : step.checklist.flatMap((id) => papers.get(id) ?? []);
  const wanted = listed.filter(({ when }) => !when || holds(when, { ...facts, answers }));
  const required = wanted.filter(({ optional }) => !optional);
  const later = complete ? [] : required.slice(-1);
  const sent = wanted.filter((paper) => isSent(paper, later) && (!paper.optional || strand.chance.happens(0.3)));
  const files = await Promise.all(sent.map(({ id }) => savePaper(world, strand, id)));
  return { files, later: later.map(({ id }) => id) };
}

const isSent = (paper: Paper, later: readonly Paper[]): boolean => !later.includes(paper);
