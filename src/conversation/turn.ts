import { contentTypes, type Card, type Expects, type Reply } from '../core/activity.js';
import type { Assets } from './assets.js';
import type { Effect } from './effects.js';
import type { Choice } from './input.js';
import type { PersonFacts } from './person-facts.js';
import type { ConversationState } from './state.js';

/** One turn in the making: a copy of the state, and what it has said and caused so far. */
export interface Turn {
  readonly assets: Assets;
  readonly state: ConversationState;
  /** Milliseconds. */
  readonly now: number;
  readonly person: PersonFacts;
  readonly replies: Reply[];
  readonly effects: Effect[];
  /** What is recorded of the message instead of its words, when they must not stay readable. */
  heard?: string | undefined;
}

export interface Saying {
  text: string;
  card?: Card;
  choices?: readonly Choice[];
  expects?: Expects;
}

/** Adds a reply. What it offers is remembered, so that a typed number or label chooses it. */
export function say(turn: Turn, { text, card, choices = [], expects }: Saying): void {
  turn.replies.push({
    type: 'message',
    locale: turn.state.locale,
    text,
    ...(card ? { attachments: [{ contentType: contentTypes.card, content: card }] } : {}),
    ...(choices.length > 0
      ? {
          suggestedActions: { actions: choices.map(({ value, label }) => ({ type: 'postBack', title: label, value })) },
        }
      : {}),
    ...(expects ? { channelData: { expects } } : {}),
  });
  if (choices.length > 0) turn.state.offered = choices.map(({ value, label }) => ({ value, label }));
}

/** A sentence of `locales/` in the person's language. */
export const phrase = (turn: Turn, key: string, variables?: Record<string, unknown>): string =>
  turn.assets.t(turn.state.locale, key, variables);
