import { z } from 'zod';
import { surveyStages, type ScaleSurvey } from '../../flows/survey-schema.js';
import type { Choice } from '../input.js';
import { phrase, say, type Turn } from '../turn.js';
import { fill } from '../variables.js';

/** The events by which a survey is put to somebody, and put once more. */
export const invitedEvent = 'survey/invited';
export const remindedEvent = 'survey/reminded';

/** Sample: `{"occasion": "fX2…", "stage": "delivered", "service": "food", "until": 1795000000000}` */
export const invitation = z.object({
  /** What is asked about, once; tells nobody who it was. */
  occasion: z.string().regex(/^[\w-]{1,64}$/),
  stage: z.enum(surveyStages),
  service: z.string().nullable(),
  /** Milliseconds; afterwards no answer counts. */
  until: z.number(),
});

export type Invitation = z.infer<typeof invitation>;

/** Asks, unless a form is being answered: that comes first, and whoever invites looks before. */
export function invite(turn: Turn, value: unknown): void {
  const { scale } = turn.assets.surveys;
  const read = invitation.safeParse(value);
  if (!scale || !read.success || isBusy(turn) || read.data.until <= turn.now) return;
  turn.state.survey = { ...read.data, step: 'score', tries: 0 };
  askScore(turn, scale);
}

/** Asks once more, when nothing was answered. */
export function remind(turn: Turn, value: unknown): void {
  const { scale } = turn.assets.surveys;
  const read = invitation.pick({ occasion: true }).safeParse(value);
  const waits = turn.state.survey?.step === 'score' && turn.state.survey.occasion === read.data?.occasion;
  if (scale && waits && turn.state.survey!.until > turn.now && !isBusy(turn))
    askScore(turn, scale, phrase(turn, 'survey.reminder'));
}

export const isBusy = ({ state }: Turn): boolean => state.form !== null && !state.form.paused;

/** Puts the question with its five faces. `lead` stands before it. */
export function askScore(turn: Turn, scale: ScaleSurvey, lead?: string): void {
  const { survey, locale } = turn.state;
  if (!survey) return;
  const choices: Choice[] = [
    ...scale.scale.map(({ face, label }, place) => ({
      value: `survey:${survey.occasion}:${place + 1}`,
      label: `${face} ${label[locale]}`,
    })),
    { value: `survey:${survey.occasion}:decline`, label: scale.decline.label[locale] },
  ];
  const variables = turn.assets.variables(locale, turn.now);
  const question = fill(scale.about[survey.stage].ask[locale], variables, locale);
  const text = [...(lead === undefined ? [] : [lead]), question, fill(scale.promise[locale], variables, locale)];
  say(turn, { text: text.join('\n'), choices, expects: expects(scale, 'score', choices) });
}

export const expects = ({ id }: ScaleSurvey, step: string, choices: readonly Choice[]) => ({
  type: 'survey',
  flow: id,
  step,
  choices: choices.map(({ value }) => value),
});
