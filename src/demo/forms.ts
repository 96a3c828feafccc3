import { fileUrl, type Expects, type MessageActivity } from '../core/activity.js';
import { ConfigError } from '../core/errors.js';
import type { Form, FormOutcome } from '../flows/schema.js';
import { relay } from '../mailbox/relay.js';
import { answerTo } from './answers.js';
import { savePaper } from './papers.js';
import { lastSaid, writes, type Speaker, type Words } from './talk.js';
import type { World } from './world.js';

/** How somebody fills in a form. */
export interface Filling {
  form: Form;
  /** The request that it is about, by its reference. */
  about?: string;
  /** All papers are at hand; otherwise only the first, and the others are promised. */
  complete?: boolean;
  /** The answer that is corrected in the summary. */
  corrects?: string;
  /** What is said where the form asks for free words. */
  words?: string;
  /** Takes the last of the times that are offered. */
  latest?: boolean;
  /** Leaves it after so many answers. */
  answers?: number;
}

/** The form by which people do this. */
export function formThat({ core }: World, opens: FormOutcome): Form {
  const form = [...core.assets.forms.values()].find((one) => one.opens === opens);
  if (form) return form;
  throw new ConfigError([`flows/forms must have a form with "opens: ${opens}", which the demonstration fills in`]);
}

const mostAnswers = 80;

const undeliverable = (): Promise<never> => Promise.reject(new Error('The demonstration told nobody of a request'));

/** Presses the form's button and answers in the chat whatever it asks, until it asks nothing more. */
export async function fills(world: World, speaker: Speaker, filling: Filling): Promise<void> {
  const { form, about, answers = mostAnswers } = filling;
  const value = about === undefined ? `start:${form.id}` : `start:${form.id}:${about}`;
  await writes(world, speaker, [{ value, text: form.label[speaker.person.locale] }]);
  const given: string[] = [];
  while (given.length < answers) {
    const question = await lastSaid(world, speaker);
    const expects = question?.channelData?.expects;
    if (!question || expects?.flow !== form.id || expects.step === undefined) return hears(world, speaker);
    await writes(world, speaker, [await wordsFor(world, speaker, { filling, question, expects, given })]);
    given.push(expects.step);
  }
}

/** Says at once what the form has caused to be told: whoever applies reads the reference. */
async function hears({ core, committee, time }: World, { strand }: Speaker): Promise<void> {
  const { log } = committee;
  await strand.does(() => relay(committee.requests, { ...core.mailbox, clock: time.clock, log, undeliverable }));
}

interface Asked {
  filling: Filling;
  question: MessageActivity;
  expects: Expects;
  /** The steps that were answered so far. */
  given: readonly string[];
}

async function wordsFor(world: World, speaker: Speaker, asked: Asked): Promise<Words> {
  const { filling, question, expects, given } = asked;
  const step = filling.form.steps.find(({ ask }) => ask === expects.step);
  const { locale, name } = speaker.person;
  if (!step) throw new Error('The demonstration was asked for something that is not in the form');
  switch (step.type) {
    case 'attachments':
      return paperFor(world, speaker, asked);
    case 'review': {
      const wrong = filling.form.steps.find(({ ask }) => ask === filling.corrects);
      return wrong && !given.includes(wrong.ask) ? (wrong.label?.[locale] ?? wrong.ask) : pressed(question, 0);
    }
    case 'declaration':
      return expects.choices ? pressed(question, 0) : name;
    case 'choice':
      // Whoever applies is who is described: the demonstration's people speak for themselves.
      if (step.ask === 'forWhom') return pressed(question, 0);
      return pressed(question, speaker.strand.chance.between(0, (expects.choices?.length ?? 1) - 1));
    case 'slot': {
      const last = (expects.choices?.length ?? 1) - 1;
      return pressed(question, filling.latest ? last : speaker.strand.chance.between(0, last));
    }
    case 'yes-no':
      return pressed(question, step.otherwise || speaker.strand.chance.happens(0.4) ? 0 : 1);
    default:
      return answerTo(speaker, step, filling.words);
  }
}

/** The button in this place, as it comes back. */
function pressed({ suggestedActions }: MessageActivity, place: number): Words {
  const action = suggestedActions?.actions[place];
  if (!action) throw new Error('The demonstration looked for a button that is not there');
  return { value: action.value, text: action.title };
}

/** The next paper that is wanted, or the word that it was the last. */
async function paperFor(world: World, { strand, person }: Speaker, asked: Asked): Promise<Words> {
  const { filling, question, expects, given } = asked;
  const choices = expects.choices ?? [];
  const last = choices.indexOf('done') === -1 ? choices.indexOf('later') : choices.indexOf('done');
  const hasSent = expects.step !== undefined && given.includes(expects.step);
  if (choices.includes('done') || (hasSent && filling.complete === false)) return pressed(question, last);
  const paper = choices.find((choice) => world.core.assets.papers.has(choice));
  if (paper === undefined) return pressed(question, last);
  const { id, name, contentType, size } = await savePaper(world, strand, paper);
  return {
    text: world.core.assets.papers.get(paper)?.label[person.locale] ?? paper,
    attachments: [{ contentType, contentUrl: fileUrl(id), name, size }],
  };
}
