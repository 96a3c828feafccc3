import type { Step } from '../flows/schema.js';
import { day } from './calendar.js';
import { sometime } from './chats.js';
import { suggestions as ideas } from './content/words.js';
import { arrives, writes, type Speaker, type Words } from './talk.js';
import type { Chapter } from './world.js';

/** A few people leave a suggestion, by the form in the chat. */
export const suggestions: Chapter = (world) => {
  const form = world.core.assets.forms.get('suggestion');
  if (!form) return;
  const { people, time, calendar } = world;
  for (const person of world.chance.child('suggestions').some(people, Math.round(people.length * 0.06))) {
    time.strand(`suggestion of ${person.number}`, async (strand) => {
      const speaker = { strand, person };
      await strand.until(sometime(calendar.to - strand.chance.between(2, 150) * day, strand.chance));
      await arrives(world, speaker);
      const label = form.label[person.locale];
      await writes(world, speaker, [{ value: `start:${form.id}`, text: label }, ...wordsFor(form.steps, speaker)]);
    });
  }
};

const wordsFor = (steps: readonly Step[], { strand: { chance }, person: { locale } }: Speaker): Words[] =>
  steps.map((step) => {
    if (step.type === 'yes-no') return locale === 'ar' ? 'نعم' : 'yes';
    if (step.type !== 'choice' || step.choices === 'services') return chance.pick(ideas[locale]);
    return chance.some(step.choices, 1)[0]?.label[locale] ?? '';
  });
