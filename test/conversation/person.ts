import type { Assets } from '../../src/conversation/assets.js';
import { converse } from '../../src/conversation/converse.js';
import type { Effect } from '../../src/conversation/effects.js';
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
}

export interface PersonOptions {
  assets: Assets;
  channelId?: ChannelId;
  locale?: string;
  /** As it was stored. */
  state?: unknown;
}

/** A person in front of the engine; state goes through JSON between turns, and time stands until it passes. */
export function createPerson({ assets, channelId = 'telegram', locale, state = null }: PersonOptions) {
  let stored = JSON.stringify(state);
  let now = Date.parse('2026-11-21T06:00:00Z');
  let count = 0;

  function act(what: { type: Activity['type'] } & Record<string, unknown>): Brought {
    const address = { channelId, conversation: { id: 'c' }, from: { id: 'p' }, role: 'user', timestamp: '' };
    const activity = { ...address, id: `m${(count += 1)}`, ...(locale ? { locale } : {}), ...what } as Activity;
    const turned = converse(assets, { state: JSON.parse(stored), activity, now });
    stored = JSON.stringify(turned.state);
    const actions = turned.replies.flatMap(({ suggestedActions }) => suggestedActions?.actions ?? []);
    return {
      text: turned.replies.map(({ text }) => text ?? '').join('\n'),
      choices: actions.map(({ title }) => title),
      values: actions.map(({ value }) => value),
      expects: turned.replies.at(-1)?.channelData?.expects,
      locale: turned.replies.at(-1)?.locale,
      effects: turned.effects,
    };
  }

  return {
    arrives: () => act({ type: 'conversationUpdate' }),
    says: (text: string) => act({ type: 'message', text }),
    presses: (value = '') => act({ type: 'message', text: 'الزر', value }),
    sends: (...attachments: Attachment[]) => act({ type: 'message', attachments }),
    switches: (value: unknown) => act({ type: 'event', name: 'webchat/language', value }),
    posts: act,
    waits: (ms: number) => void (now += ms),
    state: (): ConversationState => readState(JSON.parse(stored), 'ar'),
  };
}

/** What is said about a wrong answer, and so on: a sentence of `locales/` as a test expects it. */
export const sentence = (assets: Assets, key: string, variables?: Record<string, unknown>): string =>
  assets.t('ar', key, variables);
