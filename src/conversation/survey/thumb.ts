import { day } from '../../core/clock.js';
import type { FaqEntry } from '../../flows/schema.js';
import type { Choice } from '../input.js';
import { phrase, say, type Turn } from '../turn.js';
import { fill } from '../variables.js';
import { unread } from './secret.js';

const month = 30 * day;

/** What an answer of the FAQ asks for beside, now and then: undefined most of the time. */
export function thumbFor(turn: Turn, entry: FaqEntry): { ask: string; choices: Choice[] } | undefined {
  const { thumb } = turn.assets.surveys;
  const { thumbs, survey, form, locale } = turn.state;
  thumbs.open = null;
  if (!thumb || form || thumb.except.includes(entry.id) || (survey && survey.step !== 'done')) return undefined;
  thumbs.since += 1;
  thumbs.asked = thumbs.asked.filter((at) => at > turn.now - month);
  const elsewhere = (turn.person.thumbs ?? []).filter((at) => at > turn.now - month);
  const asked = thumbs.asked.length + elsewhere.length;
  if (thumbs.since < thumb.limits.every || asked >= thumb.limits.perMonth) return undefined;
  thumbs.since = 0;
  thumbs.number += 1;
  thumbs.asked.push(turn.now);
  thumbs.open = { entry: entry.id, number: thumbs.number };
  return {
    ask: fill(thumb.ask[locale], turn.assets.variables(locale, turn.now), locale),
    choices: (['up', 'down'] as const).map((way) => ({
      value: `thumb:${thumbs.number}:${way}`,
      label: `${thumb[way].face} ${thumb[way].label[locale]}`,
    })),
  };
}

/** Follows the button of a thumb; false when the value is none. */
export function pressThumb(turn: Turn, value: string): boolean {
  const [type, number, way] = value.split(':');
  if (type !== 'thumb') return false;
  turn.heard = unread;
  const { open } = turn.state.thumbs;
  if (open && String(open.number) === number && (way === 'up' || way === 'down')) give(turn, way);
  else say(turn, { text: phrase(turn, 'survey.thumbOver') });
  return true;
}

/** Reads a typed thumb; false when none was asked for, or it says something else. */
export function takeThumb(turn: Turn, text: string): boolean {
  const way = turn.state.thumbs.open ? turn.assets.surveys.readThumb(text) : undefined;
  if (!way) return false;
  turn.heard = unread;
  give(turn, way);
  return true;
}

function give(turn: Turn, way: 'up' | 'down'): void {
  const { thumb } = turn.assets.surveys;
  const { open } = turn.state.thumbs;
  if (!thumb || !open) return;
  const { locale } = turn.state;
  turn.state.thumbs.open = null;
  turn.effects.push({ type: 'thumb_given', entry: open.entry, occasion: `thumb-${open.number}`, up: way === 'up' });
  say(turn, { text: fill(thumb.thanks[locale], turn.assets.variables(locale, turn.now), locale) });
}
