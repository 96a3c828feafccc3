import type { Activity, Reply } from '../core/activity.js';
import type { Locale } from '../language/matcher.js';
import type { Assets } from './assets.js';
import { draftChange, waitingForm } from './draft.js';
import type { Effect } from './effects.js';
import { tooMany } from './flood.js';
import { forgetGoneForms } from './form/start.js';
import { greet } from './greeting.js';
import { setLanguage } from './locale.js';
import { returnedEvent, welcomeBack } from './person.js';
import { nobody, type PersonFacts } from './person-facts.js';
import { hear } from './router.js';
import { invite, invitedEvent, remind, remindedEvent } from './survey/ask.js';
import { readState, type ConversationState } from './state.js';
import type { Turn } from './turn.js';

export interface ConverseInput {
  /** As the last turn left it; anything unreadable counts as a first turn. */
  state: unknown;
  activity: Activity;
  /** Milliseconds. */
  now: number;
  person?: PersonFacts;
}

export interface ConverseOutput {
  state: ConversationState;
  replies: Reply[];
  effects: Effect[];
  /** What is recorded of the message instead of its words, when they must not stay readable. */
  heard?: string;
}

/**
 * The conversation engine: one inbound activity and the state before it give the state after it, what to say, and what
 * it caused. Pure: the same input always gives the same output.
 */
export function converse(assets: Assets, { state, activity, now, person = nobody }: ConverseInput): ConverseOutput {
  const turn: Turn = { assets, state: readState(state, firstLocale(activity)), now, person, replies: [], effects: [] };
  const waited = waitingForm(assets, turn.state);
  forgetGoneForms(turn);
  switch (activity.type) {
    case 'conversationUpdate':
      greet(turn);
      break;
    case 'event':
      if (activity.name === returnedEvent) welcomeBack(turn);
      else if (activity.name === invitedEvent) invite(turn, activity.value);
      else if (activity.name === remindedEvent) remind(turn, activity.value);
      else if (activity.name === 'webchat/language' && isLocale(activity.value)) switchLanguage(turn, activity.value);
      break;
    case 'message':
      hear(turn, activity);
      break;
    default:
      activity satisfies never;
  }
  const { replies, heard } = turn;
  const effects = [...turn.effects, ...draftChange(assets, waited, turn.state)];
  return { state: turn.state, replies, effects, ...(heard === undefined ? {} : { heard }) };
}

/** The switch of the page works also for who has sent too much, only without a word. */
function switchLanguage(turn: Turn, locale: Locale): void {
  if (tooMany(turn)) turn.state.locale = locale;
  else setLanguage(turn, locale);
}

/**
 * Arabic, unless the person has chosen English on the page or in the terminal. What Telegram says is the language of
 * the phone's menus, which many who write Arabic keep in English.
 */
const firstLocale = ({ channelId, locale }: Activity): Locale =>
  (channelId === 'webchat' || channelId === 'terminal') && locale?.toLowerCase().startsWith('en') ? 'en' : 'ar';

const isLocale = (value: unknown): value is Locale => value === 'ar' || value === 'en';
