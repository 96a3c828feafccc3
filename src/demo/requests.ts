import { applies } from './applicant.js';
import { beginnings, greetings } from './content/words.js';
import type { Plan } from './plans.js';
import { plots, type Plot } from './plots.js';
import { arrives, writes, type Speaker } from './talk.js';
import type { Chapter, World } from './world.js';

/** Seven of ten people ask for support. Every plot is lived at least once, however few they are. */
export const requests: Chapter = (world) => {
  const chance = world.chance.child('requests');
  const parts = chance.shuffled(cast(Math.round(world.people.length * 0.7)));
  const applicants = chance.some(world.people, parts.length);
  for (const [place, person] of applicants.entries()) {
    const plot = parts[place];
    if (!plot) continue;
    const plan = plot.plan(world.calendar, chance.child(`plan ${person.number}`));
    world.applicants.set(person.number, plan.begins);
    world.time.strand(`request of ${person.number}`, (strand) => live(world, { strand, person, plot, plan }));
  }
};

interface Part extends Speaker {
  plot: Plot;
  plan: Plan;
}

async function live(world: World, { strand, person, plot, plan }: Part): Promise<void> {
  const { chance } = strand;
  const complete = plot.complete ?? chance.happens(0.8);
  const speaker = { strand, person };
  await strand.until(plan.begins);
  await arrives(world, speaker);
  await writes(world, speaker, [chance.pick(greetings[person.locale]), chance.pick(beginnings[person.locale])]);
  const life = await applies(world, speaker, { complete });
  await plot.live(life, { ...plan, calendar: world.calendar, complete });
}

/** The least number of people with whom every plot is lived. */
export const fewestPeople = plots.length;

const planned = plots.reduce((sum, { share }) => sum + share, 0);

/** Each plot once, then as often as its share asks for. */
function cast(count: number): Plot[] {
  const more = Math.max(0, count - plots.length) / (planned - plots.length);
  return plots.flatMap((plot) => Array.from({ length: 1 + Math.round((plot.share - 1) * more) }, () => plot));
}
