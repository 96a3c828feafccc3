import type { Content } from './content.js';
import type { ScaleSurvey, Survey } from './survey-schema.js';

/** What the surveys say of each other and of the FAQ, and whether a word can mean one step only. */
export function checkSurveys({ surveys, faq, where }: Content): string[] {
  return surveys.flatMap((survey, place) => {
    const problems = [
      ...(surveys.findIndex(({ type }) => type === survey.type) < place
        ? [`type: there is a survey of type "${survey.type}" already; keep one of each type`]
        : []),
      ...(survey.type === 'scale' ? scaleProblems(survey) : []),
      ...(survey.type === 'thumb' ? unknownEntries(survey, new Set(faq.map(({ id }) => id))) : []),
      ...(survey.type === 'themes' ? twice(survey.themes.map(({ id }) => id), 'themes') : []),
    ];
    return problems.map((problem) => `${where(survey)}  ${problem}`);
  });
}

function scaleProblems({ scale, decline, limits }: ScaleSurvey): string[] {
  const said = [...scale, decline].flatMap(({ label, words }) => [
    ...new Set([label.ar, label.en, ...words.ar, ...words.en].map((word) => word.toLowerCase())),
  ]);
  return [
    ...twice(said, 'scale'),
    ...(limits.reminds < limits.lapses ? [] : ['limits.reminds: the reminder comes before the question lapses']),
  ];
}

const twice = (names: readonly string[], path: string): string[] =>
  [...new Set(names.filter((name, place) => names.indexOf(name) !== place))].map(
    (name) => `${path}: "${name}" stands there twice; a word has one meaning`,
  );

const unknownEntries = ({ except }: Extract<Survey, { type: 'thumb' }>, known: ReadonlySet<string>): string[] =>
  except.filter((id) => !known.has(id)).map((id) => `except: there is no entry "${id}"; write the id of an entry`);
