import { readCondition, type Condition } from './condition.js';
import type { Content } from './content.js';
import type { Form, FormOutcome, Organisation, Paper, Step } from './schema.js';

/** What a form says of itself and of the papers, and what its kind asks of it. */
export function checkForms(content: Content, organisations: readonly Organisation[]): string[] {
  const { forms, papers, where } = content;
  const services = new Set(organisations.flatMap((organisation) => organisation.services.map(({ id }) => id)));
  return [
    ...forms.flatMap((form) =>
      [
        ...conditionProblems(form, services),
        ...anonymousProblems(form, services),
        ...wordingProblems(form),
        ...paperProblems(form, { papers, services }),
        ...summaryProblems(form),
        ...outcomeProblems(form),
        ...twice(form),
      ].map((problem) => `${where(form)}  ${problem}`),
    ),
    ...reservedPapers(content),
  ];
}

const conditionProblems = (form: Form, services: ReadonlySet<string>): string[] =>
  form.steps.flatMap(({ ask, when, instead = [] }, place) => {
    const before = form.steps.slice(0, place);
    return [...(when ? [{ when, path: 'when' }] : []), ...instead.map((one) => ({ when: one.when, path: 'instead' }))]
      .map((one) => ({ ...one, problem: answerProblem(readCondition(one.when), { before, services }) }))
      .flatMap(({ path, problem }) => (problem ? [`${ask}.${path}: ${problem}`] : []));
  });

/** Who gives no name must be able to rely on it: no answer may stay readable in the chat. */
function anonymousProblems({ anonymous, opens, steps }: Form, services: ReadonlySet<string>): string[] {
  if (!anonymous) return [];
  const problem = answerProblem(readCondition(anonymous.when), { before: steps, services });
  const open = steps.filter(({ sensitive }) => !sensitive).map(({ ask }) => ask);
  return [
    ...(problem ? [`anonymous.when: ${problem}`] : []),
    ...(opens === 'submission' ? [] : ['anonymous: only a form that opens a submission may be']),
    ...(open.length > 0 ? [`anonymous: mark every step as sensitive, also: ${open.join(', ')}`] : []),
  ];
}

const wordingProblems = ({ steps }: Form): string[] =>
  steps
    .filter(({ type, instead }) => type !== 'declaration' && instead?.some(({ statement }) => statement))
    .map(({ ask }) => `${ask}.instead: only a declaration has a statement; write a prompt`);

/** What is wrong with asking for an answer; undefined when nothing is, or when the condition asks for a fact. */
function answerProblem(
  { path, than }: Condition,
  { before, services }: { before: readonly Step[]; services: ReadonlySet<string> },
): string | undefined {
  if (!path.startsWith('answers.')) return than ? `"${path}" is compared; only answers are` : undefined;
  const asked = path.slice('answers.'.length);
  const step = before.find(({ ask }) => ask === asked);
  if (!step) return `nothing asks for "${asked}" before; correct the name, or ask for it earlier`;
  if (!than) return undefined;
  if (than.sign === '<' || than.sign === '>') {
    const counts = (step.type === 'number' || step.type === 'money') && /^\d+$/.test(than.value);
    return counts ? undefined : `"${than.sign}" compares a number or an amount of money with a number`;
  }
  const values = valuesOf(step, services);
  if (!values || values.has(than.value)) return undefined;
  return `"${asked}" is never "${than.value}"; it is one of: ${[...values].join(', ')}`;
}

function valuesOf(step: Step, services: ReadonlySet<string>): ReadonlySet<string> | undefined {
  if (step.type === 'yes-no') return new Set(['true', 'false']);
  if (step.type !== 'choice') return undefined;
  return step.choices === 'services' ? services : new Set(step.choices.map(({ value }) => value));
}

