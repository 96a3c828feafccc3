import { minute } from '../core/clock.js';
import { phrase, say, type Turn } from './turn.js';

/**
 * Counts the person's messages. Over the limit they hear one kind word; after it their messages are recorded and not
 * answered, until the minute is over. Returns whether to stay silent.
 */
export function tooMany(turn: Turn): boolean {
  const { flood } = turn.state;
  if (turn.now - flood.since >= minute || turn.now < flood.since) {
    turn.state.flood = { since: turn.now, count: 1, told: false };
    return false;
  }
  flood.count += 1;
  if (flood.count <= turn.assets.limits.messagesPerMinute) return false;
  if (!flood.told) say(turn, { text: phrase(turn, 'bot.tooMany') });
  flood.told = true;
  return true;
}
