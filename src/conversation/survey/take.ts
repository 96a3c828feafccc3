import type { ScaleSurvey } from '../../flows/survey-schema.js';
import { anonymise } from '../../language/anonymise.js';
import { beginsLikeQuestion, endsLikeQuestion } from '../../language/question.js';
import { askAgain } from '../form/start.js';
import type { Choice } from '../input.js';
import { pickedOf } from '../offered.js';
import { offerPerson } from '../person.js';
import type { SurveyState } from '../state.js';
import { choicesFor } from '../targets.js';
import { phrase, say, type Turn } from '../turn.js';
import { fill } from '../variables.js';
import { askScore, expects, isBusy } from './ask.js';
import { isAnswer, unread } from './secret.js';

/** Follows a button of a survey; false when the value is none of them. */
export function pressSurvey(turn: Turn, value: string): boolean {
  const [type, occasion, what = ''] = value.split(':');
  const { scale } = turn.assets.surveys;
  if (type !== 'survey' || !scale) return false;
  if (isAnswer(value)) turn.heard = unread;
  const survey = current(turn);
  if (what === 'call') offerPerson(turn, 'asked');
  else if (what === 'news') askForNews(turn, scale, occasion ?? '');
  else if (what === 'news-yes' || what === 'news-no') noteNews(turn, what === 'news-yes');
  else if (!isAnswer(value) || survey === undefined || survey.occasion !== occasion) tooLate(turn);
  else if (survey.step === 'done' || (survey.step === 'comment') !== (what === 'skip')) already(turn, scale, survey);
  else follow(turn, scale, what === 'decline' ? 'decline' : what === 'skip' ? 'skip' : Number(what));
  return true;
}

/** Reads words as the answer to a survey that waits; false when none waits, or they say something else. */
export function takeSurvey(turn: Turn, text: string): boolean {
  const { scale } = turn.assets.surveys;
  const survey = current(turn);
  if (!scale || !survey || text === '') return false;
  if (survey.step === 'done') return takeSecond(turn, scale, text);
  return survey.step === 'score' ? takeScore(turn, scale, text) : takeComment(turn, scale, text);
}

/** "Cancel" says of a survey that one does not want to; false when none waits. */
export function declineSurvey(turn: Turn): boolean {
  const { scale } = turn.assets.surveys;
  const survey = current(turn);
  if (!scale || !survey || survey.step === 'done') return false;
  turn.heard = unread;
  follow(turn, scale, survey.step === 'comment' ? 'skip' : 'decline');
  return true;
}

/** Whether what is said now may be a comment: nothing is said of it that tells it from others. */
export const awaitsComment = (turn: Turn): boolean => current(turn)?.step === 'comment' && !isBusy(turn);

/** The survey that waits or was answered; one whose time is over is forgotten. */
function current(turn: Turn): SurveyState | undefined {
  const { survey } = turn.state;
  if (survey && survey.until <= turn.now) turn.state.survey = null;
  return turn.state.survey ?? undefined;
}

/** A face in words once more; what also says something else, such as "thanks", is left to the others. */
function takeSecond(turn: Turn, scale: ScaleSurvey, text: string): boolean {
  const { surveys, matcher } = turn.assets;
  const survey = turn.state.survey!;
  if (!areOffered(turn, survey) || typeof surveys.readScale(text) !== 'number') return false;
  if (matcher.match(text, turn.state.locale).type === 'answer') return false;
  turn.heard = unread;
  already(turn, scale, survey);
  return true;
}

/**
 * "Fine" is an opinion of the service while the faces were offered last; after another answer it is one of that. So is a
 * number: it means whatever was offered last.
 */
function takeScore(turn: Turn, scale: ScaleSurvey, text: string): boolean {
  const survey = turn.state.survey!;
  const word = turn.assets.surveys.readScale(text);
  const read = areOffered(turn, survey) ? (word ?? chosen(turn, survey, text)) : undefined;
  if (read !== undefined) {
    turn.heard = unread;
    follow(turn, scale, read);
    return true;
  }
  const isOfOthers = word === 'decline' || (word === undefined && pickedOf(turn, text) !== undefined);
  if (isOfOthers || asksSomethingElse(turn, text)) return false;
  // Whatever it was, it may have been an answer: it is not recorded.
  turn.heard = unread;
  survey.tries += 1;
  if (survey.tries > 1) giveUp(turn);
  else askScore(turn, scale, phrase(turn, word === undefined ? 'survey.unclear' : 'survey.ofUs'));
  return true;
}

function giveUp(turn: Turn): void {
  turn.state.survey = null;
  say(turn, {
    text: phrase(turn, 'survey.givenUp'),
    choices: choicesFor(turn, ['menu', 'person']),
    expects: { type: 'menu' },
  });
}

/** Whether what was offered last are the survey's own buttons. */
const areOffered = ({ state }: Turn, survey: SurveyState): boolean =>
  state.offered.some(({ value }) => value.startsWith(prefixOf(survey)));

const prefixOf = ({ occasion }: SurveyState): string => `survey:${occasion}:`;

/** A number, or words of a button, among the faces that were offered last. */
function chosen(turn: Turn, survey: SurveyState, text: string): number | 'decline' | undefined {
  const what = pickedOf(turn, text)?.slice(prefixOf(survey).length);
  return what === undefined || what === 'decline' ? what : Number(what);
}

