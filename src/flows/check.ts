import { checkForms } from './check-forms.js';
import { checkOffers, conditionsOfOffers } from './check-offers.js';
import { checkSurveys } from './check-surveys.js';
import { readCondition } from './condition.js';
import type { Content } from './content.js';
import { commandIds, doors, staffTools, type FaqEntry, type Form, type Organisation } from './schema.js';

/** What the files say of each other: ids that are taken twice, buttons that lead nowhere, conditions on nothing. */
export function checkContent(content: Content, organisations: readonly Organisation[]): string[] {
  return [
    ...duplicates(content, organisations),
    ...takenByCommands(content),
    ...checkOffers(content),
    ...unansweredAlarms(content),
    ...unknownConditions(content, organisations),
    ...checkForms(content, organisations),
    ...checkSurveys(content),
    ...(content.menus.some((menu) => menu.id === 'main') ? [] : ['flows/menu.yaml:1  a menu with the id "main" is missing']),
    ...localeGaps(content),
    ...strayInterviews(content, organisations),
    ...organisations
      .filter((organisation) => !content.where(organisation).endsWith(`/${organisation.id}.yaml:1`))
      .map((organisation) => `${content.where(organisation)}  id: name the file ${organisation.id}.yaml, after its id`),
  ];
}

function duplicates({ where, ...content }: Content, organisations: readonly Organisation[]): string[] {
  const kinds = [organisations, content.faq, content.menus, content.forms, content.papers, content.surveys];
  return kinds.flatMap((items) => {
    const first = new Map<string, object>();
    return items.flatMap((item) => {
      const before = first.get(item.id);
      if (!before) first.set(item.id, item);
      return before ? [`${where(item)}  id: "${item.id}" is taken already by ${where(before)}; give another id`] : [];
    });
  });
}

/** A button written with one word is a command before it is an entry. */
const takenByCommands = ({ faq, where }: Content): string[] =>
  faq
    .filter(({ id }) => (commandIds as readonly string[]).includes(id))
    .map((entry) => `${where(entry)}  id: "${entry.id}" is the name of a command; give another id`);

const unansweredAlarms = ({ faq, words, where }: Content): string[] =>
  words.alarms
    .filter(({ answer }) => !faq.some(({ id }) => id === answer))
    .map(({ answer }) => `${where(words)}  alarms: there is no entry "${answer}"; write the id of an entry`);

const facts = new Set<string>([
  'contact.phone', 'contact.website', 'contact.email', 'contact.address', 'licence',
  ...doors.map((door) => `channels.${door}`),
  ...staffTools.map((tool) => `tools.${tool}`),
]); // prettier-ignore

/** Conditions on answers are held against their forms. */
function unknownConditions({ faq, menus, forms, papers, where }: Content, organisations: readonly Organisation[]): string[] {
  const known = new Set([...facts, ...organisations.map(({ id }) => `organisation.${id}`)]);
  const used = [
    ...faq.flatMap((entry) => conditionsOf(entry).map((condition) => ({ item: entry, condition }))),
    ...conditionsOfOffers({ faq, menus, forms }),
    ...[...forms.flatMap(stepConditions), ...papers.map(withWhen)].flatMap(
      ({ item, when }) => (when && !when.includes('answers.') ? [{ item, condition: when }] : []),
    ),
  ];
  return used
    .filter(({ condition }) => !known.has(readCondition(condition).path))
    .map(({ item, condition }) => `${where(item)}  when: nothing is known of "${condition}"; use one of: ${[...known].join(', ')}`);
}

const stepConditions = (form: Form) =>
  form.steps.flatMap(({ when, instead = [] }) =>
    [when, ...instead.map((one) => one.when)].map((condition) => ({ item: form, when: condition })),
  );

const withWhen = <Item extends { when?: string | undefined }>(item: Item) => ({ item, when: item.when });

const conditionsOf = (entry: FaqEntry): string[] => [
  ...(entry.when ? [entry.when] : []),
  ...[entry.answer.ar, entry.answer.en].flat().flatMap((paragraph) => (typeof paragraph === 'string' ? [] : [paragraph.when])),
];

/** Times for interviews are of no use behind a door that is shut. */
const strayInterviews = ({ where }: Content, organisations: readonly Organisation[]): string[] =>
  organisations
    .filter(({ interviews, channels }) => interviews && !channels.some((door) => (typeof door === 'string' ? door : door.id) === 'interview'))
    .map((organisation) => `${where(organisation)}  interviews: the door "interview" is not among its channels; add it, or take the times out`);

function localeGaps({ locales }: Content): string[] {
  const ar = keysOf(locales.ar);
  const en = keysOf(locales.en);
  return [
    ...[...en].filter((key) => !ar.has(key)).map((key) => `locales/ar.json  ${key}: is missing; en.json has it`),
    ...[...ar].filter((key) => !en.has(key)).map((key) => `locales/en.json  ${key}: is missing; ar.json has it`),
  ];
}

/** Keys down to the sentences. Plural forms count as one: Arabic has six, English two. */
function keysOf(tree: Record<string, unknown>, prefix = ''): Set<string> {
  return new Set(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'object' && value !== null
        ? [...keysOf({ ...value }, `${prefix}${key}.`)]
        : [`${prefix}${key.replace(/_(zero|one|two|few|many|other)$/, '')}`],
    ),
  );
}
