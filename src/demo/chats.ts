import { day } from '../core/clock.js';
import { at } from './calendar.js';
import type { Chance } from './chance.js';
import { greetings, thanks, unknownQuestions, wantsPerson } from './content/words.js';
import type { Person } from './people.js';
import { arrives, writes, type Speaker } from './talk.js';
import { typed } from './typos.js';
import type { Chapter, World } from './world.js';

/** Everybody comes once or several times with questions; some want a person, some ask what nobody has an answer to. */
export const chats: Chapter = (world) => {
  for (const person of world.people) {
    world.time.strand(`chats of ${person.number}`, async (strand) => {
      const { chance } = strand;
      const { from, to } = world.calendar;
      const days = Math.floor((to - from) / day / 2) - 1;
      const visits = Array.from({ length: chance.pick([1, 1, 2, 3]) }, () => from + chance.between(1, days) * 2 * day);
      // Who applies has other things to write from that day on.
      const last = (world.applicants.get(person.number) ?? to) - day;
      const held = visits.filter((visit) => visit < last).toSorted((a, b) => a - b);
      for (const [place, visit] of held.entries()) {
        await strand.until(at(visit, chance.pick([10, 18, 21]), chance.between(0, 40)));
        if (place === 0) await arrives(world, { strand, person });
        await writes(world, { strand, person }, questionsOf(world, { strand, person }));
      }
    });
  }
};

function questionsOf(world: World, { strand: { chance }, person: { locale } }: Speaker): string[] {
  const known = chance.some(phrasings(world, locale), chance.between(2, 6)).map((text) => typed(text, chance));
  return [
    ...(chance.happens(0.7) ? [chance.pick(greetings[locale])] : []),
    ...known,
    ...(chance.happens(0.12) ? [chance.pick(unknownQuestions[locale])] : []),
    ...(chance.happens(0.08) ? [chance.pick(wantsPerson[locale])] : []),
    ...(chance.happens(0.8) ? [chance.pick(thanks[locale])] : []),
  ];
}

/** What is said at the beginning and the end of a chat, and what is no question for a quiet day. */
const others: ReadonlySet<string> = new Set([
  'greeting',
  'thanks',
  'understood',
  'goodbye',
  'change-language',
  'danger',
]);

const phrasings = ({ core }: World, locale: Person['locale']): string[] =>
  [...core.assets.faq.values()].filter(({ id }) => !others.has(id)).flatMap(({ questions }) => questions[locale]);

/** A time of the day at which people write. */
export const sometime = (ms: number, chance: Chance): number =>
  at(ms, chance.pick([10, 18, 18]), chance.between(0, 40));
