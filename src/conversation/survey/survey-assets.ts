import { normalise } from '../../language/normalise.js';
import type { ScaleSurvey, Survey, Themes, ThumbSurvey } from '../../flows/survey-schema.js';

/** The surveys of the content, ready to be asked. */
export interface SurveyAssets {
  scale?: ScaleSurvey;
  thumb?: ThumbSurvey;
  themes: Themes;
  /** The step, 1 to 5, or "not now", that a text names; undefined when it names none or several. */
  readScale(text: string): number | 'decline' | undefined;
  readThumb(text: string): 'up' | 'down' | undefined;
  /** Whether somebody has nothing to add. */
  skips(text: string): boolean;
}

export function surveyAssets(surveys: readonly Survey[]): SurveyAssets {
  const scale = surveys.find((survey) => survey.type === 'scale');
  const thumb = surveys.find((survey) => survey.type === 'thumb');
  const steps: Meaning<number | 'decline'>[] = scale
    ? [
        ...scale.scale.map((step, place) => ({ value: place + 1, phrases: phrasesOf(step) })),
        { value: 'decline' as const, phrases: phrasesOf(scale.decline) },
      ]
    : [];
  const thumbs = thumb ? (['up', 'down'] as const).map((value) => ({ value, phrases: phrasesOf(thumb[value]) })) : [];
  const skip = scale ? [{ value: true, phrases: phrasesOf(scale.comment.skip) }] : [];
  return {
    ...(scale ? { scale } : {}),
    ...(thumb ? { thumb } : {}),
    themes: surveys.find((survey) => survey.type === 'themes')?.themes ?? [],
    readScale: (text) => wholeOf(text, steps) ?? withinOf(text, steps),
    readThumb: (text) => wholeOf(text, thumbs),
    skips: (text) => wholeOf(text, skip) ?? false,
  };
}

interface Meaning<V> {
  value: V;
  phrases: readonly string[];
}

type Worded = Pick<ScaleSurvey['decline'], 'label' | 'words'> & { face?: string };

/** A face has no letters, and so is compared as it is. */
const phrasesOf = ({ label, words, face }: Worded): string[] => [
  ...[label.ar, label.en, ...words.ar, ...words.en].map(normalise).filter(Boolean),
  ...(face === undefined ? [] : [face]),
];

const wholeOf = <V>(text: string, meanings: readonly Meaning<V>[]): V | undefined => {
  const said = normalise(text) || text.trim();
  return meanings.find(({ phrases }) => phrases.includes(said))?.value;
};

/** In longer messages a word may stand for something else. */
const longest = 8;

/** The longest phrase of a sentence decides: "مو حلوة" holds "حلوة" and means the contrary. Two meanings are none. */
function withinOf<V>(text: string, meanings: readonly Meaning<V>[]): V | undefined {
  const said = normalise(text);
  if (said === '' || said.split(' ').length > longest || /[؟?]\s*$/.test(text)) return undefined;
  let rest = ` ${said} `;
  const found = new Set<V>();
  const known = meanings.flatMap(({ value, phrases }) => phrases.map((phrase) => ({ value, phrase })));
  for (const { value, phrase } of known.toSorted((a, b) => b.phrase.length - a.phrase.length)) {
    if (phrase.length < 3 || !rest.includes(` ${phrase} `)) continue;
    found.add(value);
    rest = rest.replaceAll(` ${phrase} `, ' | ');
  }
  // A "no" that no phrase holds may turn any word into its contrary.
  return found.size === 1 && !/ (?:لا|ما|مو|مب|مهب|ليس|غير|not|no|never) /.test(rest) ? [...found][0] : undefined;
}
