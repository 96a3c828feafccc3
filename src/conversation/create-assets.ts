import { FlowError } from '../core/errors.js';
import type { WorkingTime } from '../core/working-time.js';
import type { Content } from '../flows/content.js';
import { minutesOf, weekdays, type FaqEntry, type Form, type Localised, type Organisation } from '../flows/schema.js';
import type { Survey } from '../flows/survey-schema.js';
import type { Locale } from '../language/matcher.js';
import { fillTemplate } from '../language/templates.js';
import { createMatcher } from '../language/trained-matcher.js';
import type { Assets, ConversationLimits } from './assets.js';
import { createAlarm, createSpotter } from './alarm.js';
import { commandWords, learnedCommands } from './commands.js';
import { factsOf, holds, isOpen } from './conditions.js';
import { createStepTypes } from './steps/index.js';
import { surveyAssets } from './survey/survey-assets.js';
import { createTranslate } from './texts.js';
import { variablesOf } from './variables.js';

/** What the assets are made of: the loaded content, as `flows/load.ts` gives it. */
export type AssetSource = Omit<Content, 'organisations'>;

/**
 * Makes one organisation's assets: keeps the entries that hold for it, trains the matcher, and fills every template once,
 * so that a text that speaks of something unknown stops the start (`FlowError`) and not a conversation.
 */
export function createAssets(source: AssetSource, organisation: Organisation, limits: ConversationLimits): Assets {
  const t = createTranslate(source.locales);
  const facts = factsOf(organisation);
  const faq = source.faq.filter((entry) => !entry.when || holds(entry.when, facts));
  const forms = source.forms.filter((form) => isOpen(form, organisation));
  const assets: Assets = {
    organisation,
    faq: new Map(faq.map((entry) => [entry.id, entry])),
    menus: new Map(source.menus.map((menu) => [menu.id, menu])),
    forms: new Map(forms.map((form) => [form.id, form])),
    papers: new Map(source.papers.map((paper) => [paper.id, paper])),
    surveys: surveyAssets(source.surveys),
    commands: source.words.commands,
    commandWords: commandWords(source.words.commands),
    alarm: createAlarm(source.words.alarms),
    lowMood: createSpotter(source.words.lowMood),
    matcher: createMatcher([
      ...faq.map(toMatcherEntry),
      ...forms.flatMap(({ id, questions }) => (questions ? [{ id: `start ${id}`, questions }] : [])),
      ...learnedCommands.map((id) => ({ id, questions: source.words.commands[id].words })),
    ]),
    steps: createStepTypes(source.words.answers),
    t,
    variables: variablesOf(organisation, t),
    facts,
    working: workingTimeOf(organisation),
    answerWithin: organisation.working.answerWithin,
    limits,
  };
  const problems = unknownVariables(assets, source);
  if (problems.length > 0) throw new FlowError(problems);
  return assets;
}

const workingTimeOf = ({ working: { days, from, to } }: Organisation): WorkingTime => ({
  days: days.map((day) => weekdays.indexOf(day)),
  from: minutesOf(from),
  to: minutesOf(to),
});

const toMatcherEntry = ({ id, label, questions }: FaqEntry) => ({
  id,
  questions: { ar: [label.ar, ...questions.ar], en: [label.en, ...questions.en] },
});

function unknownVariables(assets: Assets, { where, surveys }: AssetSource): string[] {
  const items: Filled[] = [
    ...[...assets.faq.values()].map((entry) => ({
      place: () => where(entry),
      texts: (locale: Locale) => entryTexts(assets, entry, locale),
    })),
    ...[...assets.forms.values()].map((form) => ({
      place: () => where(form),
      texts: (locale: Locale) => formTexts(form).map((text) => text[locale]),
    })),
    ...[...assets.menus.values()].map((menu) => ({
      place: () => where(menu),
      texts: (locale: Locale) => [menu.text[locale]],
    })),
    ...surveys.map((survey) => ({
      place: () => where(survey),
      texts: (locale: Locale) => surveyTexts(survey).map((text) => text[locale]),
    })),
    ...filledSentences(assets).map((key) => ({
      place: (locale: Locale) => `locales/${locale}.json  ${key}`,
      texts: (locale: Locale) => [assets.t(locale, key)],
    })),
  ];
  return items.flatMap(({ place, texts }) =>
    (['ar', 'en'] as const).flatMap((locale) => {
      const variables = assets.variables(locale, 0);
      return texts(locale).flatMap((text) => {
        const filled = fillTemplate(text, variables, locale);
        if (filled.type === 'filled') return [];
        const help = 'is not known of this organisation; correct it, or put the paragraph under "when"';
        return [`${place(locale)}  ${locale}: {{${filled.variable}}} ${help} (${assets.organisation.id})`];
      });
    }),
  );
}

interface Filled {
  /** File and line, as a problem names them. */
  place(locale: Locale): string;
  texts(locale: Locale): string[];
}

/** The sentences of `locales/` that speak of the organisation. */
const filledSentences = ({ organisation: { contact } }: Assets): string[] => [
  'bot.greeting',
  'bot.introduction',
  'person.hours',
  'person.doors',
  ...(contact.phone ? ['person.phone'] : []),
];

const entryTexts = (assets: Assets, entry: FaqEntry, locale: Locale): string[] => [
  ...[entry.answer[locale]].flat().flatMap((paragraph) => {
    if (typeof paragraph === 'string') return [paragraph];
    return holds(paragraph.when, assets.facts) ? [paragraph.say] : [];
  }),
  ...(entry.card ? [entry.card.title[locale], entry.card.text[locale]] : []),
];

function surveyTexts(survey: Survey): Localised[] {
  if (survey.type === 'themes') return [];
  if (survey.type === 'thumb') return [survey.ask, survey.thanks];
  const { about, promise, comment, thanks, news } = survey;
  return [...Object.values(about).map(({ ask }) => ask), promise, comment.ask, thanks, news.ask];
}

const formTexts = (form: Form): Localised[] => [
  ...(form.intro ? [form.intro] : []),
  ...form.steps.map((step) => step.prompt),
  ...form.steps.flatMap(({ instead = [] }) =>
    instead.flatMap(({ prompt, statement }) => [prompt, statement].filter((text) => text !== undefined)),
  ),
  ...form.steps.flatMap((step) => (step.type === 'declaration' ? [step.statement] : [])),
  ...form.steps.flatMap((step) => (step.type === 'yes-no' && step.otherwise ? [step.otherwise] : [])),
  ...(form.anonymous ? [form.anonymous.done] : []),
  form.done,
];