function paperProblems(
  { opens, steps }: Form,
  { papers, services }: { papers: readonly Paper[]; services: ReadonlySet<string> },
): string[] {
  const wanted = (paper: Paper, before: readonly Step[]): string[] => {
    const problem = paper.when && answerProblem(readCondition(paper.when), { before, services });
    return problem ? [`the paper "${paper.id}" is wanted when ${paper.when}, but ${problem}`] : [];
  };
  const listed = steps.flatMap((step, place) => {
    if (step.type !== 'attachments' || step.checklist === 'missing') return [];
    return step.checklist.flatMap((id) => {
      const paper = papers.find((one) => one.id === id);
      const problems = paper ? wanted(paper, steps.slice(0, place)) : [`flows/papers.yaml has no paper "${id}"`];
      return problems.map((problem) => `${step.ask}.checklist: ${problem}`);
    });
  });
  const later = opens === 'request' ? papers.filter(({ stage }) => stage === 'registration') : [];
  return [...listed, ...later.flatMap((paper) => wanted(paper, steps)).map((problem) => `steps: ${problem}`)];
}

/** These stand for something else where papers are asked for. */
const reserved = new Set(['done', 'later', 'change', 'drop']);

const reservedPapers = ({ papers, where }: Content): string[] =>
  papers
    .filter(({ id }) => reserved.has(id))
    .map((paper) => `${where(paper)}  id: "${paper.id}" has a meaning of its own where papers are sent; give another id`);

const isAnswering = ({ type }: Step): boolean => type !== 'review' && type !== 'declaration';

function summaryProblems({ steps }: Form): string[] {
  const review = steps.findIndex(({ type }) => type === 'review');
  return steps
    .slice(0, Math.max(0, review))
    .filter((step) => isAnswering(step) && !step.label)
    .map(({ ask }) => `${ask}: the summary needs a label for it`);
}

function outcomeProblems({ opens, steps }: Form): string[] {
  const places = steps.flatMap(({ type }, place) => (type === 'declaration' ? [place] : []));
  const signed = places.length > 0;
  return [
    ...(places.length > 1 || (signed && places[0] !== steps.length - 1)
      ? ['steps: there is one declaration, and it comes last, because it speaks of all answers']
      : []),
    ...(opens === 'request' && !signed ? ['steps: a form that opens a request ends with a declaration'] : []),
    ...neededProblems({ opens, steps }),
    ...representativeProblems({ opens, steps }),
    ...(opens === 'papers' && steps[0]?.type !== 'attachments'
      ? ['steps: a form that opens papers begins with the step that takes them, type attachments']
      : []),
    ...(opens !== 'papers' && steps.some((step) => step.type === 'attachments' && step.checklist === 'missing')
      ? ['steps: "checklist: missing" is for forms that open papers; list the papers here']
      : []),
  ];
}

/** By these names a request finds whose it is, and an appointment when. */
const needed: Partial<Record<FormOutcome, Record<string, Step['type']>>> = {
  request: { nationalId: 'saudi-id', fullName: 'text', mobile: 'saudi-mobile' },
  appointment: { fullName: 'text', mobile: 'saudi-mobile', slot: 'slot' },
  'appointment-move': { slot: 'slot' },
};

function neededProblems({ opens, steps }: Pick<Form, 'opens' | 'steps'>): string[] {
  const names = needed[opens] ?? {};
  const missing = Object.entries(names)
    .filter(([ask, type]) => !steps.some((step) => step.ask === ask && step.type === type && !step.when))
    .map(([ask, type]) => `steps: a form with "opens: ${opens}" always asks for ${ask}, type ${type}`);
  const stray = steps.some(({ type }) => type === 'slot') && names['slot'] === undefined;
  return [...missing, ...(stray ? ['steps: times are asked for only by forms that open an appointment'] : [])];
}

/** And by these who applies for somebody else; they are asked together, or not at all. */
const representative = { representativeName: 'text', representativeMobile: 'saudi-mobile', relationship: 'choice' } as const;

function representativeProblems({ opens, steps }: Pick<Form, 'opens' | 'steps'>): string[] {
  if (opens !== 'request' || !steps.some(({ ask }) => Object.hasOwn(representative, ask))) return [];
  return Object.entries(representative)
    .filter(([ask, type]) => !steps.some((step) => step.ask === ask && step.type === type))
    .map(([ask, type]) => `steps: a form that asks who applies for somebody else asks for ${ask}, type ${type}`);
}

function twice({ steps }: Form): string[] {
  const asks = steps.map(({ ask }) => ask);
  return [...new Set(asks.filter((ask, place) => asks.indexOf(ask) !== place))].map(
    (ask) => `steps: "${ask}" is asked twice; give each step its own name`,
  );
}
