import type { Assets } from '../../src/conversation/assets.js';
import { converse } from '../../src/conversation/converse.js';
import type { Effect } from '../../src/conversation/effects.js';
import { nobody, type PersonFacts } from '../../src/conversation/person-facts.js';
import { readState, type ConversationState } from '../../src/conversation/state.js';
import type { Activity, Attachment, ChannelId, Expects } from '../../src/core/activity.js';

/** What one turn brought. */
export interface Brought {
  /** The texts of the replies, a line each. */
  text: string;
  choices: string[];
  /** The values behind the choices. */
  values: string[];
  expects: Expects | undefined;
  locale: string | undefined;
  effects: Effect[];
  /** What is recorded instead of the message, if anything. */
  heard: string | undefined;
}

export interface PersonOptions {
  assets: Assets;
  channelId?: ChannelId;
  locale?: string;
  /** As it was stored. */
  state?: unknown;
  /** What is known of the person before the first turn. */
  person?: PersonFacts;
}

/** A person in front of the engine; state goes through JSON between turns, and time stands until it passes. */
export function createPerson({ assets, channelId = 'telegram', locale, state = null, person = nobody }: PersonOptions) {
  let stored = JSON.stringify(state);
  let now = Date.parse('2026-11-21T06:00:00Z');
  let count = 0;
  let facts = person;

  function act(what: { type: Activity['type'] } & Record<string, unknown>): Brought {
    const address = { channelId, conversation: { id: 'c' }, from: { id: 'p' }, role: 'user', timestamp: '' };
    const activity = { ...address, id: `m${(count += 1)}`, ...(locale ? { locale } : {}), ...what } as Activity;
    const turned = converse(assets, { state: JSON.parse(stored), activity, now, person: facts });
    stored = JSON.stringify(turned.state);
    const actions = turned.replies.flatMap(({ suggestedActions }) => suggestedActions?.actions ?? []);
    return {
      text: turned.replies.map(({ text }) => text ?? '').join('\n'),
      choices: actions.map(({ title }) => title),
      values: actions.map(({ value }) => value),
      expects: turned.replies.at(-1)?.channelData?.expects,
      locale: turned.replies.at(-1)?.locale,
      effects: turned.effects,
      heard: turned.heard,
    };
  }

  return {
    arrives: () => act({ type: 'conversationUpdate' }),
    says: (text: string) => act({ type: 'message', text }),
    presses: (value = '') => act({ type: 'message', text: 'الزر', value }),
    sends: (...attachments: Attachment[]) => act({ type: 'message', attachments }),
    switches: (value: unknown) => act({ type: 'event', name: 'webchat/language', value }),
    posts: act,
    sendsFile: (id: string, text = '') =>
      act({ type: 'message', ...(text ? { text } : {}), attachments: [fileOf(id)] }),
    becomes: (known: PersonFacts) => void (facts = known),
    waits: (ms: number) => void (now += ms),
    state: (): ConversationState => readState(JSON.parse(stored), 'ar'),
  };
}

/** A stored picture, as channels hand it in. */
export const fileOf = (id: string): Attachment => ({
  contentType: 'image/jpeg',
  contentUrl: `wasl-file:${id}`,
  name: `${id}.jpg`,
  size: 1000,
});

/** What is said about a wrong answer, and so on: a sentence of `locales/` as a test expects it. */
export const sentence = (assets: Assets, key: string, variables?: Record<string, unknown>): string =>
  assets.t('ar', key, variables);
