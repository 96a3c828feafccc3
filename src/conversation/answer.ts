import type { FaqEntry } from '../flows/schema.js';
import { holds, offeredBy } from './conditions.js';
import { offerPerson } from './person.js';
import { fill } from './variables.js';
import { thumbFor } from './survey/thumb.js';
import { choicesFor } from './targets.js';
import type { Choice } from './input.js';
import { phrase, say, type Turn } from './turn.js';

/** Answers with an FAQ entry, in the person's language, and offers what people ask next. */
export function answer(turn: Turn, entry: FaqEntry, { offer = true } = {}): void {
  const { locale } = turn.state;
  const variables = turn.assets.variables(locale, turn.now);
  const paragraphs = [entry.answer[locale]].flat();
  const said = paragraphs.flatMap((paragraph) => {
    if (typeof paragraph === 'string') return [fill(paragraph, variables, locale)];
    return holds(paragraph.when, turn.assets.facts) ? [fill(paragraph.say, variables, locale)] : [];
  });
  const thumb = offer ? thumbFor(turn, entry) : undefined;
  const choices: Choice[] = offer
    ? [
        ...choicesFor(turn, [
          ...offeredBy(entry.follow, turn.assets.facts),
          ...(turn.state.form?.paused ? ['resume'] : []),
        ]),
        ...(thumb?.choices ?? []),
      ]
    : [];
  say(turn, {
    text: [...said, ...(thumb ? ['', thumb.ask] : [])].join('\n'),
    ...(entry.card
      ? {
          card: {
            title: fill(entry.card.title[locale], variables, locale),
            text: fill(entry.card.text[locale], variables, locale),
          },
        }
      : {}),
    choices,
    ...(choices.length > 0 ? { expects: { type: 'menu', choices: choices.map((choice) => choice.value) } } : {}),
  });
  turn.state.misses = 0;
}

/** Not sure which: offers the entries that come nearest. */
export function suggest(turn: Turn, ids: readonly string[]): void {
  const choices = choicesFor(turn, [...new Set([...ids, 'person'])]);
  say(turn, {
    text: phrase(turn, 'bot.didYouMean'),
    choices,
    expects: { type: 'menu', choices: choices.map((choice) => choice.value) },
  });
}

/** Nothing fits. The second time in a row a person is offered, with the ways to reach one. */
export function fallBack(turn: Turn, text: string): void {
  turn.effects.push({ type: 'question_unanswered', text, locale: turn.state.locale });
  turn.state.misses += 1;
  if (turn.state.misses >= 2) {
    turn.state.misses = 0;
    offerPerson(turn, 'misunderstood');
    return;
  }
  say(turn, {
    text: phrase(turn, 'bot.notUnderstood'),
    choices: choicesFor(turn, ['menu', 'person']),
    expects: { type: 'menu' },
  });
}