function asksSomethingElse({ assets, state }: Turn, text: string): boolean {
  const match = assets.matcher.match(text, state.locale);
  return match.type === 'answer' || (match.type === 'suggest' && (beginsLikeQuestion(text) || endsLikeQuestion(text)));
}

function takeComment(turn: Turn, scale: ScaleSurvey, text: string): boolean {
  const survey = turn.state.survey!;
  if (turn.assets.surveys.skips(text)) {
    turn.heard = unread;
    follow(turn, scale, 'skip');
    return true;
  }
  // Without a letter it is no comment, and may be the number of what was offered last: of "Nothing", or since.
  if (!/\p{L}/u.test(text) && pickedOf(turn, text) !== undefined) return false;
  if (endsLikeQuestion(text) && asksSomethingElse(turn, text)) return false;
  turn.heard = unread;
  const words = anonymise(cut(text, scale.comment.max));
  if (!words.says) {
    say(turn, { text: phrase(turn, 'survey.commentSaysNothing'), ...skipChoice(turn, scale, survey) });
    return true;
  }
  giveComment(turn, survey, words.text);
  thank(turn, scale);
  return true;
}

function giveComment({ state, effects }: Turn, { occasion, stage, service }: SurveyState, comment: string | null) {
  effects.push({ type: 'comment_given', occasion, stage, service, comment, locale: state.locale });
}

const cut = (text: string, max: number): string => text.slice(0, max).toWellFormed();

function follow(turn: Turn, scale: ScaleSurvey, what: number | 'decline' | 'skip'): void {
  const survey = turn.state.survey!;
  if (what === 'skip') {
    giveComment(turn, survey, null);
    return thank(turn, scale);
  }
  survey.step = 'done';
  if (what === 'decline') {
    turn.state.survey = null;
    if (isBusy(turn)) return backToForm(turn, 'survey.declined');
    return say(turn, {
      text: phrase(turn, 'survey.declined'),
      choices: choicesFor(turn, ['menu']),
      expects: { type: 'menu' },
    });
  }
  const { occasion, stage, service } = survey;
  turn.effects.push({ type: 'rating_given', occasion, stage, service, score: what, locale: turn.state.locale });
  if (isBusy(turn)) return backToForm(turn, 'survey.thanksShort');
  survey.step = 'comment';
  const { locale } = turn.state;
  say(turn, {
    text: fill(scale.comment.ask[locale], turn.assets.variables(locale, turn.now), locale),
    ...skipChoice(turn, scale, survey),
  });
}

/** The form goes on: no further question stands in its way. */
function backToForm(turn: Turn, key: string): void {
  say(turn, { text: phrase(turn, key) });
  askAgain(turn);
}

function skipChoice({ state }: Turn, scale: ScaleSurvey, { occasion }: SurveyState) {
  const choices: Choice[] = [{ value: `survey:${occasion}:skip`, label: scale.comment.skip.label[state.locale] }];
  return { choices, expects: expects(scale, 'comment', choices) };
}

/**
 * The same words and the same ways on for everybody: to ask only those who were not satisfied whether somebody should
 * call would write into the transcript what they have answered, and to tell somebody that their comment was long, which
 * of the comments is theirs.
 */
function thank(turn: Turn, scale: ScaleSurvey): void {
  const survey = turn.state.survey!;
  const { locale } = turn.state;
  survey.step = 'done';
  if (isBusy(turn)) return backToForm(turn, 'survey.thanksShort');
  const thanks = fill(scale.thanks[locale], turn.assets.variables(locale, turn.now), locale);
  const choices: Choice[] = [
    { value: `survey:${survey.occasion}:call`, label: scale.call.label[locale] },
    { value: `survey:${survey.occasion}:news`, label: scale.news.label[locale] },
    ...choicesFor(turn, [turn.state.form ? 'resume' : 'menu']),
  ];
  say(turn, { text: thanks, choices, expects: expects(scale, 'thanks', choices) });
}

function askForNews(turn: Turn, scale: ScaleSurvey, occasion: string): void {
  const { locale } = turn.state;
  const choices: Choice[] = (['news-yes', 'news-no'] as const).map((what) => ({
    value: `survey:${occasion}:${what}`,
    label: phrase(turn, what === 'news-yes' ? 'survey.yes' : 'survey.no'),
  }));
  const text = fill(scale.news.ask[locale], turn.assets.variables(locale, turn.now), locale);
  say(turn, { text, choices, expects: expects(scale, 'news', choices) });
}

function noteNews(turn: Turn, wanted: boolean): void {
  turn.effects.push({ type: 'news_wanted', wanted, locale: turn.state.locale });
  goOn(turn, wanted ? 'survey.newsNoted' : 'survey.newsNotWanted');
}

const tooLate = (turn: Turn): void => goOn(turn, 'survey.tooLate');

/** Who is still asked for words is asked again, unless a form asks for others. */
function already(turn: Turn, scale: ScaleSurvey, survey: SurveyState): void {
  if (survey.step === 'done' || isBusy(turn)) goOn(turn, 'survey.already');
  else say(turn, { text: phrase(turn, 'survey.already'), ...skipChoice(turn, scale, survey) });
}

function goOn(turn: Turn, key: string): void {
  if (isBusy(turn)) return backToForm(turn, key);
  say(turn, {
    text: phrase(turn, key),
    choices: choicesFor(turn, [turn.state.form ? 'resume' : 'menu']),
    expects: { type: 'menu' },
  });
}
