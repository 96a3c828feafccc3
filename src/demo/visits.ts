import { day } from '../core/clock.js';
import { at, storyDays } from './calendar.js';
import { suggestions as ideas } from './content/words.js';
import { fills, formThat, type Filling } from './forms.js';
import { arrives } from './talk.js';
import type { Chapter, World } from './world.js';

/** Some people leave a suggestion, by the form in the chat. */
export const suggestions: Chapter = (world) => {
  const form = world.core.assets.forms.get('suggestion');
  if (form) visits(world, { name: 'suggestion', share: 0.5, hour: 18 }, () => ({ form }));
};

/** A few people begin a request and leave it; they are reminded. */
export const drafts: Chapter = (world) => {
  const form = formThat(world, 'request');
  visits(world, { name: 'draft', share: 0.15, hour: 10 }, (place) => ({ form, answers: 3 + (place % 5) }));
};

export interface Kind {
  name: string;
  /** Of those who do not apply. */
  share: number;
  /** The hour of the day at which they come. */
  hour: number;
  /** So many days before the end of the story, instead of at any time. */
  lastDays?: number;
}

export function visits(
  world: World,
  { name, share, hour, lastDays }: Kind,
  fillingOf: (place: number) => Filling,
): void {
  const { people, applicants, time, calendar } = world;
  // Chats are an even number of days after the beginning, so that nobody is in two of them at once.
  const days = Math.floor(storyDays / 2) - 2;
  const others = people.filter(({ number }) => !applicants.has(number));
  const visitors = world.chance.child(name).some(others, Math.ceil(others.length * share));
  for (const [place, person] of visitors.entries()) {
    time.strand(`${name} of ${person.number}`, async (strand) => {
      const speaker = { strand, person };
      const words = strand.chance.pick(ideas[person.locale]);
      const after = lastDays === undefined ? strand.chance.between(1, days) * 2 + 1 : storyDays - lastDays;
      await strand.until(at(calendar.from + after * day, hour, strand.chance.between(0, 40)));
      await arrives(world, speaker);
      await fills(world, speaker, { words, ...fillingOf(place) });
    });
  }
}
